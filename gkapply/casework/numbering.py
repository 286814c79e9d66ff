"""Numbers without gaps: request numbers per organ and year, 文号 per signing name and year.

A number is issued inside the unit that needs it: if the unit rolls back, the number was never given. The counter's row
lock queues the writers; lock order is case, counter, journal head.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Executable, ForeignKey, String, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from gkapply.database import Base
from gkapply.law.case_kinds import CaseKind

REQUESTS = "request"


class Counter(Base):
    """The last number issued in one series of one organ and year."""

    __tablename__ = "counter"

    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"), primary_key=True)
    series: Mapped[str] = mapped_column(String(40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]


def _next(insert: Callable[[type[Counter]], Any]) -> Executable:
    values = {"organ_id": bindparam("of"), "series": bindparam("series_"), "year": bindparam("year_"), "value": 1}
    return (
        insert(Counter)
        .values(values)
        .on_conflict_do_update(
            index_elements=[Counter.organ_id, Counter.series, Counter.year],
            set_={"value": Counter.value + 1},
        )
        .returning(Counter.value)
    )


_NEXT: Mapping[str, Executable] = {"sqlite": _next(sqlite.insert), "postgresql": _next(postgresql.insert)}

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


def request_number(session: Session, organ_id: int, year: int, kind: CaseKind = CaseKind.APPLICATION) -> str:
    """A new number of the organ: YYYY-NNNN for a request, with the kind's letter (YYYY-GNNNN) in a series of its own else."""
    return f"{year}-{kind.mark}{next_number(session, organ_id, _series(kind), year):04d}"


def give_request_number_back(session: Session, organ_id: int, year: int, kind: CaseKind = CaseKind.APPLICATION) -> None:
    """Undo the request number that this unit has just been given: it holds the counter, so nobody can have a later one."""
    of = {"of": organ_id, "series_": _series(kind), "year_": year}
    session.connection().execute(_BACK, of)


def _series(kind: CaseKind) -> str:
    return REQUESTS if kind is CaseKind.APPLICATION else f"{REQUESTS}:{kind.value}"


def letter_number(session: Session, organ_id: int, signing_name_id: int, code_word: str, year: int) -> str:
    """A new 文号 of the signing name, with six-angle brackets and no padding zeros: 安府公开〔2026〕12号."""
    return f"{code_word}〔{year}〕{next_number(session, organ_id, f'letter:{signing_name_id}', year)}号"
