"""The guide of an organ as everybody reads it (政府信息公开指南): how to reach it, by which ways, where a counter takes requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gkapply.casework import organ_guides
from gkapply.casework.organ_guides import GuideDetails
from gkapply.casework.people import Organ
from gkapply.casework.receipt_points import ReceiptPoint, ReceiptPointOrgan
from gkapply.law.refusal import NotFound


@dataclass(frozen=True, slots=True)
class Way:
    """One way of applying: what to do, and which day then counts as the day of receipt (条例第三十一条)."""

    name: str
    how: str
    receipt: str


@dataclass(frozen=True, slots=True)
class Guide:
    """What a reader of one organ's guide is told besides the law."""

    organ: Organ
    details: GuideDetails
    kept_on: date | None
    ways: tuple[Way, ...]


def guide_of(session: Session, code: str, today: date) -> Guide:
    """The guide of the organ with that code. Raises NotFound unless it is in force and takes requests."""
    organ = session.scalars(select(Organ).where(Organ.code == code)).one_or_none()
    in_force = organ is not None and organ.valid_from <= today and (organ.valid_to is None or organ.valid_to >= today)
    if organ is None or not in_force or not organ.accepts_applications:
        raise NotFound("没有这个机关的公开指南", do="请从公开指南的机关列表进入")
    details = organ_guides.details_of(session, organ)
    return Guide(
        organ,
        details,
        organ_guides.kept_on(session, organ),
        tuple(_ways(organ, details, _points(session, organ, today))),
    )


def _points(session: Session, organ: Organ, today: date) -> Sequence[ReceiptPoint]:
    """The counters of service halls that take requests to the organ today."""
    query = (
        select(ReceiptPoint)
        .join(ReceiptPointOrgan, ReceiptPointOrgan.point_id == ReceiptPoint.id)
        .where(
            ReceiptPointOrgan.organ_id == organ.id,
            ReceiptPoint.valid_from <= today,
            or_(ReceiptPoint.valid_to.is_(None), ReceiptPoint.valid_to >= today),
        )
        .order_by(ReceiptPoint.id)
    )
    return session.scalars(query).all()


def _ways(organ: Organ, details: GuideDetails, points: Sequence[ReceiptPoint]) -> list[Way]:
    confirmed = "双方确认之日为收到申请之日；受理机关最迟在下一个工作日与您联系确认"
    unit = organ.contact_unit or organ.name
    where = "，".join(one for one in (organ.contact_address, details.hours) if one)
    post = details.postal_address or organ.contact_address
    code = f"，邮政编码{details.postcode}" if details.postcode else ""
    ways = [
        Way("网上提交", "在本平台填写，不用注册", confirmed),
        Way("当面提交", f"到{unit}提交{f'（{where}）' if where else ''}", "提交之日为收到申请之日，当场出具收件回执"),
        *(
            Way(
                "大厅窗口",
                f"到{one.name}提交{f'（{one.address}）' if one.address else ''}",
                "在窗口提交之日为收到申请之日",
            )
            for one in points
        ),
        Way(
            "邮寄",
            f"寄给{unit}{f'（{post}{code}）' if post else ''}，信封请写明“政府信息公开申请”",
            "挂号、快递以机关签收之日为收到申请之日；平常信函以与您确认之日为准",
        ),
    ]
    if details.fax:
        ways.append(Way("传真", f"传真至{details.fax}", confirmed))
    if details.email:
        ways.append(Way("电子邮件", f"发至{details.email}", confirmed))
    oral = "书面确有困难的，可以口头提出，由工作人员代为填写，您核对后确认"
    if organ.office_settings().telephone_requests and organ.contact_phone:
        oral += f"；也可以打电话（{organ.contact_phone}）"
    ways.append(Way("口头提出", oral, "您确认填写内容之日为收到申请之日"))
    return ways
