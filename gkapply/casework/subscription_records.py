"""What somebody wants to be told of when it is newly public (订阅). The record alone."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.people import Organ
from gkapply.database import Base, BigKey, Instant


class Subscription(Base):
    """One interest of one mail address. It is deleted when its reader ends it: nobody keeps what people are interested in."""

    __tablename__ = "subscription"
    __table_args__ = (UniqueConstraint("address_index", "words", "area", "organ_id"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the token in the link by which its reader confirms and ends it."""
    address_index: Mapped[str] = mapped_column(String(64))
    """Keyed digest of the mail address, as in the ledger of messages."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """The mail address, sealed for ``subscription.sealed.<uid>``."""
    words: Mapped[str] = mapped_column(String(60), default="")
    area: Mapped[str] = mapped_column(String(60), default="")
    organ_id: Mapped[int | None] = mapped_column(ForeignKey("organ.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    told_through: Mapped[datetime] = mapped_column(Instant)
    """What was shown up to this moment has been told of, or was there before."""

    organ: Mapped[Organ | None] = relationship()
