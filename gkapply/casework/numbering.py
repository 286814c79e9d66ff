"""Numbers without gaps: request numbers per organ and year, 文号 per series and year.

A number is issued inside the unit that needs it: if the unit rolls back, the number was never given. The counter's row
lock queues the writers; lock order is case, counter, journal head.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Executable, ForeignKey, Integer, String, bindparam, case, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from gkapply.database import Base
from gkapply.law.case_kinds import CaseKind

REQUESTS = "request"
ENQUIRIES = "enquiry"


class Counter(Base):
    """The last number issued in one series of one organ and year."""

    __tablename__ = "counter"

    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"), primary_key=True)
    series: Mapped[str] = mapped_column(String(40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]


_Insert = Callable[[type[Counter]], Any]


def _set(insert: _Insert, first: Any, then: Any) -> Any:
    """Begin the counter at ``first``, or change the one that is there to ``then``."""
    values = {"organ_id": bindparam("of"), "series": bindparam("series_"), "year": bindparam("year_"), "value": first}
    place = [Counter.organ_id, Counter.series, Counter.year]
    return insert(Counter).values(values).on_conflict_do_update(index_elements=place, set_={"value": then})


def _next(insert: _Insert) -> Executable:
    statement: Executable = _set(insert, 1, Counter.value + 1).returning(Counter.value)
    return statement


def _raise(insert: _Insert) -> Executable:
    to = bindparam("to", type_=Integer)
    statement: Executable = _set(insert, to, case((Counter.value < to, to), else_=Counter.value))
    return statement


_NEXT: Mapping[str, Executable] = {"sqlite": _next(sqlite.insert), "postgresql": _next(postgresql.insert)}
_RAISE: Mapping[str, Executable] = {"sqlite": _raise(sqlite.insert), "postgresql": _raise(postgresql.insert)}

_BACK = (
    update(Counter)
    .where(
        Counter.organ_id == bindparam("of"), Counter.series == bindparam("series_"), Counter.year == bindparam("year_")
    )
    .values(value=Counter.value - 1)
)


def next_number(session: Session, organ_id: int, series: str, year: int) -> int:
    """The next number of the series, 1 at first; held by this unit until it ends."""
    connection = session.connection()
    of = {"of": organ_id, "series_": series, "year_": year}
    return int(connection.execute(_NEXT[connection.dialect.name], of).scalar_one())


def raise_counter(session: Session, organ_id: int, series: str, year: int, to: int) -> None:
    """Let the series go on after ``to``, unless it is further already; it is held by this unit until it ends."""
    connection = session.connection()
    of = {"of": organ_id, "series_": series, "year_": year, "to": to}
    connection.execute(_RAISE[connection.dialect.name], of)


def request_number(session: Session, organ_id: int, year: int, kind: CaseKind = CaseKind.APPLICATION) -> str:
    """A new number of the organ: YYYY-NNNN for a request, with the kind's letter (YYYY-GNNNN) in a series of its own else."""
    return f"{year}-{kind.mark}{next_number(session, organ_id, _series(kind), year):04d}"


def give_request_number_back(session: Session, organ_id: int, year: int, kind: CaseKind = CaseKind.APPLICATION) -> None:
    """Undo the request number that this unit has just been given."""
    give_number_back(session, organ_id, _series(kind), year)


def give_number_back(session: Session, organ_id: int, series: str, year: int) -> None:
    """Undo the number that this unit has just been given: it holds the counter, so nobody can have a later one."""
    session.connection().execute(_BACK, {"of": organ_id, "series_": series, "year_": year})


def _series(kind: CaseKind) -> str:
    return REQUESTS if kind is CaseKind.APPLICATION else f"{REQUESTS}:{kind.value}"
