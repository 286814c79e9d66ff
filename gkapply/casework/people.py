"""Organs, signing names, accounts and duties: who acts, and in whose name."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.database import Base, BigKey, Instant
from gkapply.law.refusal import Refusal
from gkapply.law.settings import OfficeSettings, read_settings
from workflows.duties import OFFICIAL_DUTIES, Duty

ORGAN_KINDS = {
    "government": "人民政府",
    "department": "部门",
    "township": "乡镇人民政府",
    "subdistrict": "街道办事处",
    "agency": "派出机构或直属机构",
    "authorised": "法律、法规授权的组织",
}

_DUTIES = {duty.value: duty for duty in OFFICIAL_DUTIES}


class Organ(Base):
    """An organ (行政机关) in the tree province → city → county → township, with its contact and settings."""

    __tablename__ = "organ"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organ.id"))
    calendar: Mapped[str] = mapped_column(String(20), default="CN")
    """Code of the region whose working days it counts by."""
    calendar_edition: Mapped[int] = mapped_column(BigKey, default=0, server_default="0")
    """Key of the newest ``CalendarEdition`` that its calendar rests on; 0: the shipped one alone."""
    contact_unit: Mapped[str] = mapped_column(String(120), default="")
    contact_phone: Mapped[str] = mapped_column(String(60), default="")
    contact_address: Mapped[str] = mapped_column(String(200), default="")
    areas: Mapped[str] = mapped_column(Text, default="")
    """Areas of disclosure (公开领域) that the organ answers for, one a line; shown to applicants choosing an organ."""
    accepts_applications: Mapped[bool] = mapped_column(default=True)
    settings: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    """Canonical JSON of the settings that differ from their defaults (``law.settings.OfficeSettings``)."""
    valid_from: Mapped[date] = mapped_column(default=date(2019, 5, 15))
    valid_to: Mapped[date | None]

    signing_names: Mapped[list["SigningName"]] = relationship(back_populates="organ", order_by="SigningName.id")

    def office_settings(self) -> OfficeSettings:
        """What this office has chosen where the law leaves it a choice."""
        return read_settings(self.settings)


class SigningName(Base):
    """A name in which letters are signed (落款): remedies and numbers hang on it, not on the organ's place in the tree."""

    __tablename__ = "signing_name"
    __table_args__ = (UniqueConstraint("organ_id", "full_name"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    full_name: Mapped[str] = mapped_column(String(120))
    code_word: Mapped[str] = mapped_column(String(20))
    """机关代字, for example 「安府公开」: the 文号 becomes 安府公开〔2026〕12号."""
    review_authority: Mapped[str] = mapped_column(String(120))
    court: Mapped[str] = mapped_column(String(120))
    online_review: Mapped[str] = mapped_column(String(200), default="")
    """The online channel for 行政复议 that a letter delivered online must carry (《行政复议法》第二十二条第二款)."""
    is_default: Mapped[bool] = mapped_column(default=False)
    numbers_from: Mapped[str] = mapped_column(String(10), default="here", server_default="here")
    """Code of ``law.letter_numbers.NumberSource``: who gives the numbers of its letters."""
    valid_from: Mapped[date] = mapped_column(default=date(2019, 5, 15))
    valid_to: Mapped[date | None]

    organ: Mapped[Organ] = relationship(back_populates="signing_names")

    def holds_on(self, day: date) -> bool:
        """Whether letters may be signed in it on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def require_valid(self, day: date) -> None:
        """Raises Refusal unless the name holds on that day: its authority and court would be wrong."""
        if not self.holds_on(day):
            raise Refusal(
                f"落款“{self.full_name}”在{day.isoformat()}不是有效的落款，复议机关和法院不能由它确定",
                "《行政复议法》第二十三条第二款",
                do="请作废本稿，以有效的落款重新起草",
            )


class User(Base):
    """An account of an official. It is closed, never deleted: the journal names it for ever."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    email: Mapped[str] = mapped_column(String(200), default="", server_default="")
    """Where the daily digest of unread messages goes; empty: nowhere."""
    phone: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Mobile number, sealed (``staff_contact``)."""
    told_by: Mapped[str] = mapped_column(String(10), default="mail", server_default="mail")
    """``mail`` or ``sms``: how the digest goes."""
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=True)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)

    holdings: Mapped[list["DutyHolding"]] = relationship(back_populates="user", order_by="DutyHolding.id")


class DutyHolding(Base):
    """A duty (职责) that a user holds in an organ; installation duties have no organ."""

    __tablename__ = "duty_holding"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    organ_id: Mapped[int | None] = mapped_column(ForeignKey("organ.id"), index=True)
    duty: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    """Taken back before its time; from that moment it permits nothing, even on a day that its validity covers."""

    user: Mapped[User] = relationship(back_populates="holdings")
    organ: Mapped[Organ | None] = relationship()

    @property
    def held(self) -> Duty:
        """The duty itself."""
        return _DUTIES[self.duty]

    def holds_on(self, day: date) -> bool:
        """Whether it permits anything on that day."""
        begun = self.ended_at is None and self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


class UserSession(Base):
    """A login on one browser: an opaque token whose hash is kept, so that it can be ended from either side."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    organ_id: Mapped[int | None] = mapped_column(ForeignKey("organ.id"))
    """The organ in which the user is working now."""
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_seen_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_because: Mapped[str] = mapped_column(String(20), default="")

    user: Mapped[User] = relationship()
    organ: Mapped[Organ | None] = relationship()


class Attempt(Base):
    """One try at a guarded door (login, query code, submission): counted here, so that limits hold over processes."""

    __tablename__ = "attempt"
    __table_args__ = (
        Index("ix_attempt_subject", "door", "subject", "at"),
        Index("ix_attempt_address", "door", "address", "at"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    door: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(64))
    """Keyed digest of what was tried (account, request number): never the thing itself."""
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant)
    succeeded: Mapped[bool]
