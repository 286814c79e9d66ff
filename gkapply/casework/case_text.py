"""What the desk's search looks through: every text of a case as it is searched, and what says whether a case's texts are there yet.

Beside these rows stands an index of their grams, which is no record but made from them (``case_index``).
"""

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, event, false, text
from sqlalchemy.orm import Mapped, mapped_column

from gkapply.casework import case_index
from gkapply.database import Base, BigKey

REQUEST, CORRECTION, LETTER, NOTE, PAPER = "request", "correction", "letter", "note", "paper"
SOURCES = {
    REQUEST: "申请",
    CORRECTION: "补正后的申请内容",
    LETTER: "文书",
    NOTE: "工作记录",
    PAPER: "材料",
}
"""Where a text comes from, as a list of hits names it."""
UNSEARCHED = "NOT searched"


class CaseText(Base):
    """One text of a case in one width and one case (``case_grams.folded``), so that looking for a word is comparing characters.

    A ``request`` has its number, applicants and title in the lines before its description. Sealed personal data are never in it.
    """

    __tablename__ = "case_text"
    __table_args__ = (
        UniqueConstraint("case_id", "source", "source_uid"),
        # The newest requests of an organ are looked through first.
        Index("ix_case_text_newest", "organ_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    source: Mapped[str] = mapped_column(String(20))
    """A code of SOURCES."""
    source_uid: Mapped[str] = mapped_column(String(32), default="", server_default="")
    """Which letter or paper; of a note its number; empty for the request itself."""
    text: Mapped[str] = mapped_column(Text)


class Searched:
    """Column of ``Case`` that the search keeps."""

    searched: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether its texts are in the index. Requests from before the search are put in piece by piece."""


def unsearched_index() -> Index:
    """The index by which the requests are found whose texts are not in yet."""
    return Index(
        "ix_case_file_unsearched",
        "id",
        sqlite_where=text(UNSEARCHED),
        postgresql_where=text(UNSEARCHED),
    )


event.listen(CaseText.__table__, "after_create", lambda _table, connection, **_: case_index.create(connection))
