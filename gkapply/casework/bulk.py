"""Doing one thing with several cases at once (批量办理): each case judged by its own rules, in a unit and with an entry of its own.

Only what needs no judgement of the single case is done so; decisions and letters never. Sent twice, nothing is done twice: the entry of
each case carries the token of the sheet.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import archive, assignment, journal, referring, watching
from gkapply.casework.access import Actor, open_case, visible_cases
from gkapply.casework.flow import APPLICATIONS
from gkapply.casework.journal import JournalEntry
from gkapply.casework.people import User
from gkapply.casework.records import Case
from gkapply.casework.referral_records import Referral
from gkapply.clock import day_of
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound, Refusal, Stale
from workflows.duties import CASE_DUTIES, Duty
from workflows.referral import OFFICE, OPEN

MOST = 200
"""Cases in one go."""
LAST_ENTRIES = 20


@dataclass(frozen=True, slots=True)
class Given:
    """What is given once for all of them."""

    officer: int | None = None
    retention: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """What can be done with several cases. ``needs``: the field of ``Given`` that it takes."""

    code: str
    label: str
    done: str
    needs: str
    duties: Collection[Duty]
    """Who does it; others are told so in the preview."""
    judge: Callable[[Session, Case, Given, Actor, datetime], None]
    """Raises Refusal where it cannot be done with the case; writes nothing."""
    do: Callable[[Session, Case, Given, Actor, datetime], None]


@dataclass(frozen=True, slots=True)
class Line:
    """One case of the preview, or of the result: which, and why not, if so."""

    reference: str
    version: int
    state: str
    excerpt: str
    refusal: Refusal | None


def _duties(trigger: str) -> Collection[Duty]:
    return APPLICATIONS.steps[trigger].duties


def _judge_step(trigger: str) -> Callable[[Session, Case, Given, Actor, datetime], None]:
    def judge(session: Session, case: Case, given: Given, actor: Actor, now: datetime) -> None:
        step = APPLICATIONS.require(case, trigger, actor)
        if step.guard is not None:
            step.guard(case, {"actor": actor, "today": day_of(now)})
        if given.officer is not None and case.officer_id == given.officer:
            raise Refusal("已由这名承办人办理")

    return judge


def _officer(session: Session, case: Case, given: Given, now: datetime) -> User:
    officers = assignment.officers_of(session, case.organ_id, day_of(now))
    found = next((one for one in officers if one.id == given.officer), None)
    if found is None:
        raise Refusal("请选择本机关的承办人", "条例第四十五条", field="officer")
    return found


def _assign(session: Session, case: Case, given: Given, actor: Actor, now: datetime) -> None:
    assignment.assign(session, case, _officer(session, case, given, now), actor, now)


def _reassign(session: Session, case: Case, given: Given, actor: Actor, now: datetime) -> None:
    assignment.reassign(session, case, _officer(session, case, given, now), actor, now)


def _archive(session: Session, case: Case, given: Given, actor: Actor, now: datetime) -> None:
    archive.archive(session, case, given.retention, actor, now)


def _judge_archive(session: Session, case: Case, given: Given, actor: Actor, now: datetime) -> None:
    _judge_step("archive")(session, case, given, actor, now)
    archive.require_proof(session, case)


def _judge_watch(session: Session, case: Case, given: Given, actor: Actor, now: datetime) -> None:
    if watching.watches(session, case, actor):
        raise Refusal("已经关注")


def _watch(session: Session, case: Case, given: Given, actor: Actor, now: datetime) -> None:
    watching.watch(session, case, actor, now)
    journal.record(session, case.organ_id, "case.watch", actor.signature, now, case_id=case.id)


def _to_urge(session: Session, case: Case, now: datetime) -> Sequence[Referral]:
    query = select(Referral).where(Referral.case_id == case.id, Referral.state.in_(OPEN)).order_by(Referral.id)
    return [one for one in session.scalars(query) if one.urged_on != day_of(now)]


def _judge_urge(session: Session, case: Case, given: Given, actor: Actor, now: datetime) -> None:
    if not actor.holds(*OFFICE):
        raise Refusal("催办由登记员、承办人、公开机构负责人办理", "条例第四十五条")
    if not _to_urge(session, case, now):
        raise Refusal("没有等待反馈的转办，或者今天已经催办", do="不需要催办")


def _urge(session: Session, case: Case, given: Given, actor: Actor, now: datetime) -> None:
    _judge_urge(session, case, given, actor, now)
    for one in _to_urge(session, case, now):
        referring.urge(session, one, actor, now)


ACTIONS: Mapping[str, Action] = {
    one.code: one
    for one in (
        Action("assign", "分办", "已分办", "officer", _duties("assign"), _judge_step("assign"), _assign),
        Action("reassign", "改派", "已改派", "officer", _duties("reassign"), _judge_step("reassign"), _reassign),
        Action("urge", "催办承办单位", "已催办", "", OFFICE, _judge_urge, _urge),
        Action("watch", "关注", "已关注", "", CASE_DUTIES, _judge_watch, _watch),
        Action("archive", "归档", "已归档", "retention", _duties("archive"), _judge_archive, _archive),
    )
}
"""What is done in bulk, by code."""


def action_of(code: str) -> Action:
    """The action with that code. Raises Refusal."""
    if code not in ACTIONS:
        raise Refusal(
            "请选择要批量办理的事项", field="action", do="可选：" + "、".join(one.label for one in ACTIONS.values())
        )
    return ACTIONS[code]


def require_some(references: Sequence[str]) -> list[str]:
    """The chosen cases, each once. Raises Refusal for none and for too many."""
    chosen = list(dict.fromkeys(references))
    if not chosen:
        raise Refusal("请先在列表中勾选申请", field="case")
    if len(chosen) > MOST:
        raise Refusal(f"一次最多办理{MOST}件，您选择了{len(chosen)}件", field="case", do="请分几次办理")
    return chosen


def preview(
    session: Session, action: Action, references: Sequence[str], given: Given, actor: Actor, now: datetime
) -> list[Line]:
    """Each chosen case with why it cannot be done, if so. Raises NotFound when one is not the actor's to see."""
    chosen = require_some(references)
    query = select(Case).where(Case.reference.in_(chosen), visible_cases(actor)).order_by(Case.reference)
    cases = session.scalars(query).all()
    if len(cases) != len(chosen):
        raise NotFound("选择的申请中有不存在的，或者您无权查看", do="请回到工作台重新选择")
    return [_line(case, _judged(session, action, case, given, actor, now)) for case in cases]


def carry_out(
    action: Action, chosen: Mapping[str, int], given: Given, token: str, actor: Actor, now: datetime
) -> list[Line]:
    """Do it with each case at the version that the preview showed, each in a unit of its own; what is refused is told and left.

    A case that has moved on since is refused; one that this very sheet has done already counts as done.
    """
    require_some(list(chosen))
    return [_one(action, reference, version, given, token, actor, now) for reference, version in chosen.items()]


def _one(action: Action, reference: str, version: int, given: Given, token: str, actor: Actor, now: datetime) -> Line:
    refusal: Refusal | None = None
    try:
        with transaction() as session:
            case = open_case(session, reference, actor, for_step=True)
            if not _done_already(session, case, token):
                if case.version != version:
                    raise Stale("这件申请在预览之后已有变动，没有办理", do="请打开核对后单独办理")
                with journal.besides(session, bulk=token):
                    action.do(session, case, given, actor, now)
    except Refusal as caught:
        refusal = caught
    with reading() as session:
        try:
            return _line(open_case(session, reference, actor), refusal)
        except NotFound as missing:
            return Line(reference, version, "", "", missing)


def _judged(session: Session, action: Action, case: Case, given: Given, actor: Actor, now: datetime) -> Refusal | None:
    try:
        action.judge(session, case, given, actor, now)
    except Refusal as refusal:
        return refusal
    return None


def _done_already(session: Session, case: Case, token: str) -> bool:
    """Whether one of the last entries of the case carries the token of the sheet."""
    query = select(JournalEntry.body).where(JournalEntry.case_id == case.id).order_by(JournalEntry.id.desc())
    return any(json.loads(body).get("bulk") == token for body in session.scalars(query.limit(LAST_ENTRIES)))


def _line(case: Case, refusal: Refusal | None) -> Line:
    words = " ".join(case.description.split())
    return Line(
        case.reference,
        case.version,
        case.state.label,
        words if len(words) <= 40 else f"{words[:40]}……",
        refusal,
    )
