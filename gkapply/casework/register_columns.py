"""The columns of the register (登记台账): what each is called, what of a request it tells, and what has to be read for it.

They follow what offices enter (收到申请的时间、申请人、联系方式、申请方式、申请内容、办理情况…); numbers of persons are masked.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gkapply.casework.application import CARRIERS, CHANNELS, KINDS, WAYS
from gkapply.casework.consultation import OPINIONS, PARTY_KINDS
from gkapply.casework.people_data import masked, masked_mail
from gkapply.casework.register_entries import (
    DISPUTE,
    FACT,
    FEE,
    LETTER,
    PROPOSAL,
    QUESTION,
    SECRECY,
    Entry,
    Related,
)
from gkapply.clock import OFFICE_ZONE
from gkapply.law.annual_rows import RESULT_ROWS
from gkapply.law.dispute_kinds import DisputeKind
from gkapply.law.facts import FactKind
from gkapply.law.fees import FeeMode
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy_results import SecrecyResult
from workflows.publication import PublicationState

_OUTCOMES = {row.code: row.label for row in RESULT_ROWS}
_PROPOSALS = {state.value: state.label for state in PublicationState}


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """One column; ``text`` is its cell on ``today``, ``need`` what has to be read beside the request itself."""

    code: str
    label: str
    text: Callable[[Entry, date], str]
    need: str = ""
    wide: bool = False


CONTACT = "contact"
"""``need`` of a column that opens the sealed contact."""


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _moment(entry: Entry, today: date) -> str:
    """When it was handed in, or else entered."""
    at = entry.row.submitted_at or entry.row.entered_at
    return f"{at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"


def _joined(parts: Iterable[str]) -> str:
    return "；".join(part for part in parts if part)


def _between(one: Related) -> str:
    """From when till when."""
    return _day(one.on) + (f"—{_day(one.then)}" if one.then else "")


def _facts(*kinds: FactKind) -> Callable[[Entry, date], str]:
    words = {kind.value: kind.label for kind in kinds}

    def told(entry: Entry, today: date) -> str:
        found = [one for one in entry.of(FACT) if one.first in words]
        return _joined(
            f"{words[one.first]}{_day(one.on)}" + (f"（{one.second}个工作日）" if one.second else "") for one in found
        )

    return told


def _questions(entry: Entry, today: date) -> str:
    return _joined(
        f"{PARTY_KINDS.get(one.first, one.first)}{_between(one)}{OPINIONS.get(one.second, '')}"
        for one in entry.of(QUESTION)
    )


def _fee(entry: Entry, today: date) -> str:
    return _joined(
        f"{FeeMode(one.first).label}{one.second}元，通知{_day(one.on)}"
        + (f"，缴纳{_day(one.then)}" if one.then else "")
        for one in entry.of(FEE)
    )


def _secrecy(entry: Entry, today: date) -> str:
    return _joined(dict.fromkeys(SecrecyResult(one.first).label for one in entry.of(SECRECY)))


def _disputes(entry: Entry, today: date) -> str:
    return _joined(f"{DisputeKind(one.first).label}{_between(one)}" for one in entry.of(DISPUTE))


def _proposals(entry: Entry, today: date) -> str:
    return _joined(_PROPOSALS[one.first] for one in entry.of(PROPOSAL))


def _late(entry: Entry, today: date) -> str:
    """Whether the reply came, or is, after its due day."""
    row = entry.row
    if row.due_on is None:
        return ""
    return "逾期" if row.due_on < (row.replied_on or row.ended_on or today) else "否"


def _identity(entry: Entry, today: date) -> str:
    return masked(entry.contact.get("id_number", ""))


def _ways_to_reach(entry: Entry, today: date) -> str:
    """Telephone and mail, masked; of an address only that there is one."""
    held = entry.contact
    address = "有通信地址" if held.get("address") else ""
    return _joined((masked(held.get("phone", "")), masked_mail(held.get("email", "")), address))


COLUMNS: tuple[RegisterColumn, ...] = (
    RegisterColumn("number", "登记编号", lambda entry, today: entry.row.number),
    RegisterColumn("channel", "受理渠道", lambda entry, today: CHANNELS.get(entry.row.channel, entry.row.channel)),
    RegisterColumn("submitted", "提交时间", _moment),
    RegisterColumn("received", "收到日期", lambda entry, today: _day(entry.row.received_on)),
    RegisterColumn("applicant_kind", "申请人类型", lambda entry, today: KINDS.get(entry.row.applicant_kind, "")),
    RegisterColumn("applicant", "申请人", lambda entry, today: entry.row.applicant or ""),
    RegisterColumn("identity", "证件号码", _identity, CONTACT),
    RegisterColumn("reach", "联系方式", _ways_to_reach, CONTACT),
    RegisterColumn("agent", "代理人", lambda entry, today: entry.contact.get("agent_name", ""), CONTACT),
    RegisterColumn("content", "申请内容", lambda entry, today: " ".join(entry.row.description.split()), wide=True),
    RegisterColumn(
        "form",
        "形式和方式",
        lambda entry, today: f"{CARRIERS.get(entry.row.carrier, '')}，{WAYS.get(entry.row.way, '')}",
    ),
    RegisterColumn("area", "公开领域", lambda entry, today: entry.row.area or ""),
    RegisterColumn("unit", "承办单位", lambda entry, today: entry.row.unit or ""),
    RegisterColumn("officer", "承办人", lambda entry, today: entry.row.officer or ""),
    RegisterColumn("state", "状态", lambda entry, today: entry.row.state.label),
    RegisterColumn("correction", "补正", _facts(FactKind.CORRECTION_ASKED, FactKind.CORRECTION_RECEIVED), FACT),
    RegisterColumn("questions", "征求意见", _questions, QUESTION),
    RegisterColumn("extension", "延期", _facts(FactKind.EXTENSION, FactKind.DELAYED), FACT),
    RegisterColumn("fee", "收费", _fee, FEE),
    RegisterColumn("secrecy", "保密审查", _secrecy, SECRECY),
    RegisterColumn(
        "signed",
        "签发",
        lambda entry, today: _joined(f"{one.second}{_day(one.on)}" for one in entry.of(LETTER)),
        LETTER,
    ),
    RegisterColumn("letter", "答复文号", lambda entry, today: _joined(one.first for one in entry.of(LETTER)), LETTER),
    RegisterColumn(
        "outcome", "处理结果", lambda entry, today: _OUTCOMES.get(entry.row.report_row or "", ""), wide=True
    ),
    RegisterColumn("replied", "答复日期", lambda entry, today: _day(entry.row.replied_on)),
    RegisterColumn("delivered", "送达日期", lambda entry, today: _day(entry.row.delivered_on)),
    RegisterColumn("due", "答复期限", lambda entry, today: _day(entry.row.due_on)),
    RegisterColumn("late", "是否逾期", _late),
    RegisterColumn("disputes", "复议诉讼", _disputes, DISPUTE),
    RegisterColumn(
        "archive",
        "归档",
        lambda entry, today: _joined(
            (_day(entry.row.archived_on), entry.row.retention if entry.row.archived_on else "")
        ),
    ),
    RegisterColumn("proposal", "转主动公开", _proposals, PROPOSAL),
)
BY_CODE = {column.code: column for column in COLUMNS}
USUAL = tuple(
    BY_CODE[code]
    for code in (
        "number",
        "channel",
        "received",
        "applicant_kind",
        "applicant",
        "content",
        "officer",
        "state",
        "outcome",
        "replied",
        "due",
        "late",
    )
)
EVERY = "every"
"""Instead of codes in an address: all columns."""


def read_columns(text: str) -> Sequence[RegisterColumn]:
    """The columns that an address names, in the order of the table and always with the number; none: the usual ones.

    Raises Refusal for one that no page offers.
    """
    codes = {code for code in text.split(",") if code}
    if not codes:
        return USUAL
    if EVERY in codes:
        return COLUMNS
    if codes - BY_CODE.keys():
        raise Refusal("没有这样的列", do="请重新选择要显示的列", field="columns")
    return [column for column in COLUMNS if column.code in codes | {"number"}]
