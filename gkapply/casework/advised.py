"""What legal advisers (法律顾问) were asked about a letter, and what they said: the record alone."""

import hashlib
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.entries import Document
from gkapply.casework.journal import canonical
from gkapply.casework.people import User
from gkapply.database import Base, BigKey, Instant

if TYPE_CHECKING:
    from gkapply.casework.papers import Letter

WAITING = "given_at IS NULL AND withdrawn_at IS NULL"


class Advice(StrEnum):
    """What an adviser finds."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Advice":
        """A member is its code."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    LAWFUL = "lawful", "合法"
    AFTER_CHANGES = "after_changes", "修改后合法"
    UNLAWFUL = "unlawful", "不合法"


class AdviserOpinion(Base):
    """One question to one adviser about one text of a letter, and the opinion once it is given."""

    __tablename__ = "adviser_opinion"
    __table_args__ = (
        # What time looks at: the questions that wait for an answer.
        Index("ix_adviser_opinion_waiting", "until", sqlite_where=text(WAITING), postgresql_where=text(WAITING)),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    snapshot_hash: Mapped[str] = mapped_column(String(64))
    """The text (审签稿) that the adviser was shown; the opinion is about no other."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """The adviser's name, telephone and mail address: canonical JSON under AES-GCM."""
    question: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[date]
    """Last day on which the link takes an opinion."""
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the token of the one-time link; the token itself is stored nowhere."""
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    opinion: Mapped[str] = mapped_column(String(20), default="", server_default="")
    """A code of ``Advice``, or empty."""
    text: Mapped[str] = mapped_column(Text, default="", server_default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    given_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)

    letter: Mapped["Letter"] = relationship(back_populates="advice")
    asker: Mapped[User] = relationship()
    file: Mapped[Document | None] = relationship()

    @property
    def waits(self) -> bool:
        """Whether neither an opinion nor a withdrawal has come."""
        return self.given_at is None and self.withdrawn_at is None

    @property
    def holds(self) -> bool:
        """Whether it is about the letter's text as it stands."""
        return self.snapshot_hash == self.letter.snapshot_hash

    @property
    def is_withdrawable(self) -> bool:
        """Whether the adviser has not yet opened it."""
        return self.waits and self.opened_at is None

    def is_open_on(self, today: date) -> bool:
        """Whether the link still takes an opinion on that day."""
        return self.waits and today <= self.until

    @property
    def digest(self) -> str:
        """SHA-256 over what was said, for which text and when: the confirmation that the adviser keeps."""
        assert self.given_at is not None
        return digest_of(self, self.opinion, self.text, self.file, self.given_at)


def digest_of(one: AdviserOpinion, opinion: str, text: str, file: Document | None, at: datetime) -> str:
    """The digest of such an answer to this question, given at that moment."""
    said = {
        "of": one.uid,
        "snapshot": one.snapshot_hash,
        "opinion": str(opinion),
        "text": text,
        "file": file.sha256 if file else "",
        "at": at.isoformat(),
    }
    return hashlib.sha256(canonical(said).encode()).hexdigest()
