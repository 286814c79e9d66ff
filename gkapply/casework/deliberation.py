"""Calling a joint consultation (会商): about what, whom, until when, with which papers; giving it up.

It is handling: the clock goes on, so its last day lies inside the reply term.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import deliberation_members, notification
from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.deliberation_causes import checked, keep_called
from gkapply.casework.deliberation_members import Invited
from gkapply.casework.deliberation_papers import require_shown
from gkapply.casework.deliberation_records import Deliberation
from gkapply.casework.flow import fire
from gkapply.casework.records import Case
from gkapply.clock import day_of
from gkapply.law.deliberation_triggers import Trigger
from gkapply.law.refusal import NotFound, Refusal, Stale
from gkapply.law.secrecy import refuse_secret_marks
from gkapply.letters.notation import chinese_date

ARTICLE = "条例第四十五条"
LONGEST_TOPIC = 2000


@dataclass(frozen=True, slots=True)
class Plan:
    """What a 会商 is to be about and how it is to be held. ``reason``: why somebody calls for it without a circumstance."""

    topic: str
    until: date
    causes: Collection[str] = ()
    reason: str = ""
    by_circulation: bool = False
    place: str = ""
    papers: Collection[str] = ()
    members: Sequence[Invited] = ()


def open_deliberation(
    session: Session, uid: str, actor: Actor, *, for_step: bool = False, version: int | None = None
) -> Deliberation:
    """The 会商 with that uid on a case that the actor sees; ``for_step`` locks its case, then it.

    Raises NotFound, or Stale when it has moved on since ``version``.
    """
    query = select(Deliberation).join(Case, Deliberation.case_id == Case.id)
    query = query.where(Deliberation.uid == uid, visible_cases(actor))
    one = session.scalars(query.with_for_update() if for_step else query).one_or_none()
    if one is None:
        raise NotFound("没有这次会商，或者您无权查看")
    if version is not None and version != one.version:
        raise Stale("这次会商在您打开页面之后已有变动，本次操作没有执行", do="请核对最新情况后再提交")
    return one


def propose(session: Session, case: Case, plan: Plan, actor: Actor, now: datetime) -> Deliberation:
    """Ask for a 会商 about circumstances of the case, or about what a person says of it; the head calls it.

    Raises Refusal for what is missing, a day outside the reply term, and an unknown circumstance.
    """
    topic = checked(plan.topic, "topic", "会商事项", LONGEST_TOPIC)
    refuse_secret_marks(plan.place, field="place")
    require_in_term(case, plan.until, day_of(now))
    known = {one.code for one in case.undeliberated}
    about = sorted(set(plan.causes))
    if set(about) - known:
        raise Refusal("所选的情形已有变动", field="causes", do="请刷新页面后再选择")
    if not about and not plan.reason.strip():
        raise Refusal("请选择提请会商的情形，或者写明为什么提请会商", ARTICLE, field="causes" if known else "reason")
    fire(session, case, "propose_deliberation", actor, now, detail={"until": plan.until.isoformat()})
    if plan.reason.strip():
        reason = checked(plan.reason, "reason", "提请会商的理由")
        about.append(keep_called(session, case, Trigger.CALLED, reason, actor, now).code)
    made = Deliberation(
        uid=uuid4().hex,
        organ_id=case.organ_id,
        case=case,
        ordinal=len(case.deliberations) + 1,
        version=0,
        causes=json.dumps(about, ensure_ascii=False),
        topic=topic,
        by_circulation=plan.by_circulation,
        place=plan.place.strip(),
        until=plan.until,
        papers=json.dumps(require_shown(session, case, plan.papers)),
        proposed_by=actor.user_id,
        proposed_at=now,
    )
    session.add(made)
    session.flush()
    fire(session, made, "propose", actor, now, detail={"until": plan.until.isoformat()})
    for invited in plan.members:
        deliberation_members.enter(session, made, invited, now)
    return made


def require_in_term(case: Case, until: date, today: date) -> None:
    """Raises Refusal for a day that is over or lies after the reply term: a 会商 stops no clock."""
    if until < today:
        raise Refusal("会商的期限不能早于今天", field="until")
    if case.due_on is not None and until > case.due_on >= today:
        raise Refusal(
            f"会商的期限须在答复期限（{chinese_date(case.due_on)}）之内，会商不停止计算答复期限",
            "条例第三十三条",
            field="until",
            do="请提前；确实来不及的，请依法延长答复期限",
        )


def call(session: Session, one: Deliberation, actor: Actor, now: datetime) -> None:
    """The head calls it: every member is told. Raises Refusal while nobody but the head is asked, or its day is over."""
    require_in_term(one.case, one.until, day_of(now))
    if len(one.standing_members) < deliberation_members.FEWEST:
        raise Refusal(f"会商至少须有{deliberation_members.FEWEST}名成员", ARTICLE, do="请先「增加会商成员」，再召集")
    fire(session, one, "call", actor, now, detail={"members": len(one.standing_members)})
    one.called_at = now
    users = [each.user_id for each in one.standing_members if each.user_id is not None]
    notification.tell(
        session,
        one.organ_id,
        users,
        kind="deliberation_called",
        key=one.uid,
        now=now,
        case=one.case,
        until_on=one.until.isoformat(),
    )


def arrange(session: Session, one: Deliberation, plan: Plan, actor: Actor, now: datetime) -> None:
    """Change question, day, form and place. What was said to the earlier question stays said. Raises Refusal."""
    topic = checked(plan.topic, "topic", "会商事项", LONGEST_TOPIC)
    refuse_secret_marks(plan.place, field="place")
    require_in_term(one.case, plan.until, day_of(now))
    if one.called_at is not None and topic != one.topic and any(each.opinions for each in one.members):
        raise Refusal("已有成员提出意见，会商事项不能再改", field="topic", do="需要另行会商的，请再次提请")
    fire(session, one, "arrange", actor, now, detail={"until": plan.until.isoformat()})
    one.topic, one.until, one.by_circulation, one.place = topic, plan.until, plan.by_circulation, plan.place.strip()


def show_papers(session: Session, one: Deliberation, papers: Collection[str], actor: Actor, now: datetime) -> None:
    """Choose the papers that every member sees. Raises Refusal for one that names the applicant."""
    chosen = require_shown(session, one.case, papers)
    fire(session, one, "show_papers", actor, now, detail={"papers": len(chosen)})
    one.papers = json.dumps(chosen)


def withdraw(session: Session, one: Deliberation, reason: str, actor: Actor, now: datetime) -> None:
    """Give it up: the circumstances wait as before, for another 会商 or a waiver. Raises Refusal without a reason."""
    said = checked(reason, "reason", "撤回的理由")
    fire(session, one, "withdraw", actor, now)
    one.ended_reason = said
