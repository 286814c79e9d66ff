"""The address to which an organ's messages for its staff are posted (单位消息接口). The record alone."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.people import Organ
from gkapply.database import Base, BigKey, Instant


class Webhook(Base):
    """One organ's webhook."""

    __tablename__ = "webhook"

    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"), primary_key=True, autoincrement=False)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """Address and secret."""
    set_at: Mapped[datetime] = mapped_column(Instant)
    set_by: Mapped[str] = mapped_column(String(40))
    told_through: Mapped[int] = mapped_column(BigKey, default=0, server_default="0")
    """Key of the newest notification that was put into a post."""

    organ: Mapped[Organ] = relationship()
