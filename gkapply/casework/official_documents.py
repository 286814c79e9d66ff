"""Registering official documents with their attribute (公文公开属性登记): entered, corrected, ended; who may, and who sees them.

What a document says of itself here is no secret: the form and the import demand that whoever enters it has made sure. Nothing
becomes public by a correction: that is decided in a reappraisal (``reappraisal``), after a secrecy review.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.journal import canonical, record
from gkapply.casework.official_document_records import OfficialDocument
from gkapply.casework.people import Organ
from gkapply.clock import day_of
from gkapply.law.attributes import Attribute
from gkapply.law.refusal import NotFound, NotPermitted, Refusal, Stale, WrongState
from gkapply.law.replies import REFUSALS
from gkapply.law.secrecy import refuse_secret_marks
from workflows.duties import CASE_DUTIES, Duty

ARTICLE = "条例第十八条"
KEEPERS = (Duty.REGISTRAR, Duty.OFFICER, Duty.REVIEWER, Duty.ARCHIVIST, Duty.HEAD)
"""Who registers and corrects."""
MISTAKEN, LAPSED, ARCHIVED = "mistaken", "lapsed", "archived"
ENDINGS: Mapping[str, str] = {MISTAKEN: "登记有误，已作废", LAPSED: "已失效清理", ARCHIVED: "已归档"}
LONGEST: Mapping[str, int] = {"title": 500, "number": 100, "reason": 1000, "keeper": 100, "published_where": 500}
EARLIEST = date(1949, 10, 1)
LATEST_YEARS = 60
"""No day lies further ahead."""
OPENNESS = (Attribute.WITHHELD, Attribute.ON_REQUEST, Attribute.PROACTIVE)
NOT_SECRET = "请先核对：题名、文号、理由本身属于国家秘密的，一律不得录入本系统"


@dataclass(frozen=True, slots=True)
class DocumentDetails:
    """What is registered of a document, as ``checked`` lets it through."""

    title: str
    attribute: Attribute
    number: str = ""
    formed_on: date | None = None
    ground: str = ""
    reason: str = ""
    next_review_on: date | None = None
    keeper: str = ""
    normative: bool = False
    ends_on: date | None = None
    published_where: str = ""


COLUMNS = tuple(one.name for one in fields(DocumentDetails))


def known_by(details: DocumentDetails) -> str:
    """What tells a document from the others of its organ: its 文号, or, where it has none, its title and day."""
    plain = "".join((details.number or details.title).split())
    told = ["number", plain] if details.number else ["title", plain, str(details.formed_on or "")]
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def checked(details: DocumentDetails, today: date) -> None:
    """Raises Refusal naming the field for what cannot be so."""
    if not details.title:
        raise Refusal("没有填写", field="title")
    for name, longest in LONGEST.items():
        text = getattr(details, name)
        if len(text) > longest:
            raise Refusal(f"超过{longest}个字", field=name)
        refuse_secret_marks(text, field=name)
    if details.formed_on is not None and not EARLIEST <= details.formed_on <= today:
        raise Refusal("成文日期应在1949年10月1日至今天之间", field="formed_on")
    for name in ("next_review_on", "ends_on"):
        day = getattr(details, name)
        if day is not None and not EARLIEST.year < day.year <= today.year + LATEST_YEARS:
            raise Refusal("日期不合理", field=name)
    _check_grounds(details)


def register(
    session: Session, details: DocumentDetails, vouched: bool, actor: Actor, now: datetime
) -> OfficialDocument:
    """Register a document; without a day of review it gets the office's period. Raises Refusal, NotPermitted."""
    organ, user_id = require_keeper(session, actor)
    _require_vouched(vouched)
    checked(details, day_of(now))
    _require_new(session, organ.id, details, None)
    made = OfficialDocument(
        uid=uuid4().hex,
        organ_id=organ.id,
        known_by=known_by(details),
        registered_at=now,
        registered_by=user_id,
        changed_at=now,
        **values_of(details, organ, day_of(now)),
    )
    session.add(made)
    session.flush()
    _tell(session, "register", made, actor, now)
    return made


def correct(
    session: Session, one: OfficialDocument, details: DocumentDetails, vouched: bool, actor: Actor, now: datetime
) -> None:
    """Put what was registered wrongly right. Raises Refusal for what would make it more open, WrongState once it has ended."""
    organ, _ = require_keeper(session, actor)
    require_standing(one)
    _require_vouched(vouched)
    checked(details, day_of(now))
    require_no_opening(one.attribute, details.attribute)
    _require_new(session, organ.id, details, one.id)
    for name, value in values_of(details, organ, day_of(now)).items():
        setattr(one, name, value)
    one.known_by, one.changed_at = known_by(details), now
    one.version += 1
    _tell(session, "correct", one, actor, now)


def void(session: Session, one: OfficialDocument, reason: str, actor: Actor, now: datetime) -> None:
    """It was registered by mistake: it stays on record and is looked at no more. Raises Refusal without the reason."""
    require_keeper(session, actor)
    end(session, one, MISTAKEN, reason, actor, now)


def end(session: Session, one: OfficialDocument, how: str, reason: str, actor: Actor, now: datetime) -> None:
    """It is no longer looked at. Its 文号 may be registered again."""
    require_standing(one)
    if not reason.strip():
        raise Refusal("请写明理由", field="reason")
    refuse_secret_marks(reason, field="reason")
    one.ended_how, one.ended_on, one.ended_reason = how, day_of(now), reason.strip()[: LONGEST["reason"]]
    one.known_by, one.changed_at = f"ended:{one.uid}", now
    one.version += 1
    _tell(session, "end", one, actor, now, how=how)


def open_document(
    session: Session, uid: str, actor: Actor, *, for_change: bool = False, version: int | None = None
) -> OfficialDocument:
    """The document with that uid, if the actor may see it. Raises NotFound, or Stale when it has moved on since ``version``."""
    query = select(OfficialDocument).where(OfficialDocument.uid == uid, visible_documents(actor))
    one = session.scalars(query.with_for_update() if for_change else query).one_or_none()
    if one is None:
        raise NotFound("没有登记这件公文，或者您无权查看")
    if version is not None and version != one.version:
        raise Stale("这件公文的登记在您打开页面之后已有变动，本次操作没有执行", do="请核对最新情况后再提交")
    return one


def visible_documents(actor: Actor) -> ColumnElement[bool]:
    """The SQL condition for the documents that ``actor`` sees: those of the own organ, for who works on its requests."""
    if actor.kind != "user" or actor.organ_id is None or actor.duties.isdisjoint(CASE_DUTIES):
        return false()
    return OfficialDocument.organ_id == actor.organ_id


def require_keeper(session: Session, actor: Actor) -> tuple[Organ, int]:
    """The actor's organ and account. Raises NotPermitted for who does not keep the register."""
    if not actor.holds(*KEEPERS) or actor.organ_id is None or actor.user_id is None:
        raise NotPermitted("公文公开属性由登记员、承办人、审核人、归档员和公开机构负责人登记，您没有这一职责")
    return session.get_one(Organ, actor.organ_id), actor.user_id


def require_standing(one: OfficialDocument) -> None:
    """Raises WrongState for a document that is no longer looked at."""
    if one.ended_how:
        raise WrongState(f"这件公文{ENDINGS[one.ended_how]}，不能再修改", ARTICLE)


def require_no_opening(before: Attribute, after: Attribute) -> None:
    """Raises Refusal where a correction would make a document more open than it is."""
    if OPENNESS.index(after) > OPENNESS.index(before):
        raise Refusal(
            f"由「{before.label}」改为「{after.label}」须经评估审查、保密审查和第二人确认",
            "条例第十七条、第十八条",
            field="attribute",
            do="请列入「评估审查」办理；登记有误的，请作废后重新登记",
        )


def values_of(details: DocumentDetails, organ: Organ, today: date) -> dict[str, Any]:
    """The columns of a document with these details, with the day of the next review that the office's period sets."""
    values = {name: getattr(details, name) for name in COLUMNS}
    if details.attribute is not Attribute.PROACTIVE:
        values["next_review_on"] = details.next_review_on or next_review(organ, today)
    if details.attribute is not Attribute.WITHHELD:
        values["ground"] = ""
    return values


def next_review(organ: Organ, today: date) -> date:
    """When what is decided today is looked at again by the office's period (条例第十八条)."""
    return years_on(today, organ.office_settings().reappraisal_every)


def years_on(day: date, years: int) -> date:
    """The same day some years on, or before if negative; 28 February for a leap day."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + years, day=last)


def _check_grounds(details: DocumentDetails) -> None:
    if details.attribute is Attribute.WITHHELD:
        if details.ground not in {one.value for one in REFUSALS}:
            raise Refusal(
                "不予公开的，应当写明依据条例第十四条、第十五条、第十六条的哪一种", "条例第十三条", field="ground"
            )
        if not details.reason:
            raise Refusal("不予公开的，应当写明理由", "条例第十三条", field="reason")
    if details.attribute is Attribute.ON_REQUEST and not details.reason:
        raise Refusal("依申请公开的，应当写明不主动公开的理由", "条例第十三条", field="reason")


def _require_vouched(vouched: bool) -> None:
    if not vouched:
        raise Refusal(NOT_SECRET, "《保守国家秘密法》第三十一条", field="vouched", do="核对无误后勾选")


def _require_new(session: Session, organ_id: int, details: DocumentDetails, own: int | None) -> None:
    same = select(OfficialDocument.id).where(
        OfficialDocument.organ_id == organ_id, OfficialDocument.known_by == known_by(details)
    )
    if session.scalar(same) not in (None, own):
        field, what = ("number", "这一文号") if details.number else ("title", "这一题名和成文日期")
        raise Refusal(f"{what}已经登记过", field=field, do="请在登记表中查找后更正")


def _tell(session: Session, deed: str, one: OfficialDocument, actor: Actor, now: datetime, **detail: Any) -> None:
    said = {"document": one.uid, "attribute": one.attribute.value, **detail}
    record(session, one.organ_id, f"document.{deed}", actor.signature, now, **said)
