"""The register of information processing fees (信息处理费): what each request was charged, and what a year brought in."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from gkapply.casework.records import Case
from gkapply.database import Base, BigKey

if TYPE_CHECKING:
    from gkapply.casework.papers import Letter


class Fee(Base):
    """The fee of one request, as it was decided and noticed: nothing that happens later changes the amount."""

    __tablename__ = "fee"
    __table_args__ = (UniqueConstraint("case_id"), Index("ix_fee_paid", "organ_id", "paid_on"))

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    mode: Mapped[str] = mapped_column(String(10))
    """Code of ``law.fees.FeeMode``."""
    quantity: Mapped[int]
    """By items: the ordinal of the request in its month. By pages: the pages."""
    yuan: Mapped[int]
    working: Mapped[str] = mapped_column(Text)
    """Canonical JSON: the lines of the calculation."""
    noticed_on: Mapped[date]
    paid_on: Mapped[date | None]
    """The day on the treasury's slip."""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    case: Mapped[Case] = relationship(back_populates="fee")
    letter: Mapped["Letter"] = relationship(back_populates="fee")


@dataclass(frozen=True, slots=True)
class YearOfFees:
    """What was paid in a year: how many requests, how much in yuan (part 六 of the annual report)."""

    requests: int
    yuan: int


def fees_of(session: Session, organ_id: int, year: int) -> YearOfFees:
    """The fees paid to the organ in that year."""
    paid = select(func.count(), func.coalesce(func.sum(Fee.yuan), 0)).where(
        Fee.organ_id == organ_id, Fee.paid_on >= date(year, 1, 1), Fee.paid_on <= date(year, 12, 31)
    )
    requests, yuan = session.execute(paid).one()
    return YearOfFees(requests, int(yuan))
