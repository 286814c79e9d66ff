"""The records of likeness: the grams by which like requests are found, and what persons judged of two requests."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.people import User
from gkapply.casework.records import Case
from gkapply.database import Base, BigKey, Instant, code_column


class LikenessGram(Base):
    """One gram of the sketch of a request (``likeness_sketch``); the request stands in the list of each of its grams.

    No foreign keys: some twenty rows a request would have them checked twice each, and a request is never deleted.
    """

    __tablename__ = "likeness_gram"
    __table_args__ = ({"sqlite_with_rowid": False},)

    organ_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    gram: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class Judged(StrEnum):
    """What a person found of two requests, and of the way they are answered."""

    label: str

    # The star: to a type checker, looking a finding up by its code is this call with the code alone.
    def __new__(cls, code: str, *label: str) -> "Judged":
        member = str.__new__(cls, code)
        member._value_ = code
        (member.label,) = label
        return member

    SAME = "same", "申请内容相同"
    NOT_SAME = "not_same", "申请内容不同"
    FOLLOWS = "follows", "内容相同，按此前的处理口径办理"
    DEPARTS = "departs", "内容相同，与此前处理不同，理由如下"


class LikenessJudgement(Base):
    """One person's finding about two requests, with the reason. Written once; the newest about the two holds."""

    __tablename__ = "likeness_judgement"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    judged: Mapped[Judged] = mapped_column(code_column(Judged))
    reason: Mapped[str] = mapped_column(Text)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)

    other: Mapped[Case] = relationship(foreign_keys=[other_id])
    user: Mapped[User] = relationship()
