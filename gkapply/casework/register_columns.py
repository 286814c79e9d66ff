"""The columns of the register (登记台账): what each is called, what of a request it tells, and what has to be read for it.

They follow what offices enter (收到申请的时间、申请人、联系方式、申请方式、申请内容、办理情况…); numbers of persons are masked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gkapply.casework import ledger
from gkapply.casework import register_cells as cells
from gkapply.casework.application import CHANNELS, KINDS
from gkapply.casework.register_cells import Cell, day
from gkapply.casework.register_related import (
    CONFIRMED,
    DELIBERATION,
    DELIVERY,
    DISPUTE,
    EXTENDED,
    FACT,
    FEE,
    ITEM,
    LEGAL_REVIEW,
    LETTER,
    PROPOSAL,
    QUESTION,
    SECRECY,
)
from gkapply.law.facts import FactKind
from gkapply.law.refusal import Refusal


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """One column; ``text`` is its cell on a day, ``need`` what has to be read beside the request itself."""

    code: str
    label: str
    text: Cell
    need: str = ""
    wide: bool = False


CONTACT = "contact"
"""``need`` of a column that opens the sealed contact."""
_CORRECTION = FactKind.CORRECTION_ASKED, ledger.NOTICE_RECEIVED, FactKind.CORRECTION_RECEIVED

COLUMNS: tuple[RegisterColumn, ...] = (
    RegisterColumn("number", "登记编号", lambda entry, today: entry.row.number),
    RegisterColumn("kind", "案卷类型", lambda entry, today: entry.row.kind.label),
    RegisterColumn("channel", "受理渠道", lambda entry, today: CHANNELS.get(entry.row.channel, entry.row.channel)),
    RegisterColumn("submitted", "提交时间", cells.submitted),
    RegisterColumn("arrived", "到达日期", cells.arrived, FACT),
    RegisterColumn("confirmed", "确认时间、方式和人", cells.confirmed, CONFIRMED),
    RegisterColumn("received", "收到日期", lambda entry, today: day(entry.row.received_on)),
    RegisterColumn("entered_late", "补登理由", lambda entry, today: entry.row.late_reason),
    RegisterColumn("applicant_kind", "申请人类型", lambda entry, today: KINDS.get(entry.row.applicant_kind, "")),
    RegisterColumn("applicant", "申请人", lambda entry, today: entry.row.applicant or ""),
    RegisterColumn("identity", "证件号码", cells.identity, CONTACT),
    RegisterColumn("reach", "联系方式", cells.ways_to_reach, CONTACT),
    RegisterColumn("agent", "代理人", cells.agent, CONTACT),
    RegisterColumn("content", "申请内容", lambda entry, today: " ".join(entry.row.description.split()), wide=True),
    RegisterColumn("information", "信息名称、文号", cells.information),
    RegisterColumn("form", "形式和方式", cells.form),
    RegisterColumn("area", "公开领域", lambda entry, today: entry.row.area or ""),
    RegisterColumn("unit", "承办单位", lambda entry, today: entry.row.unit or ""),
    RegisterColumn("officer", "承办人", lambda entry, today: entry.row.officer or ""),
    RegisterColumn("state", "状态", lambda entry, today: entry.row.state.label),
    RegisterColumn("correction", "补正", cells.facts(*_CORRECTION), FACT),
    RegisterColumn("questions", "征求意见", cells.questions, QUESTION),
    RegisterColumn("extension", "延期", cells.facts(FactKind.EXTENSION, FactKind.DELAYED), FACT),
    RegisterColumn("consented", "延期批准和告知", cells.consented, EXTENDED),
    RegisterColumn("fee", "收费", cells.fee, FEE),
    RegisterColumn("deliberation", "会商", cells.deliberated, DELIBERATION),
    RegisterColumn("secrecy", "保密审查", cells.secrecy, SECRECY),
    RegisterColumn("legal", "法制审核", cells.legal_review, LEGAL_REVIEW),
    RegisterColumn("signed", "签发", cells.signed, LETTER),
    RegisterColumn("letter", "答复文号", cells.letter_numbers, LETTER),
    RegisterColumn("outcome", "处理结果", cells.outcome, wide=True),
    RegisterColumn("basis", "依据条款", cells.basis, ITEM),
    RegisterColumn("replied", "答复日期", lambda entry, today: day(entry.row.replied_on)),
    RegisterColumn("way", "送达方式", cells.ways, DELIVERY),
    RegisterColumn("delivered", "送达日期", lambda entry, today: day(entry.row.delivered_on)),
    RegisterColumn("tracking", "送达凭证号", cells.tracking, DELIVERY),
    RegisterColumn("due", "答复期限", lambda entry, today: day(entry.row.due_on)),
    RegisterColumn("late", "是否逾期", cells.is_late),
    RegisterColumn("disputes", "复议诉讼", cells.disputes, DISPUTE),
    RegisterColumn("archive", "归档", cells.archived),
    RegisterColumn("archive_number", "档号", cells.archive_number),
    RegisterColumn("proposal", "转主动公开", cells.proposals, PROPOSAL),
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
