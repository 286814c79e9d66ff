"""The register as a file (台账): the sixteen columns that its import understands first, then everything else that the register tells.

What makes a person reachable or known by number is hidden unless the export was asked for in clear: with ``HIDDEN`` in its place, an
import knows that the cell says nothing, and keeps what it has.
"""

from collections.abc import Sequence
from datetime import date

from gkapply.casework import register_cells as cells
from gkapply.casework.people_data import masked, masked_mail
from gkapply.casework.register_cells import Cell, day
from gkapply.casework.register_columns import COLUMNS, CONTACT, RegisterColumn
from gkapply.casework.register_entries import Entry
from gkapply.casework.register_related import DELIVERY, LETTER, OTHERS
from gkapply.law.annual_rows import COLUMNS as KINDS
from gkapply.law.register_exported import CHANNEL_WORDS, HEADS, HIDDEN, OTHER, WAY_WORDS

_KINDS = {column.code: column.label for column in KINDS}
_NOT_SAID_TWICE = frozenset(
    (
        "number",
        "received",
        "applicant_kind",
        "applicant",
        "identity",
        "content",
        "letter",
        "unit",
        "delivered",
        "replied",
    )
)
"""Columns of the register that the sixteen tell already."""
_OTHERWISE_CALLED = {"channel": "来件渠道细分", "outcome": "结果名称", "way": "送达方式细分", "reach": "电子邮箱"}
"""Columns that tell more than the one of the sixteen with the same head."""


def columns(*, in_clear: bool) -> Sequence[RegisterColumn]:
    """Every column of the file; ``in_clear``: with identity numbers, telephones, addresses and mail as they are."""
    cells_of_first: Sequence[tuple[Cell, str]] = (
        (_number, ""),
        (lambda entry, today: day(entry.row.received_on), ""),
        (lambda entry, today: CHANNEL_WORDS.get(entry.row.channel, OTHER), ""),
        (lambda entry, today: _KINDS.get(entry.row.applicant_kind, ""), ""),
        (_applicants, OTHERS),
        (_held("id_number", in_clear), CONTACT),
        (_held("phone", in_clear), CONTACT),
        (_address(in_clear), CONTACT),
        (lambda entry, today: entry.row.description, ""),
        (lambda entry, today: entry.row.report_row or "", ""),
        (_ended, ""),
        (_way, DELIVERY),
        (lambda entry, today: day(entry.row.delivered_on), ""),
        (lambda entry, today: cells.letter_numbers(entry, today) or entry.brought.get("letter_number", ""), LETTER),
        (lambda entry, today: entry.row.unit or entry.brought.get("unit", ""), ""),
        (lambda entry, today: entry.brought.get("remark", ""), ""),
    )
    first = [
        RegisterColumn(f"file_{number}", head, text, need)
        for number, (head, (text, need)) in enumerate(zip(HEADS, cells_of_first, strict=True), start=1)
    ]
    return [*first, *(_further(column, in_clear) for column in COLUMNS if column.code not in _NOT_SAID_TWICE)]


def _further(column: RegisterColumn, in_clear: bool) -> RegisterColumn:
    text = {"reach": _mail(in_clear), "outcome": cells.whole_outcome}.get(column.code, column.text)
    return RegisterColumn(column.code, _OTHERWISE_CALLED.get(column.code, column.label), text, column.need)


def _applicants(entry: Entry, today: date) -> str:
    """Everybody who applies, the first-named first."""
    return "、".join((entry.row.applicant or "", *(one.first for one in entry.of(OTHERS))))


def _ended(entry: Entry, today: date) -> str:
    """The day of the reply; of a result without a letter the day on which its closing was confirmed."""
    return day(entry.row.replied_on or entry.row.ended_on) if entry.row.report_row else ""


def _number(entry: Entry, today: date) -> str:
    """登记编号; of a request that was taken over as its register has it, though this system had to give it another."""
    return entry.brought.get("number") or str(entry.row.number)


def _way(entry: Entry, today: date) -> str:
    """How the reply went in the end; of a request that was taken over as its register says."""
    ways = [WAY_WORDS.get(one.first, OTHER) for one in entry.of(DELIVERY) if one.first]
    return ways[-1] if ways else entry.brought.get("delivery", "")


def _held(name: str, in_clear: bool) -> Cell:
    return lambda entry, today: entry.contact.get(name, "") if in_clear else masked(entry.contact.get(name, ""))


def _address(in_clear: bool) -> Cell:
    return lambda entry, today: entry.contact.get("address", "") if in_clear else _only_that(entry, "address")


def _mail(in_clear: bool) -> Cell:
    return lambda entry, today: (
        entry.contact.get("email", "") if in_clear else masked_mail(entry.contact.get("email", ""))
    )


def _only_that(entry: Entry, name: str) -> str:
    """That there is one, and nothing of it."""
    return HIDDEN * 4 if entry.contact.get(name) else ""
