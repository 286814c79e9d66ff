"""What is handed to the office automation system (OA) of an organ, and what it said of it. The records alone."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.database import Base, BigKey, Instant

UNPLACED = "placed_at IS NULL"


class OaDispatch(Base):
    """One letter or sheet for the OA: ordered, placed in its folder, answered by a receipt."""

    __tablename__ = "oa_dispatch"
    __table_args__ = (
        Index("ix_oa_dispatch_unplaced", "id", sqlite_where=text(UNPLACED), postgresql_where=text(UNPLACED)),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    """Its name in the folder."""
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    """``letter`` or ``referral``."""
    source_uid: Mapped[str] = mapped_column(String(32), unique=True)
    """The letter or referral: handed over once."""
    title: Mapped[str] = mapped_column(String(120))
    number: Mapped[str] = mapped_column(String(60))
    sha256: Mapped[str] = mapped_column(String(64))
    ordered_at: Mapped[datetime] = mapped_column(Instant)
    placed_at: Mapped[datetime | None] = mapped_column(Instant)
    receipt: Mapped[str] = mapped_column(String(20))
    """``taken`` or ``refused``, as the OA said; empty until then."""
    receipt_on: Mapped[date | None]
    oa_number: Mapped[str] = mapped_column(String(60))
    note: Mapped[str] = mapped_column(String(200))

    organ: Mapped[Organ] = relationship()
    case: Mapped[Case] = relationship()
