"""Messages that leave the house (外发消息): what was to be told to whom, when it went, by which adapter. The record alone.

The address is sealed; a keyed digest of it finds the other messages to the same address. Text is kept only until the message has left.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.database import Base, BigKey, Instant, code_column


class Channel(StrEnum):
    """By what a message travels."""

    MAIL = "mail"
    SMS = "sms"
    WEBHOOK = "webhook"

    @property
    def label(self) -> str:
        """In Chinese."""
        return _CHANNELS[self]


class Fate(StrEnum):
    """What has become of a message."""

    WAITING = "waiting"
    SENT = "sent"
    BOUNCED = "bounced"
    GIVEN_UP = "given_up"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """In Chinese."""
        return _FATES[self]


_CHANNELS = {Channel.MAIL: "电子邮件", Channel.SMS: "短信", Channel.WEBHOOK: "单位消息接口"}
_FATES = {
    Fate.WAITING: "待发送",
    Fate.SENT: "已发送",
    Fate.BOUNCED: "被退回",
    Fate.GIVEN_UP: "未能发出",
    Fate.DROPPED: "不再发送",
}
FAILED = (Fate.BOUNCED, Fate.GIVEN_UP)
"""What did not reach anybody."""


class Message(Base):
    """One message to one address."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_case", "case_id"),
        Index("ix_message_address", "address_index"),
        Index("ix_message_sent", "channel", "sent_at"),
        Index(
            "ix_message_failed",
            "organ_id",
            sqlite_where=text("fate IN ('bounced', 'given_up')"),
            postgresql_where=text("fate IN ('bounced', 'given_up')"),
        ),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    """Random: the id by which the receiving side knows a second copy, and by which a bounce finds its message."""
    organ_id: Mapped[int | None] = mapped_column(ForeignKey("organ.id"))
    """For whom it is sent; empty where no organ is behind it."""
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    """The official that it goes to; empty for everybody else."""
    channel: Mapped[Channel] = mapped_column(code_column(Channel))
    kind: Mapped[str] = mapped_column(String(30))
    """Code of ``message_kinds``."""
    about: Mapped[str] = mapped_column(String(64), default="", server_default="")
    """Uid of what it is about, where its words are put together when it goes: a letter, a question."""
    key: Mapped[str] = mapped_column(String(150), unique=True)
    """The fact of which it tells: one fact, one message."""
    at_once: Mapped[bool] = mapped_column(default=False)
    """Whether somebody waits for it at this moment, so that it goes in quiet hours too."""
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Address, and words while they are still needed; empty until it is put together."""
    address_index: Mapped[str] = mapped_column(String(64), default="", server_default="")
    posted_at: Mapped[datetime] = mapped_column(Instant)
    of_use_until: Mapped[datetime | None] = mapped_column(Instant)
    """After this instant it would tell nobody anything and is dropped; empty: it never grows stale."""
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    fate: Mapped[Fate] = mapped_column(code_column(Fate), default=Fate.WAITING, server_default="waiting")
    fate_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Why it has not left, came back or was dropped: never an address or a name."""
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    adapter: Mapped[str] = mapped_column(String(20), default="", server_default="")
    gateway_id: Mapped[str] = mapped_column(String(200), default="", server_default="")
    """What the receiving side calls it."""
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    """When somebody saw to a message that reached nobody."""
    settled_by: Mapped[str] = mapped_column(String(40), default="", server_default="")
    settled_note: Mapped[str] = mapped_column(Text, default="", server_default="")

    organ: Mapped[Organ | None] = relationship()
    case: Mapped[Case | None] = relationship()

    @property
    def to_staff(self) -> bool:
        """Whether it is for officials, whose quiet hours are their own."""
        return self.user_id is not None or self.channel is Channel.WEBHOOK
