"""Lists of applicants whose requests are entered in one go (成批登记)."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from gkapply.database import Base, BigKey, Instant


class GroupEntry(Base):
    """One text and a list of applicants: previewed, then entered as one request each."""

    __tablename__ = "group_entry"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """What is applied for, how it came, and the applicants; empty once they are entered."""
    rows: Mapped[int]
    prepared_at: Mapped[datetime] = mapped_column(Instant)
    entered_at: Mapped[datetime | None] = mapped_column(Instant)
