"""What the law leaves to the office; every value here may differ from organ to organ, with the cautious one as default."""

import json
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from enum import StrEnum
from functools import lru_cache
from typing import Any

from gkapply.law.case_kinds import CaseKind
from gkapply.law.ladders import LetterClass, Path
from gkapply.law.refusal import Refusal
from gkapply.law.setting_fields import choice as _choice
from gkapply.law.setting_fields import ladder as _ladder
from gkapply.law.setting_fields import number as _number
from gkapply.law.setting_fields import switch as _switch


class StopBegins(StrEnum):
    """From which day the time of asking others is left out (条例第三十三条第三款 does not say)."""

    SENT = "sent"
    RECEIVED = "received"


class OnlineReceipt(StrEnum):
    """Which day of a request on the web is its day of receipt (条例第三十一条第三项; 最高人民法院指导案例26号)."""

    CONFIRMATION = "confirmation"
    """The day on which both sides confirm it; the page after sending says so."""
    SUBMISSION = "submission"
    """The day of sending: for the cautious office."""


class ForeignApplicants(StrEnum):
    """How requests of foreigners and foreign organisations are taken (条例第二十七条 names citizens and organisations only)."""

    ACCEPT = "accept"
    RECIPROCITY = "reciprocity"
    """Handled once it is noted that their country does the same."""


class SealDemand(StrEnum):
    """What has to be entered of the seal before a letter leaves."""

    SCAN = "scan"
    """The use of the seal, with the scan of the stamped letter."""
    REGISTER = "register"
    """The use of the seal."""
    NONE = "none"
    """Nothing: the organ keeps its register of seals elsewhere."""


@dataclass(frozen=True, slots=True)
class ClockSettings:
    """The office's own choices about the clocks of one case, as ``reckon`` reads them.

    ``correction_answer``: working days the applicant has for correcting, from receipt of the notice (合理的补正期限,
    条例第三十条 sets no number). ``organ_answer``: working days another organ has for its opinion, where the letter
    says nothing else. ``late_correction_restarts``: whether a correction asked for after its term restarts the reply
    clock. ``reply_term``: working days of an internal term (内部期限) where the law sets none (更正申请, 条例第四十一条); None:
    the statutory term.
    """

    correction_answer: int = 15
    organ_answer: int = 15
    late_correction_restarts: bool = False
    stop_begins: StopBegins = StopBegins.SENT
    reply_term: int | None = None


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """Every setting of an office. ``label``, bounds, ``basis`` and ``hint`` of each stand in its field's metadata.

    Numbers are working days unless the label says otherwise.
    """

    correction_answer: int = field(
        default=15,
        metadata=_number("补正期限（工作日）", 1, 60, "条例第三十条", "自申请人收到补正告知书之日起；条例只要求“合理”"),
    )
    late_correction_restarts: bool = field(
        default=False,
        metadata=_switch(
            "逾期发出的补正告知，收到补正后重新起算答复期限", "条例第三十条", "条例没有规定，从严的做法是不重新起算"
        ),
    )
    organ_answer: int = field(
        default=15, metadata=_number("其他机关提出意见的期限（工作日）", 1, 30, "条例第三十三条第三款")
    )
    stop_begins: StopBegins = field(
        default=StopBegins.SENT,
        metadata=_choice(
            "征求意见所需时间的起点",
            {StopBegins.SENT: "征求意见书发出之日", StopBegins.RECEIVED: "对方收到之日"},
            "条例第三十三条第三款",
            "条例没有规定起点",
        ),
    )
    opinion_proof_within: int = field(
        default=5, metadata=_number("征求意见书发出后多少工作日仍无送达证明即提醒", 1, 15, "条例第三十二条")
    )
    hold_days: int = field(
        default=5,
        metadata=_number(
            "告知第三方决定公开之后、提供信息之前的等待期（工作日）", 0, 15, "条例第三十二条", "在答复期限之内"
        ),
    )
    online_receipt_basis: OnlineReceipt = field(
        default=OnlineReceipt.CONFIRMATION,
        metadata=_choice(
            "网上申请的收到之日",
            {OnlineReceipt.CONFIRMATION: "双方确认之日", OnlineReceipt.SUBMISSION: "申请人提交之日"},
            "条例第三十一条第三项",
            "提交成功页面会如实告知申请人",
        ),
    )
    lapse_grace: int = field(
        default=5,
        metadata=_number(
            "补正、缴费期满后等待邮路的宽限（工作日）", 0, 20, "条例第三十条", "宽限期满系统只提请，由人确认"
        ),
    )
    explanation_ask_within: int = field(
        default=7, metadata=_number("要求说明理由的期限（工作日）", 1, 20, "条例第三十五条")
    )
    explanation_answer: int = field(
        default=10, metadata=_number("申请人说明理由的期限（工作日）", 1, 60, "条例第三十五条")
    )
    on_the_spot_within: int = field(
        default=1,
        metadata=_number(
            "收到申请后多少工作日内可以作为当场答复",
            0,
            5,
            "条例第三十三条第一款",
            "条例只规定“能够当场答复的，应当当场予以答复”",
        ),
    )
    record_correction_term: int = field(
        default=20,
        metadata=_number("更正申请的办理期限（工作日）", 1, 60, "条例第四十一条", "条例没有规定期限，为内部期限"),
    )
    fee_counts_withdrawn: bool = field(
        default=True, metadata=_switch("撤回的申请仍计入当月累计件数", "国办函〔2020〕109号", "文件没有规定")
    )
    special_rule_review_first: bool = field(
        default=False,
        metadata=_switch("“依照特别规定办理”的答复告知先行复议", "《行政复议法》第二十三条", "默认可以直接起诉"),
    )
    partial_review_first: bool = field(
        default=True,
        metadata=_switch(
            "部分公开的，对其中不予公开的内容告知先行复议",
            "《行政复议法》第二十三条、《行政复议法实施条例》第三十一条",
            "不选的，部分公开一律告知可以复议或者直接起诉",
        ),
    )
    complaint_told: bool = field(
        default=False,
        metadata=_switch("答复书同时告知投诉、举报的途径", "条例第五十一条", "默认只告知复议、诉讼"),
    )
    public_body_remedies: bool = field(
        default=False,
        metadata=_switch("公共企事业单位信息的告知书写明复议、诉讼途径", "条例第五十五条", "默认只写明申诉途径"),
    )
    enquiry_remedies: bool = field(default=False, metadata=_switch("咨询答复写明复议、诉讼途径", "条例第二条"))
    telephone_requests: bool = field(
        default=False, metadata=_switch("接受以电话口头提出的申请", "条例第二十九条第一款")
    )
    foreign_applicants: ForeignApplicants = field(
        default=ForeignApplicants.ACCEPT,
        metadata=_choice(
            "外国人、外国组织提出的申请",
            {ForeignApplicants.ACCEPT: "与公民同样办理", ForeignApplicants.RECIPROCITY: "记录对等情况后办理"},
            "条例第二十七条",
            "条例没有写明外国人，各地做法不一；不论哪种，都应当登记",
        ),
    )
    ladder_of_notices: Path = field(
        default=Path.SHORTEST, metadata=_ladder(LetterClass.NOTICE, "告知类文书", "条例第四十五条")
    )
    ladder_of_extensions: Path = field(
        default=Path.SHORTEST, metadata=_ladder(LetterClass.EXTENSION, "延期、延迟答复", "条例第三十三条第二款")
    )
    ladder_of_plain_replies: Path = field(
        default=Path.REVIEWED, metadata=_ladder(LetterClass.PLAIN, "全部公开的答复", "条例第十七条")
    )
    ladder_of_refusals: Path = field(
        default=Path.LEGAL, metadata=_ladder(LetterClass.REFUSING, "其他答复", "条例第十七条")
    )
    ladder_of_weighty: Path = field(
        default=Path.LEGAL, metadata=_ladder(LetterClass.WEIGHTY, "重大事项的答复", "条例第十七条")
    )
    secrecy_review_before_signing: bool = field(
        default=True, metadata=_switch("签发前须逐件记录保密审查", "条例第十七条", "不选的，审查由机关另行保证")
    )
    announcement_service: bool = field(
        default=False,
        metadata=_switch(
            "其他方式无法送达的，可以公告送达", "参照《民事诉讼法》第九十五条", "条例没有规定公告送达，默认不采用"
        ),
    )
    announcement_days: int = field(
        default=30,
        metadata=_number("公告之日起经过多少日视为送达（自然日）", 30, 90, "参照《民事诉讼法》第九十五条"),
    )
    seal_before_sending: SealDemand = field(
        default=SealDemand.SCAN,
        metadata=_choice(
            "文书发出之前的用印登记",
            {
                SealDemand.SCAN: "须登记用印，并上传盖章扫描件",
                SealDemand.REGISTER: "须登记用印，扫描件可以不上传",
                SealDemand.NONE: "在本系统之外用印和登记，本系统不核对",
            },
            "",
            "法律没有规定；有扫描件的，网上送达的就是盖章扫描件，没有的，送达的是未盖章的文书文件",
        ),
    )
    remind_first: int = field(default=5, metadata=_number("期限届满前多少工作日第一次提醒", 1, 15))
    remind_second: int = field(default=2, metadata=_number("期限届满前多少工作日第二次提醒", 1, 15))
    remind_third: int = field(
        default=1,
        metadata=_number("期限届满前多少工作日第三次提醒", 1, 15, "", "届满当日另行提醒；前一个工作日为内部目标日"),
    )
    escalate_signer_after: int = field(
        default=1,
        metadata=_number(
            "逾期后多少工作日上报分管领导", 0, 20, "条例第三十三条", "逾期的第一个工作日告知承办人和公开机构负责人"
        ),
    )
    escalate_supervisor_after: int = field(
        default=3, metadata=_number("逾期后多少工作日上报主管部门", 0, 40, "条例第四十七条")
    )
    quiet_from: int = field(
        default=20, metadata=_number("每日邮件几点之后不发", 12, 24, "", "0至24的钟点，北京时间；休息日不发")
    )
    quiet_until: int = field(default=8, metadata=_number("每日邮件几点之前不发", 0, 12))

    @property
    def ladders(self) -> Mapping[LetterClass, Path]:
        """The ladder chosen for each class of letters."""
        return {
            LetterClass.NOTICE: self.ladder_of_notices,
            LetterClass.EXTENSION: self.ladder_of_extensions,
            LetterClass.PLAIN: self.ladder_of_plain_replies,
            LetterClass.REFUSING: self.ladder_of_refusals,
            LetterClass.WEIGHTY: self.ladder_of_weighty,
        }

    @property
    def clock(self) -> ClockSettings:
        """What of it the clocks of a request read."""
        return _clock(self, CaseKind.APPLICATION)

    def clock_of(self, kind: CaseKind) -> ClockSettings:
        """What of it the clocks of a case of that kind read: the correction of records has an internal term."""
        return _clock(self, kind)


@lru_cache(maxsize=256)
def _clock(settings: OfficeSettings, kind: CaseKind) -> ClockSettings:
    term = settings.record_correction_term if kind is CaseKind.RECORD_CORRECTION else None
    chosen = {one.name: getattr(settings, one.name) for one in fields(ClockSettings) if one.name != "reply_term"}
    return ClockSettings(**chosen, reply_term=term)


SETTINGS: tuple[Field[Any], ...] = fields(OfficeSettings)
"""The settings in the order in which a page shows them."""


@lru_cache(maxsize=1024)
def read_settings(text: str) -> OfficeSettings:
    """The settings that a JSON object states; what it leaves out has its default, what it names in vain is left aside.

    Raises Refusal for a value that its setting does not take.
    """
    stated = json.loads(text)
    return settle({one.name: stated[one.name] for one in SETTINGS if one.name in stated})


def settle(values: Mapping[str, Any]) -> OfficeSettings:
    """The settings with these values, the rest by default. Raises Refusal naming the setting that cannot be so."""
    return OfficeSettings(**{one.name: _settled(one, values[one.name]) for one in SETTINGS if one.name in values})


def _settled(setting: Field[Any], value: Any) -> Any:
    about = setting.metadata
    if isinstance(setting.default, bool):
        if isinstance(value, bool):
            return value
    elif isinstance(setting.default, StrEnum):
        if value in about["choices"]:
            return type(setting.default)(value)
    elif isinstance(value, int) and not isinstance(value, bool) and about["least"] <= value <= about["most"]:
        return value
    bounds = f"应为{about['least']}至{about['most']}的整数" if "least" in about else "不是可选的值"
    raise Refusal(f"设置项「{about['label']}」{bounds}", about["basis"] or None, field=setting.name)
