"""What a confirmed finding brings about: a proposal that leads to the reading room, another attribute, the end of a document."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from gkapply.casework import official_documents, turning_public
from gkapply.casework.access import Actor
from gkapply.casework.calendars import calendar_of
from gkapply.casework.journal import record
from gkapply.casework.official_document_records import OfficialDocument
from gkapply.casework.official_documents import ARCHIVED, LAPSED, LONGEST, require_keeper, require_standing
from gkapply.casework.people import Organ
from gkapply.casework.reappraisal_records import Reappraisal, ReappraisalItem
from gkapply.clock import day_of
from gkapply.law.attributes import Attribute
from gkapply.law.reappraisal import Outcome
from gkapply.law.refusal import Refusal, WrongState
from gkapply.law.secrecy import refuse_secret_marks


def take_effect(session: Session, reappraisal: Reappraisal, actor: Actor, now: datetime) -> None:
    """Carry out what was found of each thing.

    The answer to a request that turns public becomes an accepted 转主动公开, which is cleaned, checked and shown as any
    other; a document gets its attribute, and the day by which it is to be published. What stands in the reading room or in the
    catalogue is taken out there by its own steps: the finding only says so.
    """
    loaded = joinedload(ReappraisalItem.document)
    query = select(ReappraisalItem).where(ReappraisalItem.reappraisal_id == reappraisal.id).options(loaded)
    for item in session.scalars(query).all():
        if item.document is not None:
            _of_document(session, item, item.document, actor, now)
        elif item.found is Outcome.TO_PUBLIC and item.case is not None:
            item.led_to = turning_public.propose_reappraised(session, item.case, item.reason, actor, now)


def note_publication(
    session: Session, one: OfficialDocument, on: date, where: str, actor: Actor, now: datetime
) -> None:
    """A document that was turned public was published on that day at that place (条例第二十六条). Raises Refusal."""
    require_keeper(session, actor)
    require_standing(one)
    if one.publish_by is None or one.published_on is not None:
        raise WrongState("这件公文没有待登记的发布", "条例第二十六条")
    if not where.strip():
        raise Refusal("请写明在何处发布（栏目或者网址）", "条例第二十三条", field="where")
    refuse_secret_marks(where, field="where")
    if on > day_of(now):
        raise Refusal("发布日期不能晚于今天", field="on")
    one.published_on, one.published_where = on, where.strip()[: LONGEST["published_where"]]
    one.changed_at = now
    one.version += 1
    told: dict[str, Any] = {"document": one.uid, "on": on.isoformat()}
    record(session, one.organ_id, "document.published", actor.signature, now, **told)


def _of_document(
    session: Session, item: ReappraisalItem, document: OfficialDocument, actor: Actor, now: datetime
) -> None:
    found = item.found
    if document.ended_how or found is None:
        return
    if found in (Outcome.CLEANED, Outcome.ARCHIVED):
        how = LAPSED if found is Outcome.CLEANED else ARCHIVED
        official_documents.end(session, document, how, item.reason, actor, now)
        return
    if found is Outcome.TO_PUBLIC:
        document.attribute, document.ground, document.reason = Attribute.PROACTIVE, "", ""
        calendar = calendar_of(session.get_one(Organ, document.organ_id))
        document.publish_by = calendar.add(day_of(now), turning_public.PUBLISH_WITHIN)
        document.published_on, document.published_where = None, ""
    else:
        assert found.after is not None
        # Kept on the same ground, it has the reason that it had; why nothing has changed stands in the round.
        if not found.keeps or item.ground != document.ground:
            document.reason = item.reason
        document.attribute, document.ground = found.after, item.ground
    document.next_review_on = item.next_review_on
    document.changed_at = now
    document.version += 1
    if found.keeps:
        return  # told when it was found
    told: dict[str, Any] = {"document": document.uid, "attribute": document.attribute.value, "outcome": found.value}
    record(session, document.organ_id, "document.reappraised", actor.signature, now, **told)
