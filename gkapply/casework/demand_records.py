"""What the analysis of demand (需求分析) has read of the requests, term by term, and the figures for the public made of it."""

from datetime import date
from enum import IntEnum

from sqlalchemy import BigInteger, ForeignKey, Integer, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from gkapply.database import Base


class TermKind(IntEnum):
    """What a term says of a request."""

    THEME = 0
    """A theme of the word list: ``term`` is ``demand_words.term_of`` its name."""
    WORD = 1
    """A word that the list does not know: the same of the word."""
    PLACE = 2
    """A township that the text names: ``term`` is the organ's id."""
    UNMET = 3
    """A theme of a request to which nothing in the public catalogue is near; of one without themes, its words."""
    LISTED = 4
    """An entry of the public catalogue that is near: ``term`` is its number among the public texts."""


class DemandTerm(Base):
    """One term of one request. Terms are numbers: the words themselves are nowhere kept apart from the request.

    No foreign keys: some eight rows a request would have them checked twice each. The key is the order in which a page reads them.
    """

    __tablename__ = "demand_term"
    __table_args__ = ({"sqlite_with_rowid": False},)

    organ_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    kind: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    day: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    """The proleptic ordinal of the day of receipt."""
    term: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    applicant: Mapped[int] = mapped_column(BigInteger)
    """Tells applicants apart and names none."""


class DemandFigures(Base):
    """What one organ's year came to by area and theme, for the public, as last counted; nothing here is about a person."""

    __tablename__ = "demand_figures"

    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    counted_on: Mapped[date]
    figures: Mapped[str] = mapped_column(Text)
    """Canonical JSON: under ``areas`` area → requests, under ``themes`` theme → [requests, applicants]."""
