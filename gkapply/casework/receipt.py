"""How a request came and was confirmed, by its channel (条例第三十一条): what is asked of each, and what is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gkapply.casework.application_check import Findings
from gkapply.casework.documents import Upload, examine
from gkapply.law import guards
from gkapply.law.channels import (
    ARTICLE,
    CHANNELS,
    DICTATED,
    ENTERED,
    HALL,
    OTHER_UNIT,
    REFERRED,
    SIGNED_FOR,
    TELEPHONE,
)
from gkapply.law.secrecy import refuse_secret_marks

RECORDING = "recording"
ORAL_CONFIRMED = {"signature": "申请人签字", "fingerprint": "申请人按指印", RECORDING: "录音录像"}
CONFIRMED_BY = {"phone": "电话", "sms": "短信", "in_person": "当面", "email": "电子邮件", "online": "网上平台"}
SOURCES = {"hotline": "12345政务服务热线", "mailbox": "领导信箱、政府网站信箱", "petition": "信访", "organ": "其他机关"}
"""Where a request may come from that came by no published channel."""
_LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Receipt:
    """How a request came that is entered by an official.

    ``on``: the day on which it was handed in, signed for (by whomever of the organ, not opened by the clerk), dictated and
    confirmed; else the day on which it came to the 政府信息公开工作机构. A past day of receipt (补登) needs ``late_reason`` and
    ``proof``. ``tracking`` is the number on the envelope, ``signed_by`` who signed for it. Of an oral request ``difficulty``
    says why writing was difficult, ``confirmed_how`` is a code of ORAL_CONFIRMED. Of one that went to another unit: ``unit``,
    and ``reached_on``, the day on which it got there. Of a referred one: ``source``, a code of SOURCES, and its ``ticket``
    (工单号). ``point`` is the name of the receipt point where it was handed in.
    """

    channel: str
    on: date
    tracking: str = ""
    signed_by: str = ""
    difficulty: str = ""
    confirmed_how: str = ""
    unit: str = ""
    reached_on: date | None = None
    source: str = ""
    ticket: str = ""
    point: str = ""
    late_reason: str = ""
    proof: Upload | None = None

    @property
    def fixes_the_day(self) -> bool:
        """Whether ``on`` is the day of receipt without more ado."""
        return self.channel in CHANNELS and CHANNELS[self.channel].fixes_the_day

    @property
    def note(self) -> Mapping[str, str]:
        """What is kept besides the day, as far as it belongs to the channel; empty when there is nothing."""
        said = {name: getattr(self, name).strip() for name in _KEPT.get(self.channel, ("tracking",))}
        if self.channel in DICTATED:
            said["how"] = ORAL_CONFIRMED[self.confirmed_how]
        if self.channel == OTHER_UNIT and self.reached_on is not None:
            said |= {"reached_on": self.reached_on.isoformat(), "passed_on": self.on.isoformat()}
        if self.channel == REFERRED:
            said["source"] = SOURCES[self.source]
        return {name: text for name, text in said.items() if text}


_KEPT: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(SIGNED_FOR, ("tracking", "signed_by")),
    **dict.fromkeys(DICTATED, ("difficulty",)),
    OTHER_UNIT: ("unit", "tracking"),
    REFERRED: ("ticket",),
    HALL: ("point",),
}
"""What is kept of a receipt by its channel; of every other the number on the envelope."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That both sides confirmed a request: the day, how (a code of CONFIRMED_BY), with whom, what was said.

    A past day needs ``late_reason`` and ``proof``, like every late entry. ``accept_reason``: why a request that came by no
    published channel is taken nevertheless.
    """

    on: date
    how: str
    who: str
    text: str = ""
    late_reason: str = ""
    proof: Upload | None = None
    accept_reason: str = ""

    @property
    def note(self) -> Mapping[str, str]:
        """The record of the confirmation."""
        said = {"how": CONFIRMED_BY[self.how], "who": self.who.strip(), "text": self.text.strip()}
        why = self.accept_reason.strip()
        return {**said, "why": why} if why else said


def check_receipt(receipt: Receipt, today: date, found: Findings, *, by_telephone: bool = False) -> None:
    """Put what is wrong with the receipt to its fields. ``by_telephone``: the office takes requests by telephone."""
    if receipt.channel not in ENTERED:
        found.add("channel", "请选择来件渠道", "条例第二十九条")
        return
    _check_channel(receipt, found, by_telephone)
    _check_words(
        found,
        **{name: getattr(receipt, name) for name in ("tracking", "signed_by", "difficulty", "unit", "ticket")},
        late_reason=receipt.late_reason,
    )
    if receipt.fixes_the_day:
        _check_day(receipt.on, today, receipt.late_reason, receipt.proof, found)
    else:
        # The day of receipt is still to be confirmed: only an impossible day of arrival is refused.
        found.test(guards.received_on, receipt.on, today, late_reason=ARTICLE, proof=True)
    if receipt.proof is not None:
        found.test(examine, receipt.proof, field="proof")


def _check_channel(receipt: Receipt, found: Findings, by_telephone: bool) -> None:
    """What the channel asks for besides the day."""
    if receipt.channel in SIGNED_FOR and not receipt.tracking.strip():
        found.add("tracking", "请登记邮件号码", ARTICLE, do="见信封或者签收单")
    if receipt.channel in DICTATED:
        _check_dictation(receipt, found, by_telephone)
    if receipt.channel == OTHER_UNIT:
        if not receipt.unit.strip():
            found.add("unit", "请写明来件先寄送哪个单位或者人员", ARTICLE)
        if receipt.reached_on is None:
            found.add("reached_on", "请填写该单位或者人员收到的日期", ARTICLE)
        elif receipt.reached_on > receipt.on:
            found.add("reached_on", f"该单位收到的日期 {receipt.reached_on} 晚于转来的日期 {receipt.on}", ARTICLE)
    if receipt.channel == REFERRED:
        if receipt.source not in SOURCES:
            found.add("source", "请选择从何处转来", "条例第二十八条")
        if not receipt.ticket.strip():
            found.add("ticket", "请登记工单号或者来信编号", "条例第二十八条", do="便于回复原渠道")


def _check_dictation(receipt: Receipt, found: Findings, by_telephone: bool) -> None:
    article = "条例第二十九条第一款"
    if not receipt.difficulty.strip():
        found.add("difficulty", "请记明申请人采用书面形式确有困难的情形", article)
    if receipt.confirmed_how not in ORAL_CONFIRMED:
        found.add("confirmed_how", "请选择申请人如何确认代为填写的内容", article)
    if receipt.channel != TELEPHONE:
        return
    if not by_telephone:
        found.add(
            "channel",
            "本机关的设置不接受以电话口头提出的申请",
            article,
            do="请告知申请人书面提出，或者到场口头提出、由窗口代为填写",
        )
    elif receipt.confirmed_how != RECORDING:
        found.add("confirmed_how", "电话提出的，须向申请人复述后录音确认", article, do="请选择“录音录像”")


def check_confirmation(
    confirmation: Confirmation, came_on: date, today: date, found: Findings, *, referred: bool = False
) -> None:
    """Put what is wrong with the confirmation to its fields; ``came_on`` is the day on which the request came in.

    ``referred``: it came by no published channel, so that taking it needs a reason.
    """
    if confirmation.how not in CONFIRMED_BY:
        found.add("how", "请选择以何种方式与申请人确认", ARTICLE)
    if not confirmation.who.strip():
        found.add("who", "请填写与谁确认（申请人本人或者代理人）", ARTICLE)
    if referred and not confirmation.accept_reason.strip():
        found.add(
            "accept_reason",
            "来件不是通过公开渠道提出的，直接受理须写明理由",
            "条例第二十八条",
            do="不直接受理的，请用“引导通过公开渠道提出”",
        )
    if confirmation.on < came_on:
        found.add("received_on", f"确认日期不能早于来件日期 {came_on}", ARTICLE, do="请核对确认日期")
    _check_words(
        found,
        **{name: getattr(confirmation, name) for name in ("who", "text", "late_reason", "accept_reason")},
    )
    _check_day(confirmation.on, today, confirmation.late_reason, confirmation.proof, found)
    if confirmation.proof is not None:
        found.test(examine, confirmation.proof, field="proof")


def _check_day(on: date, today: date, late_reason: str, proof: Upload | None, found: Findings) -> None:
    """Not in the future, not before the Regulation, in the past only with reason and proof: both are missed at once."""
    found.test(guards.received_on, on, today, late_reason=late_reason, proof=proof is not None)
    if "late_reason" in found.errors:
        found.test(guards.received_on, on, today, late_reason=ARTICLE, proof=proof is not None)


def _check_words(found: Findings, **texts: str) -> None:
    for field, text in texts.items():
        if len(text) > _LONGEST_TEXT:
            found.add(field, f"最多{_LONGEST_TEXT}个字", do="请精简后再提交")
        found.test(refuse_secret_marks, text, field)
