"""Units (承办单位) to which an organ gives what it has to answer, and who works in them. The records alone."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.people import Organ, User
from gkapply.database import Base, BigKey, Instant


class Unit(Base):
    """A department (科室) of an organ, or an organ near it in the tree with a desk of its own. It is closed, never deleted."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("organ_id", "name"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    """The organ that gives it work."""
    name: Mapped[str] = mapped_column(String(120))
    areas: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Areas of disclosure (公开领域) that it answers for, one a line."""
    phone: Mapped[str] = mapped_column(String(40), default="", server_default="")
    """Its office telephone: by the last four figures it shows who it is at a one-time link."""
    linked_organ_id: Mapped[int | None] = mapped_column(ForeignKey("organ.id"), index=True)
    """The organ of the tree that the unit is; None for a department of the organ itself."""
    closed_at: Mapped[datetime | None] = mapped_column(Instant)

    organ: Mapped[Organ] = relationship(foreign_keys=[organ_id])
    linked_organ: Mapped[Organ | None] = relationship(foreign_keys=[linked_organ_id])
    members: Mapped[list["UnitMember"]] = relationship(
        back_populates="unit", order_by="UnitMember.user_id", cascade="all, delete-orphan"
    )

    @property
    def area_names(self) -> list[str]:
        """The areas that it answers for."""
        return self.areas.splitlines()


class UnitMember(Base):
    """A user who receives for a unit what is referred to it."""

    __tablename__ = "unit_member"
    __table_args__ = (Index("ix_unit_member_user_id", "user_id"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    since: Mapped[datetime] = mapped_column(Instant)

    unit: Mapped[Unit] = relationship(back_populates="members")
    user: Mapped[User] = relationship()
