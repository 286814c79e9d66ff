"""The day on which a request counts as received, by its channel (条例第三十一条)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gkapply.casework.application import CHANNELS, COUNTER, ONLINE, ORAL, SIGNED_POST
from gkapply.casework.application_check import Findings
from gkapply.casework.documents import Upload, examine
from gkapply.law import guards
from gkapply.law.secrecy import refuse_secret_marks

ARTICLE = "条例第三十一条"
FIXES_THE_DAY = frozenset({COUNTER, SIGNED_POST, ORAL})
"""Channels whose day of receipt is a fact; for all others both sides confirm it."""

ORAL_CONFIRMED = {"signature": "申请人签字", "fingerprint": "申请人按指印", "recording": "录音录像"}
CONFIRMED_BY = {"phone": "电话", "sms": "短信", "in_person": "当面", "email": "电子邮件", "online": "网上平台"}
_LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Receipt:
    """How a request came that is entered by an official.

    ``on``: the day on which it was handed in, signed for (by whomever of the organ, not opened by the clerk), dictated and
    confirmed; for ordinary post, fax and mail the day on which it came. A past day of receipt (补登) needs ``late_reason``
    and ``proof``. Of an oral request ``difficulty`` says why writing was difficult, ``confirmed_how`` is a code of
    ORAL_CONFIRMED. ``tracking`` is the number on the envelope.
    """

    channel: str
    on: date
    tracking: str = ""
    difficulty: str = ""
    confirmed_how: str = ""
    late_reason: str = ""
    proof: Upload | None = None

    @property
    def fixes_the_day(self) -> bool:
        """Whether ``on`` is the day of receipt without more ado."""
        return self.channel in FIXES_THE_DAY

    @property
    def note(self) -> Mapping[str, str]:
        """What is kept besides the day; empty when there is nothing."""
        if self.channel == ORAL:
            return {"difficulty": self.difficulty.strip(), "how": ORAL_CONFIRMED[self.confirmed_how]}
        return {"tracking": self.tracking.strip()} if self.tracking.strip() else {}


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That both sides confirmed a request: the day, how (a code of CONFIRMED_BY), with whom, what was said.

    A past day needs ``late_reason`` and ``proof``, like every late entry.
    """

    on: date
    how: str
    who: str
    text: str = ""
    late_reason: str = ""
    proof: Upload | None = None

    @property
    def note(self) -> Mapping[str, str]:
        """The record of the confirmation."""
        return {"how": CONFIRMED_BY[self.how], "who": self.who.strip(), "text": self.text.strip()}


def check_receipt(receipt: Receipt, today: date, found: Findings) -> None:
    """Put what is wrong with the receipt to its fields."""
    if receipt.channel not in CHANNELS or receipt.channel == ONLINE:
        found.add("channel", "请选择来件渠道", "条例第二十九条")
    if receipt.channel == SIGNED_POST and not receipt.tracking.strip():
        found.add("tracking", "请登记邮件号码", ARTICLE, do="见信封或者签收单")
    if receipt.channel == ORAL:
        if not receipt.difficulty.strip():
            found.add("difficulty", "请记明申请人采用书面形式确有困难的情形", "条例第二十九条第一款")
        if receipt.confirmed_how not in ORAL_CONFIRMED:
            found.add("confirmed_how", "请选择申请人如何确认代为填写的内容", "条例第二十九条第一款")
    _check_words(found, tracking=receipt.tracking, difficulty=receipt.difficulty, late_reason=receipt.late_reason)
    if receipt.fixes_the_day:
        _check_day(receipt.on, today, receipt.late_reason, receipt.proof, found)
    else:
        # The day of receipt is still to be confirmed: only an impossible day of arrival is refused.
        found.test(guards.received_on, receipt.on, today, late_reason=ARTICLE, proof=True)
    if receipt.proof is not None:
        found.test(examine, receipt.proof, field="proof")


def check_confirmation(confirmation: Confirmation, came_on: date, today: date, found: Findings) -> None:
    """Put what is wrong with the confirmation to its fields; ``came_on`` is the day on which the request came in."""
    if confirmation.how not in CONFIRMED_BY:
        found.add("how", "请选择以何种方式与申请人确认", ARTICLE)
    if not confirmation.who.strip():
        found.add("who", "请填写与谁确认（申请人本人或者代理人）", ARTICLE)
    if confirmation.on < came_on:
        found.add("received_on", f"确认日期不能早于来件日期 {came_on}", ARTICLE, do="请核对确认日期")
    _check_words(found, who=confirmation.who, text=confirmation.text, late_reason=confirmation.late_reason)
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
