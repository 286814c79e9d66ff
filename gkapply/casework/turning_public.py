"""Turning what was given on request into what is published (依申请转主动公开), 条例第四十四条.

When a second person is given the same information, or an applicant suggested its publication, a proposal comes before the
head by itself; an officer may say that two requests are for the same. Only the decision is kept here: what stands in the
reading room is cleaned in ``disclosing`` and shown in ``showing``.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from gkapply.casework.access import Actor, system_in, visible_cases
from gkapply.casework.disclosed import DisclosedEvent, DisclosedItem, DisclosedVersion
from gkapply.casework.flow import fire
from gkapply.casework.publications import Publication, PublicationRequest
from gkapply.casework.records import Case
from gkapply.clock import day_of
from gkapply.law.case_kinds import CaseKind
from gkapply.law.refusal import NotFound, Refusal, Stale
from gkapply.law.secrecy import refuse_secret_marks
from workflows.publication import ARTICLE, PUBLICATION, PublicationState

WHY = {
    "several": "多个申请人申请相同政府信息（条例第四十四条第一款）",
    "suggested": "申请人建议主动公开（条例第四十四条第二款）",
    "linked": "承办人认为申请的是相同政府信息（条例第四十四条第一款）",
    "reappraised": "经定期评估审查，可以公开（条例第十八条）",
}
GIVEN = ("disclosed", "partial")
"""Outcomes by which information was given that was not public already."""
NOT_DECLINED = tuple(one for one in PublicationState if one is not PublicationState.DECLINED)
NOT_PREPARED = (PublicationState.PROPOSED, PublicationState.ACCEPTED)
"""What is to be published is not fixed yet."""
PUBLISH_WITHIN = 20
"""Working days from the decision (the term of 条例第二十六条 for what is formed or changed, as an internal one)."""


def open_publication(
    session: Session, uid: str, actor: Actor, *, for_step: bool = False, version: int | None = None
) -> Publication:
    """The proposal with that uid in the actor's organ. Raises NotFound, or Stale when it has moved on."""
    query = select(Publication).join(Case, Publication.case_id == Case.id)
    query = query.where(Publication.uid == uid, visible_cases(actor))
    if for_step:
        query = query.with_for_update()
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("没有这件转主动公开的提请，或者您无权查看")
    if version is not None and version != found.version:
        raise Stale("本件在您打开页面之后已有变动，本次操作没有执行", do="请核对最新情况后再提交")
    return found


def publications(session: Session, actor: Actor) -> list[Publication]:
    """Every proposal of the actor's organ, those to be decided first, then those to be published, the newest on top."""
    query = (
        select(Publication)
        .join(Case, Publication.case_id == Case.id)
        .where(visible_cases(actor))
        .options(
            selectinload(Publication.requests).joinedload(PublicationRequest.case),
            joinedload(Publication.case),
            joinedload(Publication.item).selectinload(DisclosedItem.versions).joinedload(DisclosedVersion.checker),
            joinedload(Publication.item).selectinload(DisclosedItem.history).joinedload(DisclosedEvent.user),
        )
        .order_by(Publication.id.desc())
    )
    order = list(PUBLICATION.states)
    return sorted(session.scalars(query).unique(), key=lambda one: order.index(one.state))


def propose_after_reply(session: Session, case: Case, now: datetime) -> Publication | None:
    """After a reply that gave something: propose where another person was given the same, or its publication was suggested.

    The proposal is made once for the same requests; one that waits for its decision takes the new request in.
    """
    if case.kind is not CaseKind.APPLICATION or not _gave(case):
        return None
    same = [one for one in _candidates(session, case) if _persons(one).isdisjoint(_persons(case))]
    if not same and not case.suggests_disclosure.strip():
        return None
    waiting = _waiting(session, [case, *same])
    if waiting is not None:
        _take_in(waiting, [case, *same])
        return waiting
    return _propose(session, [case, *same], "several" if same else "suggested", system_in(case.organ_id), now)


def link(session: Session, case: Case, number: str, actor: Actor, now: datetime) -> Publication:
    """An official says that another request is for the same information. Raises Refusal unless both gave it to other persons."""
    wanted = number.strip()
    query = select(Case).where(Case.organ_id == case.organ_id, (Case.number == wanted) | (Case.reference == wanted))
    other = session.scalars(query.where(visible_cases(actor))).one_or_none()
    if other is None or other.id == case.id:
        raise Refusal("没有这一登记编号的其他申请", ARTICLE, field="number", do="例如 2026-0012")
    if not (_gave(case) and _gave(other)):
        raise Refusal("两件申请都须已经答复并提供了信息", ARTICLE, field="number")
    if not _persons(case).isdisjoint(_persons(other)):
        raise Refusal("两件申请是同一申请人提出的", ARTICLE, field="number")
    fire(session, case, "link_same", actor, now, detail={"other": other.number})
    waiting = _waiting(session, [case, other])
    if waiting is not None:
        _take_in(waiting, [case, other])
        return waiting
    return _propose(session, [case, other], "linked", actor, now)


def propose_reappraised(session: Session, case: Case, reason: str, actor: Actor, now: datetime) -> Publication:
    """What was refused, or given to several, is to be published after a reappraisal (条例第十八条): proposed and decided in one.

    A proposal for the request that waits or has just been accepted is taken; what is further on rests on what was given then.
    """
    found = _waiting(session, [case], NOT_PREPARED) or _propose(session, [case], "reappraised", actor, now)
    if found.state is PublicationState.PROPOSED:
        accept(session, found, reason, actor, now)
    return found


def accept(session: Session, publication: Publication, reason: str, actor: Actor, now: datetime) -> None:
    """The head decides to publish; it is to be done within PUBLISH_WITHIN working days."""
    _check_reason(reason)
    today = day_of(now)
    fire(session, publication, "accept", actor, now, detail={"on": today.isoformat()})
    publication.decided_on, publication.decision_reason = today, reason.strip()
    publication.publish_by = publication.case.calendar().add(today, PUBLISH_WITHIN)


def decline(session: Session, publication: Publication, reason: str, actor: Actor, now: datetime) -> None:
    """The head decides not to publish, and says why."""
    _check_reason(reason)
    _decide_against(session, publication, "decline", reason, actor, now)


def give_up(session: Session, publication: Publication, reason: str, actor: Actor, now: datetime) -> None:
    """The head takes the decision to publish back, because nothing is left once it is cleaned, or after it was taken down."""
    _check_reason(reason)
    _decide_against(session, publication, "give_up", reason, actor, now)


def note_publication(
    session: Session, publication: Publication, on: date, where: str, actor: Actor, now: datetime
) -> None:
    """It was published on that day at that place. Raises Refusal for an impossible day or without the place."""
    if not where.strip():
        raise Refusal("请写明在何处发布（栏目或者网址）", "条例第二十三条", field="where")
    if on > day_of(now) or (publication.decided_on is not None and on < publication.decided_on):
        raise Refusal("发布日期须在决定之日至今天之间", field="on")
    fire(session, publication, "note_publication", actor, now, detail={"on": on.isoformat()})
    publication.published_on, publication.published_where = on, where.strip()


def _decide_against(
    session: Session, publication: Publication, trigger: str, reason: str, actor: Actor, now: datetime
) -> None:
    fire(session, publication, trigger, actor, now, detail={"on": day_of(now).isoformat()})
    publication.decided_on, publication.decision_reason = day_of(now), reason.strip()


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refusal("请写明决定的理由", ARTICLE, field="reason")
    refuse_secret_marks(reason, field="reason")


def _propose(session: Session, cases: Iterable[Case], why: str, actor: Actor, now: datetime) -> Publication:
    cases = list(cases)
    first = cases[0]
    publication = Publication(
        uid=uuid4().hex,
        organ_id=first.organ_id,
        case=first,
        version=0,
        why=why,
        information=first.information_name or first.description,
        proposed_at=now,
        requests=[PublicationRequest(case=one) for one in cases],
    )
    session.add(publication)
    session.flush()
    fire(session, publication, "propose", actor, now, detail={"why": why, "requests": [one.number for one in cases]})
    return publication


def _take_in(publication: Publication, cases: Iterable[Case]) -> None:
    known = {one.case_id for one in publication.requests}
    publication.requests += [PublicationRequest(case=one) for one in cases if one.id not in known]


def _waiting(
    session: Session, cases: Iterable[Case], states: Iterable[PublicationState] = NOT_DECLINED
) -> Publication | None:
    """A proposal about one of these requests in one of these states."""
    query = (
        select(Publication)
        .join(PublicationRequest)
        .where(PublicationRequest.case_id.in_([one.id for one in cases]), Publication.state.in_(states))
        .order_by(Publication.id)
    )
    return session.scalars(query).first()


def _candidates(session: Session, case: Case) -> list[Case]:
    """Answered requests of the organ for the same 文号, or with the same content in every point."""
    same: ColumnElement[bool] = Case.content_hash == case.content_hash
    if case.information_number:
        same = or_(same, and_(Case.information_number == case.information_number, Case.information_number != ""))
    query = select(Case).where(Case.organ_id == case.organ_id, Case.id != case.id, Case.replied_on.is_not(None), same)
    return [one for one in session.scalars(query.order_by(Case.id)) if _gave(one)]


def _gave(case: Case) -> bool:
    return case.replied_on is not None and any(item.outcome in GIVEN for item in case.items)


def _persons(case: Case) -> set[object]:
    """Who applied: the linked persons, the names where there is no link."""
    return {one.person_id or one.name for one in case.applicants}
