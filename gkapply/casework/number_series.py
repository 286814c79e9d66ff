"""The series of letter numbers (文号) that an office has chosen, and what it says of numbers that were left out."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.people import SigningName
from gkapply.database import Base, BigKey, Instant


class NumberSeries(Base):
    """The 代字 of one class of letters of a signing name from a moment on; the newest row of a class holds. Written once."""

    __tablename__ = "number_series"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    signing_name_id: Mapped[int] = mapped_column(ForeignKey("signing_name.id"), index=True)
    letter_class: Mapped[str] = mapped_column(String(20))
    """Code of ``law.letter_numbers.NumberClass``."""
    code_word: Mapped[str] = mapped_column(String(20), index=True)
    set_at: Mapped[datetime] = mapped_column(Instant)
    set_by: Mapped[str] = mapped_column(String(40))

    signing_name: Mapped[SigningName] = relationship()


class NumberGap(Base):
    """Why numbers from ``first`` to ``last`` of a series were not used for a letter here. Written once."""

    __tablename__ = "number_gap"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    signing_name_id: Mapped[int] = mapped_column(ForeignKey("signing_name.id"), index=True)
    code_word: Mapped[str] = mapped_column(String(20))
    year: Mapped[int]
    first: Mapped[int]
    last: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    explained_at: Mapped[datetime] = mapped_column(Instant)
    explained_by: Mapped[str] = mapped_column(String(40))
