"""Who handles a request (分办、改派), and in whose name it will be answered."""

from datetime import date, datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.flow import fire
from gkapply.casework.people import DutyHolding, SigningName, User
from gkapply.casework.records import LOOK_AT_ONCE, Case
from gkapply.clock import day_of
from gkapply.law.refusal import Refusal
from workflows.duties import Duty

_OFFICERS = (
    select(User)
    .join(DutyHolding, DutyHolding.user_id == User.id)
    .where(
        DutyHolding.organ_id == bindparam("organ"),
        DutyHolding.duty == Duty.OFFICER.value,
        DutyHolding.ended_at.is_(None),
        DutyHolding.valid_from <= bindparam("day"),
        or_(DutyHolding.valid_to.is_(None), DutyHolding.valid_to >= bindparam("day")),
        User.closed_at.is_(None),
    )
)
_BY_NAME = _OFFICERS.distinct().order_by(User.name, User.id)
_IS_ONE = _OFFICERS.with_only_columns(User.id).where(User.id == bindparam("officer")).limit(1)


def assign(
    session: Session,
    case: Case,
    officer: User,
    actor: Actor,
    now: datetime,
    *,
    signing_name: SigningName | None = None,
) -> None:
    """Give the registered request to ``officer``; ``signing_name``, when given, is the name in which it will be answered.

    Raises Refusal unless the officer holds that duty in the organ, and for a signing name of another organ.
    """
    _require_officer(session, case, officer, day_of(now))
    choose_signing_name(case, signing_name, day_of(now))
    case.officer, case.look_on = officer, LOOK_AT_ONCE
    fire(session, case, "assign", actor, now, detail={"officer": officer.id})


def reassign(session: Session, case: Case, officer: User, actor: Actor, now: datetime) -> None:
    """Give the request to another officer. Raises Refusal when it is theirs already or they lack the duty."""
    _require_officer(session, case, officer, day_of(now))
    if case.officer_id == officer.id:
        raise Refusal(f"这件申请已由{officer.name}承办", field="officer", do="请选择其他承办人")
    earlier, case.officer, case.look_on = case.officer_id, officer, LOOK_AT_ONCE
    fire(session, case, "reassign", actor, now, detail={"officer": officer.id, "from": earlier})


def claim(session: Session, case: Case, actor: Actor, now: datetime) -> None:
    """An officer takes a request that nobody handles yet (认领), where the office has chosen so. Raises Refusal, WrongState."""
    officer = session.get_one(User, actor.user_id)
    _require_officer(session, case, officer, day_of(now))
    case.officer, case.look_on = officer, LOOK_AT_ONCE
    fire(session, case, "claim", actor, now, detail={"officer": officer.id})


def officers_of(session: Session, organ_id: int, on: date) -> list[User]:
    """The open accounts that hold the duty of officer in the organ on that day, by name."""
    return list(session.scalars(_BY_NAME, {"organ": organ_id, "day": on}))


def choose_signing_name(case: Case, name: SigningName | None, on: date) -> None:
    """Have the case answered in ``name`` (None: leave it as it is).

    Raises Refusal for a name of another organ, or one that is not valid on that day.
    """
    if name is None:
        return
    if name.organ_id != case.organ_id or name.valid_from > on or (name.valid_to is not None and name.valid_to < on):
        raise Refusal(f"「{name.full_name}」不是本机关现行的落款名称", field="signing_name", do="请另选落款名称")
    case.signing_name = name


def _require_officer(session: Session, case: Case, officer: User, on: date) -> None:
    asked = {"organ": case.organ_id, "day": on, "officer": officer.id}
    if session.scalars(_IS_ONE, asked).first() is None:
        raise Refusal(
            f"{officer.name}不是本机关的承办人", "条例第四十五条", field="officer", do="请选择有承办职责的人员"
        )
