"""What demands a joint consultation (会商) of a case: kept when it is first seen, ticked by a person, waived by the head, departed from."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from gkapply.casework import journal, notification
from gkapply.casework.access import Actor
from gkapply.casework.deliberation_records import DeliberationCause, DeliberationDeparture, DeliberationWaiver
from gkapply.casework.flow import fire
from gkapply.casework.notification import holders
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.clock import day_of
from gkapply.law.deliberation_triggers import Occurrence, Trigger
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks
from workflows.case_states import CaseState
from workflows.deliberation import DeliberationState
from workflows.deliberation_rows import UNTIL_SIGNED
from workflows.duties import Duty

ARTICLE = "条例第四十五条"
LONGEST_REASON = 1000
SYSTEM = "system"


def note(session: Session, case: Case, now: datetime) -> Sequence[Occurrence]:
    """Keep every circumstance of the case that nobody has seen before, and tell who has to see to it. Returns the new ones."""
    if case.state not in UNTIL_SIGNED:
        return ()
    known = {one.code for one in case.deliberation_causes}
    fresh = [one for one in case.demands if one.code not in known]
    for one in fresh:
        _keep(session, case, one, SYSTEM, now)
    if any(one in fresh for one in case.undeliberated):
        _tell(session, case, fresh, now)
    return fresh


def note_all(session: Session, letter: Letter, now: datetime) -> None:
    """The same for every case of a letter."""
    for case in letter.cases:
        note(session, case, now)


def _keep(session: Session, case: Case, one: Occurrence, signature: str, now: datetime) -> None:
    kept = DeliberationCause(
        organ_id=case.organ_id,
        case=case,
        trigger=one.trigger.value,
        code=one.code,
        why=one.why,
        seen_at=now,
        seen_by=signature,
    )
    session.add(kept)
    session.flush()
    journal.record(
        session, case.organ_id, "deliberation.cause", signature, now, case_id=case.id, trigger=one.trigger.value
    )


def _tell(session: Session, case: Case, found: Sequence[Occurrence], now: datetime) -> None:
    """The officer and the head: one who proposes, one who calls or waives."""
    heads = holders(session, [case.organ_id], (Duty.HEAD,), day_of(now)).get((case.organ_id, Duty.HEAD), [])
    users = list(dict.fromkeys([*([case.officer_id] if case.officer_id else []), *heads]))
    key = f"{case.uid}:{found[0].trigger.value}:{now:%Y%m%d%H%M%S}"
    what = "、".join(dict.fromkeys(one.trigger.label for one in found))
    notification.tell(session, case.organ_id, users, kind="deliberation_due", key=key, now=now, case=case, what=what)


def tick(session: Session, case: Case, trigger: str, reason: str, actor: Actor, now: datetime) -> None:
    """A person says that a circumstance is there which no record shows. Raises Refusal."""
    chosen = next((one for one in tickable(case) if one.value == trigger), None)
    if chosen is None:
        raise Refusal("请选择须会商的情形", field="trigger")
    said = checked(reason, "reason", "情形的说明")
    detail = {"trigger": chosen.value}
    fire(session, case, "tick_deliberation", actor, now, detail=detail)
    keep_called(session, case, chosen, said, actor, now)


def keep_called(session: Session, case: Case, trigger: Trigger, reason: str, actor: Actor, now: datetime) -> Occurrence:
    """Keep what a person ticked; the deed has been fired by the caller."""
    one = Occurrence(trigger, uuid4().hex[:12], reason)
    _keep(session, case, one, actor.signature, now)
    session.expire(case, ["deliberation_causes"])
    return one


def tickable(case: Case) -> Sequence[Trigger]:
    """What a person may tick: what the office has on, and the plain call."""
    return [one for one in Trigger if one.by_hand and one in case.office_settings().deliberated]


def waive(session: Session, case: Case, codes: Collection[str], reason: str, actor: Actor, now: datetime) -> None:
    """The head decides that these circumstances need no 会商, and says why. A proposal that was about nothing else goes with it.

    Raises Refusal without a choice or a reason, and for what does not wait.
    """
    waiting = {one.code for one in case.undeliberated}
    chosen = sorted(set(codes) & waiting)
    if not chosen or set(codes) - waiting:
        raise Refusal("请选择免予会商的情形", ARTICLE, field="causes", do="已有变动的，请刷新页面后再选择")
    said = checked(reason, "reason", "免予会商的理由")
    triggers = sorted({code.split(":", 1)[0] for code in chosen})
    fire(session, case, "waive_deliberation", actor, now, detail={"triggers": triggers})
    assert actor.user_id is not None
    session.add(
        DeliberationWaiver(
            organ_id=case.organ_id,
            case=case,
            codes=json.dumps(chosen, ensure_ascii=False),
            reason=said,
            at=now,
            user_id=actor.user_id,
        )
    )
    session.flush()
    left = {one.code for one in case.undeliberated}
    for one in case.deliberations:
        if one.state is DeliberationState.PROPOSED and not left.intersection(one.about):
            fire(session, one, "waive", actor, now)
            one.ended_reason = said


def explain_departure(
    session: Session, case: Case, item: int, reason: str, actor: Actor, now: datetime
) -> DeliberationDeparture:
    """Say why an item is decided otherwise than concluded. Raises Refusal for an item that is not."""
    departing = next((one for one in case.departures if one.item == item), None)
    if departing is None:
        raise Refusal("请选择与会商结论不一致的事项", ARTICLE, field="item")
    said = checked(reason, "reason", "不一致的理由")
    decided = next(one.outcome for one in case.items if one.ordinal == item)
    fire(session, case, "explain_departure", actor, now, detail={"item": item, "outcome": decided})
    assert actor.user_id is not None
    made = DeliberationDeparture(
        organ_id=case.organ_id,
        item=item,
        outcome=decided or "",
        reason=said,
        at=now,
        user_id=actor.user_id,
    )
    departing.deliberation.explained.append(made)
    session.flush()
    return made


def checked(text: str, field: str, label: str, longest: int = LONGEST_REASON) -> str:
    """The text without spaces around it. Raises Refusal for an empty or too long one, and for a secrecy mark."""
    said = text.strip()
    if not said:
        raise Refusal(f"请填写{label}", ARTICLE, field=field)
    if len(said) > longest:
        raise Refusal(f"{label}最多{longest}个字，现有{len(said)}个字", field=field, do="请精简，或者作为材料上传")
    refuse_secret_marks(said, field=field)
    return said


CALLABLE: tuple[CaseState, ...] = UNTIL_SIGNED
"""Where a case may be conferred about."""
