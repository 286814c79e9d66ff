"""Organs (行政机关): entered in the tree of the region, changed, ended, never deleted.

The deeds raise NotPermitted unless the actor is the system administrator or the operator of the server, and are journaled
in the chain of the installation.
"""

import re
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from gkapply.casework import calendars, journal, redating
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.people import ORGAN_KINDS, Organ
from gkapply.law import workdays
from gkapply.law.periods import REGULATION_SINCE
from gkapply.law.refusal import NotFound, Refusal
from workflows.duties import Duty

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}")
LONGEST_AREA = 60
LIMITS = {
    "name": (120, "机关名称"),
    "contact_unit": (120, "联系单位"),
    "contact_phone": (60, "联系电话"),
    "contact_address": (200, "联系地址"),
}


@dataclass(frozen=True, slots=True)
class OrganDetails:
    """What is entered of an organ besides its code."""

    name: str
    kind: str = "government"
    """A code of ORGAN_KINDS."""
    parent: str | None = None
    """Code of the organ above it."""
    contact_unit: str = ""
    contact_phone: str = ""
    contact_address: str = ""
    areas: str = ""
    """公开领域, one a line."""
    accepts_applications: bool = True
    calendar: str = workdays.NATIONAL
    valid_from: date = REGULATION_SINCE
    valid_to: date | None = None

    def tidy(self) -> "OrganDetails":
        """The same without blanks around the texts and without empty or repeated areas."""
        areas = dict.fromkeys(line.strip() for line in self.areas.splitlines() if line.strip())
        texts = {name: getattr(self, name).strip() for name in LIMITS}
        return replace(self, areas="\n".join(areas), parent=(self.parent or "").strip() or None, **texts)


def add_organ(session: Session, code: str, details: OrganDetails, actor: Actor, now: datetime) -> Organ:
    """Enter an organ under ``code``, which never changes: it is the first part of every request's number.

    Raises NotPermitted, Refusal.
    """
    require(actor, Duty.SYSADMIN)
    code = code.strip()
    if not _CODE.fullmatch(code):
        raise Refusal(
            "机关代码须为1至20个字母、数字、- 或者 _，并以字母或者数字开头", do="请改正机关代码", field="code"
        )
    if session.scalar(select(Organ.id).where(Organ.code == code)) is not None:
        raise Refusal(f"机关代码「{code}」已经存在", do="请换一个代码，或者修改已有的机关", field="code")
    organ = Organ(code=code)
    _enter(session, organ, details.tidy())
    session.add(organ)
    session.flush()
    _journal(session, "organ.add", organ, details.tidy(), actor, now)
    return organ


def change_organ(session: Session, organ: Organ, details: OrganDetails, actor: Actor, now: datetime) -> None:
    """Replace what is entered of ``organ``; with another calendar its open cases are dated anew. Raises NotPermitted, Refusal."""
    require(actor, Duty.SYSADMIN)
    counted_by = organ.calendar
    _enter(session, organ, details.tidy())
    session.flush()
    if organ.calendar != counted_by:
        redating.begin(session, redating.REGION, actor.signature, now, organ=organ)
    _journal(session, "organ.change", organ, details.tidy(), actor, now)


def details_of(session: Session, organ: Organ) -> OrganDetails:
    """What stands of an organ now."""
    above = session.get(Organ, organ.parent_id) if organ.parent_id else None
    values: dict[str, Any] = {
        name: getattr(organ, name) for name in OrganDetails.__dataclass_fields__ if name != "parent"
    }
    return OrganDetails(parent=above.code if above else None, **values)


def find_organ(session: Session, code: str, *, for_change: bool = False) -> Organ:
    """The organ with that code, with its row locked ``for_change``. Raises NotFound."""
    query = select(Organ).where(Organ.code == code.strip())
    organ = session.scalars(query.with_for_update() if for_change else query).one_or_none()
    if organ is None:
        raise NotFound(f"没有代码为「{code}」的机关", do="请核对机关代码", field="organ")
    return organ


def list_organs(session: Session) -> list[dict[str, Any]]:
    """Every organ in the order of the codes, with its parent's code and its signing names: plain values for a program."""
    organs = session.scalars(select(Organ).order_by(Organ.code).options(selectinload(Organ.signing_names))).all()
    codes = {organ.id: organ.code for organ in organs}
    return [
        {
            "code": organ.code,
            "name": organ.name,
            "kind": organ.kind,
            "parent": codes.get(organ.parent_id) if organ.parent_id else None,
            "accepts_applications": organ.accepts_applications,
            "valid_from": organ.valid_from.isoformat(),
            "valid_to": organ.valid_to.isoformat() if organ.valid_to else None,
            "signing_names": [one.full_name for one in organ.signing_names],
        }
        for organ in organs
    ]


def require_validity(valid_from: date, valid_to: date | None) -> None:
    """Raises Refusal when the end lies before the beginning."""
    if valid_to is not None and valid_to < valid_from:
        raise Refusal("截止日期早于起始日期", do="请改正日期", field="valid_to")


def _enter(session: Session, organ: Organ, details: OrganDetails) -> None:
    _require_sound(details)
    organ.parent_id = _parent(session, organ, details.parent)
    calendars.require_region(session, details.calendar)
    if organ.calendar != details.calendar:
        organ.calendar_edition = calendars.newest_edition(session, details.calendar)
    for name in OrganDetails.__dataclass_fields__:
        if name != "parent":
            setattr(organ, name, getattr(details, name))


def _require_sound(details: OrganDetails) -> None:
    if len(details.name) < 2:
        raise Refusal("没有填写机关名称", do="请填写机关全称", field="name")
    for name, (longest, label) in LIMITS.items():
        if len(getattr(details, name)) > longest:
            raise Refusal(f"{label}超过{longest}个字", do="请缩短", field=name)
    if details.kind not in ORGAN_KINDS:
        kinds = "、".join(f"{code}（{label}）" for code, label in ORGAN_KINDS.items())
        raise Refusal(f"没有「{details.kind}」这一机关类别", do=f"可选：{kinds}", field="kind")
    for area in details.areas.splitlines():
        if len(area) > LONGEST_AREA:
            raise Refusal(f"公开领域「{area[:20]}…」超过{LONGEST_AREA}个字", do="每行填写一个领域", field="areas")
    require_validity(details.valid_from, details.valid_to)


def _parent(session: Session, organ: Organ, code: str | None) -> int | None:
    """Key of the organ above; neither the organ itself nor one below it."""
    if code is None:
        return None
    above = session.scalars(select(Organ).where(Organ.code == code)).one_or_none()
    if above is None:
        raise Refusal(f"没有代码为「{code}」的上级机关", do="请先录入上级机关", field="parent")
    walker: Organ | None = above
    while walker is not None:
        if organ.id is not None and walker.id == organ.id:
            raise Refusal("上级机关不能是本机关或者本机关的下级", do="请改选上级机关", field="parent")
        walker = session.get(Organ, walker.parent_id) if walker.parent_id else None
    return above.id


def _journal(session: Session, deed: str, organ: Organ, details: OrganDetails, actor: Actor, now: datetime) -> None:
    journal.record(session, None, deed, actor.signature, now, code=organ.code, entered=entered_hash(asdict(details)))


def entered_hash(values: dict[str, Any]) -> str:
    """SHA-256 of what was entered: the journal proves a change without repeating it."""
    return sha256(journal.canonical({name: str(value) for name, value in values.items()}).encode()).hexdigest()
