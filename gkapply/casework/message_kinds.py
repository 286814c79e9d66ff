"""What is told outside the house: one row for each kind of message, with every fixed sentence that it sends.

A mail names the organ and the 登记编号, says what to do, and names no person and nothing of what was asked for. A text message
comes up on a locked screen, perhaps of a telephone that a family shares: it says that something waits and where to look. The
查询码 opens the whole file with the 登记编号 beside it, so the two never travel in one message.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

SMS_PART, SMS_PARTS, SMS_JOINED = 70, 2, 67
"""Characters of a single text message, parts at most, and characters of each part of a joined one (GSM 03.38, UCS-2)."""
LONGEST_NAME_IN_SMS = 20
"""Characters of an organ's name that a text message spells out."""


class Kind(StrEnum):
    """A kind of message; the value is its code."""

    RECEIVED = "received"
    LETTER_WAITS = "letter_waits"
    PROGRESS = "progress"
    LINK = "link"
    ADVICE_LINK = "advice_link"
    DIGEST = "digest"
    STAFF_WEBHOOK = "staff_webhook"
    SUBSCRIPTION = "subscription"
    CODE = "code"
    TEST = "test"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class MessageKind:
    """A row: who gets it, whether the law needs it, its words. Places in braces are filled in when it goes."""

    label: str
    who: str
    subject: str = ""
    mail: str = ""
    sms: str = ""
    """Empty: it goes by mail alone."""
    setting: str = ""
    """The office's switch for it (``law.settings_of_messages``); empty: the law needs it, or somebody asked for it."""
    at_once: bool = False
    """Whether its reader waits for it at the moment of posting."""
    of_use_for: timedelta | None = None
    """After so long it would tell nobody anything and is dropped; None: it never grows stale."""


_NO_REPLY = "本邮件由系统发出，请勿回复。\n"
_PROGRESS = "凭登记编号和查询码可在本机关网站「办理进度查询」查看每一步的日期、理由和文书。"

KINDS: Mapping[Kind, MessageKind] = {
    Kind.RECEIVED: MessageKind(
        "申请已提交",
        "在网上提交申请的申请人",
        "您的政府信息公开申请已提交",
        "您向{organ}提交的政府信息公开申请已提交，登记编号：{reference}。收到申请之日和答复期限以「办理进度查询」所示为准。\n\n"
        + _PROGRESS
        + _NO_REPLY,
        "您向{organ}提交的政府信息公开申请已提交，登记编号{reference}，请凭查询码在网上查询进度。",
        setting="tell_received",
        at_once=True,
        of_use_for=timedelta(days=7),
    ),
    Kind.LETTER_WAITS: MessageKind(
        "有新的文书",
        "选择网上获取、邮寄的申请人",
        "您的政府信息公开申请有新的文书",
        "您向{organ}提交的政府信息公开申请（登记编号：{reference}）有新的文书，请查收。文书写明期限的，请在期限之内办理。\n\n"
        + _PROGRESS
        + _NO_REPLY,
        "您向{organ}提交的政府信息公开申请（{reference}）有新的文书，请凭查询码在网上查收。",
    ),
    Kind.PROGRESS: MessageKind(
        "办理进展",
        "申请人，可以在查询进度页停止",
        "您的政府信息公开申请有新的进展",
        "您向{organ}提交的政府信息公开申请（登记编号：{reference}）有新的进展：{what}。\n\n"
        + _PROGRESS
        + "不想再收到的，可以在查询进度页停止。"
        + _NO_REPLY,
        "您向{organ}提交的政府信息公开申请（{reference}）有新的进展，请凭查询码在网上查看。",
        setting="tell_progress",
    ),
    Kind.LINK: MessageKind(
        "征求意见的链接",
        "被征求意见的第三方、其他机关",
        "征求意见书",
        "{organ}就一项政府信息是否公开征求您（贵单位）的意见。\n\n请打开 {address} ，输入核验码 {code} 和登记的联系电话"
        "（或者统一社会信用代码）的后四位，阅读征求意见书并提交意见。首次打开之日即为收到征求意见书之日。\n\n"
        "该链接只能使用一次，请勿转发。" + _NO_REPLY,
    ),
    Kind.ADVICE_LINK: MessageKind(
        "征求法律顾问意见的链接",
        "法律顾问",
        "征求法律顾问意见",
        "{organ}请您就一份政府信息公开文书的合法性提出意见。\n\n请打开 {address} ，输入经办人员另行告知的核验码和您登记的联系电话的后四位，"
        "阅读文书并于{until}之前（含当日）提交意见。\n\n该链接只能使用一次，请勿转发。" + _NO_REPLY,
    ),
    Kind.DIGEST: MessageKind(
        "工作人员的每日消息",
        "有未读消息的工作人员，按本人的选择",
        "依申请公开：{count}条未读消息",
        "您在政府信息依申请公开系统中有以下未读消息：\n\n{lines}\n\n请登录系统，在「消息」页查看和办理。" + _NO_REPLY,
        "依申请公开系统：您有{count}条未读消息，请登录查看和办理。",
    ),
    Kind.STAFF_WEBHOOK: MessageKind("单位消息接口", "本机关登记的接口（群聊、看板）"),
    Kind.SUBSCRIPTION: MessageKind("订阅", "订阅新公开信息的人"),
    Kind.CODE: MessageKind("查询码、验证码", "索取的人", at_once=True),
    Kind.TEST: MessageKind(
        "测试消息",
        "系统管理员本人",
        "依申请公开系统的测试邮件",
        "这是一封测试邮件：收到即说明邮件通道正常。" + _NO_REPLY,
        "依申请公开系统的测试短信：收到即说明短信通道正常。",
        at_once=True,
    ),
    Kind.OTHER: MessageKind("其他", "提出请求的人"),
}


def short_name(organ: str) -> str:
    """An organ's name as a text message spells it."""
    return organ if len(organ) <= LONGEST_NAME_IN_SMS else f"{organ[: LONGEST_NAME_IN_SMS - 1]}…"


def sms_parts(text: str) -> int:
    """How many parts a text message takes."""
    return 1 if len(text) <= SMS_PART else -(-len(text) // SMS_JOINED)
