"""Receipt points (收件窗口): counters of a service hall (政务服务大厅、专区) where requests to several organs are handed in.

What is handed in at a point that the 公开指南 announces is handed in to each organ that the point serves, that day
(条例第三十一条第一项). Entered by the system administrator, ended, never deleted.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from gkapply.casework import journal
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.organs import entered_hash, find_organ, require_validity
from gkapply.casework.people import Organ
from gkapply.database import Base, BigKey
from gkapply.law.channels import ARTICLE
from gkapply.law.periods import REGULATION_SINCE
from gkapply.law.refusal import NotFound, Refusal
from workflows.duties import Duty

LIMITS = {"name": (120, "窗口名称"), "address": (200, "地址"), "announced_in": (200, "公布于何处")}


class ReceiptPointOrgan(Base):
    """An organ that a receipt point serves."""

    __tablename__ = "receipt_point_organ"

    point_id: Mapped[int] = mapped_column(ForeignKey("receipt_point.id"), primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"), primary_key=True)


class ReceiptPoint(Base):
    """A counter of a service hall. ``organ_id`` is the organ that runs it, whose registrars work there."""

    __tablename__ = "receipt_point"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"), index=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    address: Mapped[str] = mapped_column(String(200), default="")
    announced_in: Mapped[str] = mapped_column(String(200))
    """Where the 公开指南 announces it: without that, nothing handed in there is handed in to anybody."""
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    runner: Mapped[Organ] = relationship()
    organs: Mapped[list[Organ]] = relationship(secondary="receipt_point_organ", order_by="Organ.code")


@dataclass(frozen=True, slots=True)
class PointDetails:
    """What is entered of a receipt point. ``runner`` and ``organs`` are codes of organs."""

    name: str
    announced_in: str
    runner: str
    organs: tuple[str, ...]
    address: str = ""
    valid_from: date = REGULATION_SINCE
    valid_to: date | None = None


def points_of(session: Session, organ_id: int, today: date) -> Sequence[ReceiptPoint]:
    """The receipt points that the organ runs on that day, with the organs that they serve."""
    query = (
        select(ReceiptPoint)
        .where(
            ReceiptPoint.organ_id == organ_id,
            ReceiptPoint.valid_from <= today,
            or_(ReceiptPoint.valid_to.is_(None), ReceiptPoint.valid_to >= today),
        )
        .options(selectinload(ReceiptPoint.organs))
        .order_by(ReceiptPoint.id)
    )
    return session.scalars(query).all()


def all_points(session: Session) -> Sequence[ReceiptPoint]:
    """Every receipt point of the installation, ended ones too."""
    loaded = selectinload(ReceiptPoint.organs), selectinload(ReceiptPoint.runner)
    return session.scalars(select(ReceiptPoint).options(*loaded).order_by(ReceiptPoint.id)).all()


def find_point(session: Session, point_id: int) -> ReceiptPoint:
    """The receipt point with that key. Raises NotFound."""
    found = session.get(ReceiptPoint, point_id)
    if found is None:
        raise NotFound("没有这个收件窗口", do="请从列表选择", field="point")
    return found


def in_force(point: ReceiptPoint, today: date) -> bool:
    """Whether requests are taken in at the point today."""
    return point.valid_from <= today and (point.valid_to is None or point.valid_to >= today)


def require_serving(point: ReceiptPoint, organ: Organ, today: date) -> None:
    """Raises Refusal unless what is handed in at the point today is handed in to the organ."""
    if not in_force(point, today):
        raise Refusal(f"{point.name}今天不在有效期内", ARTICLE, field="point")
    if organ.id not in {one.id for one in point.organs}:
        raise Refusal(
            f"{organ.name}没有列为{point.name}服务的机关，在该窗口提交不算向该机关提交",
            ARTICLE,
            do="请协助申请人邮寄给该机关，或者告知其联系方式；以该机关收到之日为收到申请之日",
            field="organ",
        )


def add_point(session: Session, details: PointDetails, actor: Actor, now: datetime) -> ReceiptPoint:
    """Enter a receipt point. Raises NotPermitted, Refusal."""
    require(actor, Duty.SYSADMIN)
    point = ReceiptPoint()
    _enter(session, point, details)
    session.add(point)
    session.flush()
    _journal(session, "receipt_point.add", point, details, actor, now)
    return point


def change_point(session: Session, point: ReceiptPoint, details: PointDetails, actor: Actor, now: datetime) -> None:
    """Replace what is entered of ``point``. Raises NotPermitted, Refusal."""
    require(actor, Duty.SYSADMIN)
    _enter(session, point, details)
    session.flush()
    _journal(session, "receipt_point.change", point, details, actor, now)


def details_of(point: ReceiptPoint) -> PointDetails:
    """What stands of a receipt point now."""
    return PointDetails(
        name=point.name,
        announced_in=point.announced_in,
        runner=point.runner.code,
        organs=tuple(organ.code for organ in point.organs),
        address=point.address,
        valid_from=point.valid_from,
        valid_to=point.valid_to,
    )


def _enter(session: Session, point: ReceiptPoint, details: PointDetails) -> None:
    for name, (longest, label) in LIMITS.items():
        if len(getattr(details, name).strip()) > longest:
            raise Refusal(f"{label}超过{longest}个字", do="请缩短", field=name)
    if len(details.name.strip()) < 2:
        raise Refusal("没有填写窗口名称", do="请填写大厅和窗口的全称", field="name")
    if not details.announced_in.strip():
        raise Refusal(
            "没有填写公布于何处", ARTICLE, do="窗口须在政府信息公开指南中公布，当日提交才算提交", field="announced_in"
        )
    if not details.organs:
        raise Refusal("请至少选择一个窗口服务的机关", field="organs")
    same = session.scalar(select(ReceiptPoint.id).where(ReceiptPoint.name == details.name.strip()))
    if same is not None and same != point.id:
        raise Refusal(f"收件窗口「{details.name.strip()}」已经存在", do="请修改已有的窗口", field="name")
    require_validity(details.valid_from, details.valid_to)
    point.runner = find_organ(session, details.runner)
    point.organs = [find_organ(session, code) for code in details.organs]
    point.name, point.address = details.name.strip(), details.address.strip()
    point.announced_in = details.announced_in.strip()
    point.valid_from, point.valid_to = details.valid_from, details.valid_to


def _journal(
    session: Session, deed: str, point: ReceiptPoint, details: PointDetails, actor: Actor, now: datetime
) -> None:
    journal.record(session, None, deed, actor.signature, now, point=point.id, entered=entered_hash(asdict(details)))
