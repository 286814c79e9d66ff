"""What a case keeps of working together: the unit that leads (主办单位) and the area of disclosure that it lies in."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from gkapply.casework.unit_records import Unit

if TYPE_CHECKING:
    from gkapply.casework.referral_records import Referral


class Cooperating:
    """Columns of ``Case`` that assigning to units writes."""

    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """主办单位; None until the disclosure office has given the case to one."""
    area: Mapped[str | None] = mapped_column(String(60))
    """公开领域 by its name: one of ``law.areas``, or one that the organ's units name."""

    @declared_attr
    def unit(cls) -> Mapped[Unit | None]:
        """The unit that leads."""
        return relationship(Unit)

    @declared_attr
    def referrals(cls) -> Mapped[list["Referral"]]:
        """What was referred to units, in the order of sending."""
        return relationship("Referral", back_populates="case", order_by="Referral.ordinal")
