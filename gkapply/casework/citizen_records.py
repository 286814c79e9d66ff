"""Accounts of citizens (申请人账号): the account, its logins, its codes, the requests that it opens, the sheets sent through it.

The records alone. A citizen is never a ``User`` of the office and holds no duty. Nobody needs an account: an account only opens
one's own requests without their query codes. Whoever closes it leaves the requests with the office; the links go.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.records import Case
from gkapply.database import Base, BigKey, Instant, code_column


class Purpose(StrEnum):
    """What a code that was sent to an address lets its reader do."""

    REGISTER = "register"
    RESET = "reset"
    CHANGE = "change"


class Citizen(Base):
    """An account of a citizen. After closing only the empty row stays, since the journal names its key."""

    __tablename__ = "citizen"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    address_index: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Keyed digest of the mail address or mobile number that it was registered with; empty once it is closed."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """That address: canonical JSON under AES-GCM."""
    profile: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    """常用资料, likewise; empty where nothing was filled in."""
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


class CitizenSession(Base):
    """A login on one browser: an opaque token whose hash is kept."""

    __tablename__ = "citizen_session"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_seen_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_because: Mapped[str] = mapped_column(String(20), default="")

    citizen: Mapped[Citizen] = relationship()


class CitizenCode(Base):
    """A code sent to an address (验证码), which proves that whoever types it reads what is sent there.

    The code itself is derived from ``uid`` under a data key and stands nowhere.
    """

    __tablename__ = "citizen_code"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    purpose: Mapped[Purpose] = mapped_column(code_column(Purpose))
    citizen_id: Mapped[int | None] = mapped_column(ForeignKey("citizen.id"), index=True)
    """The account whose address is to be changed; empty otherwise."""
    address_index: Mapped[str] = mapped_column(String(64), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sent_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class CitizenBatch(Base):
    """A sheet of requests (批量提交): previewed, confirmed once, entered row by row."""

    __tablename__ = "citizen_batch"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """Applicant and rows as they were shown before the confirmation; empty once they are entered."""
    rows: Mapped[int]
    entered: Mapped[int] = mapped_column(default=0)
    """How many rows have been gone through."""
    refused: Mapped[str] = mapped_column(Text, default="[]")
    """Canonical JSON: line and reason of each row that could not be entered after the confirmation."""
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)


class CitizenCase(Base):
    """That an account opens a request: it sent it, or its holder showed the query code."""

    __tablename__ = "citizen_case"
    __table_args__ = (UniqueConstraint("citizen_id", "case_id"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizen.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    since: Mapped[datetime] = mapped_column(Instant)
    generation: Mapped[int | None]
    """Generation of the query code that was shown: another code opens it no longer. Empty where the account sent the request."""
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("citizen_batch.id"), index=True)
    line: Mapped[int | None]
    """The line of the sheet that it came from."""

    case: Mapped[Case] = relationship()
