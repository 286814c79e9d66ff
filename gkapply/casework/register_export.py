"""Handing out the register of an organ as a file (台账导出): rows as they are read, some hundred at a time, however many there are.

The first table holds the requests that the annual report counts, the second their dated facts (事实), both in the words that the import
understands; the third what else has a number: 更正申请, 重新答复, the covers of divided requests, 未成立, what still waits to be confirmed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import BigInteger, ColumnElement, Date, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.access_log import note_access
from gkapply.casework.among import among, as_keys
from gkapply.casework.entries import Fact
from gkapply.casework.ledger import law_facts
from gkapply.casework.people import Organ
from gkapply.casework.prepared import ask
from gkapply.casework.records import Case
from gkapply.casework.register_columns import CONTACT, RegisterColumn
from gkapply.casework.register_compare import content_of
from gkapply.casework.register_entries import Entry, entries, opened
from gkapply.casework.register_file import columns
from gkapply.casework.register_import_records import RegisterRow
from gkapply.clock import OFFICE_ZONE
from gkapply.database import Instant
from gkapply.law.case_kinds import CaseKind
from gkapply.law.facts import Fact as LawFact
from gkapply.law.refusal import Refusal
from gkapply.law.register_exported import FACT_HEADS, FACT_WORDS, OTHER_NUMBER, OTHERS_SHEET, YES
from gkapply.law.register_heads import FACTS_SHEET
from gkapply.workbook_stream import Table

AT_ONCE = 500
"""Requests that an export holds at a time."""
MANY = 200_000
"""From so many rows on, the sheet of a workbook may come to gigabytes before it is compressed."""
REGISTER_SHEET = "台账"
LONGEST_REASON = 200
Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Extent:
    """What is handed out: the requests of these organs received from ``first`` to ``last``; ``in_clear``: with the contact as it is."""

    organ_ids: Sequence[int]
    first: date
    last: date
    in_clear: bool = False


def require_extent(organ: Organ, first: date, last: date, *, in_clear: bool = False) -> Extent:
    """The extent of one organ. Raises Refusal for days in the wrong order."""
    if first > last:
        raise Refusal(f"起始日期 {first} 晚于截止日期 {last}", do="请核对日期", field="first")
    return Extent([organ.id], first, last, in_clear)


def note(session: Session, extent: Extent, form: str, actor: Actor, now: datetime, reason: str = "") -> None:
    """Write down who takes the register, before the first row leaves. Raises Refusal for contact in clear without a reason."""
    if extent.in_clear and not 2 <= len(reason.strip()) <= LONGEST_REASON:
        raise Refusal(
            f"导出证件号码和联系方式的，请写明事由（2至{LONGEST_REASON}个字）",
            "《个人信息保护法》第三十四条",
            field="reason",
        )
    said = {
        "form": form,
        "first": extent.first.isoformat(),
        "last": extent.last.isoformat(),
        "contact": "clear" if extent.in_clear else "masked",
        "reason": reason.strip() if extent.in_clear else "",
    }
    for organ_id in extent.organ_ids:
        place = Actor(actor.kind, organ_id, actor.duties, actor.user_id)
        note_access(session, place, "register.exported", now, case_id=None, **said)


def counted(session: Session, extent: Extent) -> int:
    """How many requests the first table will hold."""
    query = select(func.count()).where(Case.organ_id.in_(extent.organ_ids), _COUNTED)
    return session.scalar(query.where(Case.received_on >= extent.first, Case.received_on <= extent.last)) or 0


def tables(session: Session, extent: Extent, today: date) -> Sequence[Table]:
    """The tables of the file; their rows are read when they are written, in this session."""
    shown = columns(in_clear=extent.in_clear)
    heads = [column.label for column in shown]
    return (
        Table(REGISTER_SHEET, heads, _register(session, extent, shown, today)),
        Table(FACTS_SHEET, FACT_HEADS, _facts(session, extent)),
        Table(OTHERS_SHEET, [OTHER_NUMBER, *heads[1:]], _others(session, extent, shown, today)),
    )


_COUNTED: ColumnElement[bool] = and_(
    Case.kind == CaseKind.APPLICATION,
    Case.received_on.is_not(None),
    or_(Case.ended_on.is_(None), Case.report_row.is_not(None)),
)
"""What table 三 of some year counts."""


def is_counted(case: Case) -> bool:
    """The same of one case."""
    ended = case.ended_on is not None
    return case.kind is CaseKind.APPLICATION and case.received_on is not None and (not ended or bool(case.report_row))


_UNCOUNTED = or_(Case.kind != CaseKind.APPLICATION, and_(Case.ended_on.is_not(None), Case.report_row.is_(None)))
_BROUGHT_NUMBER = (
    select(RegisterRow.number)
    .where(RegisterRow.case_id == Case.id)
    .order_by(RegisterRow.edition.desc())
    .limit(1)
    .scalar_subquery()
)
"""登记编号 as the register had it from which the request was taken over."""
_ORGAN, _KEY, _SIZE = (bindparam(name, type_=BigInteger) for name in ("the_organ", "key", "size"))
_DAY, _LAST = bindparam("day", type_=Date), bindparam("last", type_=Date)
_AT, _BEFORE = bindparam("at", type_=Instant), bindparam("before", type_=Instant)


def _by_receipt(query: Select[*tuple[Any, ...]], which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """A page of those received, the oldest first, behind a day and a key."""
    beyond = or_(Case.received_on > _DAY, Case.id > _KEY)
    query = query.where(Case.organ_id == _ORGAN, Case.received_on >= _DAY, Case.received_on <= _LAST, beyond, which)
    return query.order_by(Case.received_on, Case.id).limit(_SIZE)


_REGISTER = _by_receipt(entries(), _COUNTED)
_OTHERS = _by_receipt(entries(), _UNCOUNTED)
_UNRECEIVED = (
    entries()
    .where(
        Case.organ_id == _ORGAN,
        Case.received_on.is_(None),
        Case.entered_at >= _AT,
        Case.entered_at < _BEFORE,
        or_(Case.entered_at > _AT, Case.id > _KEY),
    )
    .order_by(Case.entered_at, Case.id)
    .limit(_SIZE)
)
_NUMBERS = _by_receipt(
    select(Case.id, func.coalesce(_BROUGHT_NUMBER, Case.number).label("number"), Case.received_on), _COUNTED
)
_FACTS = (
    select(
        Fact.id,
        Fact.case_id,
        Fact.kind,
        Fact.on_.label("on_"),
        Fact.party,
        Fact.working_days,
        Fact.told_on,
        Fact.answer_within,
        Fact.co_producer,
        Fact.override,
        Fact.until,
        Fact.revokes_id,
    )
    .where(among(Fact.case_id, "cases"))
    .order_by(Fact.id)
)


def _pages(session: Session, query: Select[*tuple[Any, ...]], extent: Extent) -> Iterator[Sequence[Any]]:
    """Page after page of the rows of each organ; the statement names its place by day or by moment."""
    for organ_id in extent.organ_ids:
        place: dict[str, Any] = {"day": extent.first, "at": _begin(extent.first), "key": 0}
        fixed = {"the_organ": organ_id, "last": extent.last, "before": _begin(extent.last + timedelta(days=1))}
        while rows := ask(session, query, _named(query, {**fixed, **place, "size": AT_ONCE})):
            yield rows
            last = rows[-1]
            place = {"day": last.received_on, "at": getattr(last, "entered_at", None), "key": last.id}
            if len(rows) < AT_ONCE:
                break


def _named(query: Select[*tuple[Any, ...]], values: Mapping[str, Any]) -> dict[str, Any]:
    by_moment = query is _UNRECEIVED
    return {
        name: value
        for name, value in values.items()
        if name not in (("day", "last") if by_moment else ("at", "before"))
    }


def _begin(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=OFFICE_ZONE)


def _register(session: Session, extent: Extent, shown: Sequence[RegisterColumn], today: date) -> Iterator[Row]:
    return _cells(session, _pages(session, _REGISTER, extent), shown, today)


def _others(session: Session, extent: Extent, shown: Sequence[RegisterColumn], today: date) -> Iterator[Row]:
    for query in (_OTHERS, _UNRECEIVED):
        yield from _cells(session, _pages(session, query, extent), shown, today)


def _cells(
    session: Session, pages: Iterator[Sequence[Any]], shown: Sequence[RegisterColumn], today: date
) -> Iterator[Row]:
    needs = frozenset(column.need for column in shown) - {"", CONTACT}
    texts = [column.text for column in shown]
    for rows in pages:
        for entry in with_brought(session, opened(session, rows, needs, contact=True)):
            yield [text(entry, today) for text in texts]


def with_brought(session: Session, found: Sequence[Entry]) -> Iterator[Entry]:
    """The entries, those that were taken over with what their register said."""
    brought = _brought(session, [one.row.id for one in found if one.row.taken_over])
    for one in found:
        yield replace(one, brought=brought.get(one.row.id, {})) if one.row.taken_over else one


def _brought(session: Session, cases: Sequence[int]) -> dict[int, Mapping[str, str]]:
    """By key of the request, what the register that it was taken over from says of it, in its newest edition."""
    if not cases:
        return {}
    query = select(RegisterRow).where(among(RegisterRow.case_id, "cases")).order_by(RegisterRow.edition)
    found = session.scalars(query.execution_options(populate_existing=True), {"cases": as_keys(cases)})
    said = {}
    for row in found:
        said[row.case_id] = content_of(session, row)["row"]
    return cast(dict[int, Mapping[str, str]], said)


def _facts(session: Session, extent: Extent) -> Iterator[Row]:
    """The facts of the requests of the first table that their clocks count, each with its number."""
    for cases in _pages(session, _NUMBERS, extent):
        by_case: dict[int, list[Any]] = {}
        for row in session.connection().execute(_FACTS, {"cases": as_keys(one.id for one in cases)}):
            by_case.setdefault(row.case_id, []).append(row)
        for one in cases:
            for fact in law_facts(by_case.get(one.id, ())):
                if fact.kind in FACT_WORDS:
                    yield _fact_row(one.number, fact)


def _fact_row(number: str, fact: LawFact) -> Row:
    days = fact.working_days or fact.answer_within
    told = fact.told_on or fact.received_on
    return (
        number,
        FACT_WORDS[fact.kind],
        fact.on.isoformat(),
        told.isoformat() if told else "",
        str(days) if days else "",
        fact.party or "",
        "",
        fact.until.isoformat() if fact.until else "",
        fact.returned_on.isoformat() if fact.returned_on else "",
        YES if fact.co_producer else "",
    )
