"""Views of lists that officials keep under a name (保存的视图): nothing but the address of what they looked at."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from gkapply.database import Base, BigKey, Instant


class SavedView(Base):
    """A view of one list, kept by a user of an organ; shared, it is offered to the colleagues there."""

    __tablename__ = "saved_view"
    __table_args__ = (Index("ix_saved_view_owner", "organ_id", "user_id", "page"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    page: Mapped[str] = mapped_column(String(20))
    """Which list: ``desk`` or ``ledger``."""
    name: Mapped[str] = mapped_column(String(40))
    query: Mapped[str] = mapped_column(Text)
    """The parameters of the address in one order, without the place in the list."""
    shared: Mapped[bool] = mapped_column(default=False, server_default=false())
    kept_at: Mapped[datetime] = mapped_column(Instant)
