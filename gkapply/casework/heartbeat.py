"""When the runner of errands last gave a sign of life."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from gkapply.database import Base, Instant

RUNNER = "runner"
"""The relay of the one web process, or the workers' beat."""
SWEEP = "sweep"
"""The last sweep of the clocks that ran to its end."""


class Heartbeat(Base):
    """The last sign of life of one part of the program."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)


_ON_SQLITE, _ON_POSTGRESQL = sqlite.insert(Heartbeat), postgresql.insert(Heartbeat)
_BEAT = {
    "sqlite": _ON_SQLITE.on_conflict_do_update(index_elements=["name"], set_={"at": _ON_SQLITE.excluded.at}),
    "postgresql": _ON_POSTGRESQL.on_conflict_do_update(
        index_elements=["name"], set_={"at": _ON_POSTGRESQL.excluded.at}
    ),
}


def beat(session: Session, name: str, now: datetime) -> None:
    """``name`` is alive at ``now``."""
    connection = session.connection()
    connection.execute(_BEAT[connection.dialect.name], {"name": name, "at": now})


def last_beat(session: Session, name: str) -> datetime | None:
    """When ``name`` last gave a sign of life; None when it never did."""
    found = session.get(Heartbeat, name)
    return None if found is None else found.at
