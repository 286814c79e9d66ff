"""What an organ's guide (政府信息公开指南, 条例第十二条) says besides what the program knows: hours, ways to write, who supervises.

Kept by the head of the disclosure office, journaled by its hash; terms, tariffs, receipt points and the catalogue are never typed
into it, so that the guide cannot contradict them.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from gkapply.casework import journal
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.organs import entered_hash
from gkapply.casework.people import Organ
from gkapply.clock import day_of
from gkapply.database import Base
from gkapply.law.refusal import Refusal
from workflows.duties import Duty

ARTICLE = "条例第十二条"
LIMITS = {
    "hours": (200, "办公时间"),
    "postal_address": (200, "邮寄地址"),
    "postcode": (10, "邮政编码"),
    "fax": (40, "传真号码"),
    "email": (200, "电子邮箱"),
    "scope": (3000, "公开的范围和形式"),
    "supervised_by": (120, "监督机关"),
    "supervisor_phone": (60, "监督电话"),
    "supervisor_address": (200, "监督机关地址"),
    "notes": (3000, "其他说明"),
}


class OrganGuide(Base):
    """The guide of one organ."""

    __tablename__ = "organ_guide"

    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"), primary_key=True)
    hours: Mapped[str] = mapped_column(String(200), default="")
    postal_address: Mapped[str] = mapped_column(String(200), default="")
    postcode: Mapped[str] = mapped_column(String(10), default="")
    fax: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    scope: Mapped[str] = mapped_column(Text, default="")
    supervised_by: Mapped[str] = mapped_column(String(120), default="")
    supervisor_phone: Mapped[str] = mapped_column(String(60), default="")
    supervisor_address: Mapped[str] = mapped_column(String(200), default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    kept_on: Mapped[date]


@dataclass(frozen=True, slots=True)
class GuideDetails:
    """What is entered of a guide. A fax number or a mail address opens that way of applying (条例第二十八条)."""

    hours: str = ""
    postal_address: str = ""
    postcode: str = ""
    fax: str = ""
    email: str = ""
    scope: str = ""
    supervised_by: str = ""
    supervisor_phone: str = ""
    supervisor_address: str = ""
    notes: str = ""


def details_of(session: Session, organ: Organ) -> GuideDetails:
    """What stands in the organ's guide; everything empty before it was kept once."""
    kept = session.get(OrganGuide, organ.id)
    return GuideDetails() if kept is None else GuideDetails(**{name: getattr(kept, name) for name in LIMITS})


def kept_on(session: Session, organ: Organ) -> date | None:
    """The day on which the organ's guide was last changed."""
    kept = session.get(OrganGuide, organ.id)
    return None if kept is None else kept.kept_on


def keep(session: Session, organ: Organ, details: GuideDetails, actor: Actor, now: datetime) -> None:
    """Replace what the guide says. Raises NotPermitted unless the actor heads the organ's disclosure office, Refusal."""
    require(actor, Duty.HEAD)
    details = replace(details, **{name: getattr(details, name).strip() for name in LIMITS})
    for name, (longest, label) in LIMITS.items():
        if len(getattr(details, name)) > longest:
            raise Refusal(f"{label}超过{longest}个字", do="请缩短", field=name)
    if details.email and "@" not in details.email:
        raise Refusal("电子邮箱不完整", do="请填写完整的地址", field="email")
    session.merge(OrganGuide(organ_id=organ.id, kept_on=day_of(now), **asdict(details)))
    entered = entered_hash(asdict(details))
    journal.record(session, organ.id, "organ.guide", actor.signature, now, code=organ.code, entered=entered)
