"""Duties (职责): granted, for a time or without end, and taken back.

三员分离: 系统管理员 gives the duties in organs, 安全管理员 gives the three duties of administrators; nobody changes their own;
one person holds at most one of the three. Whoever is already logged in is logged out, so that the change holds at once.
"""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import journal, sessions
from gkapply.casework.access import Actor
from gkapply.casework.people import DutyHolding, Organ, User
from gkapply.clock import day_of
from gkapply.law.refusal import NotPermitted, Refusal
from workflows.duties import ADMINISTRATORS, OFFICIAL_DUTIES, Duty

ARTICLE = "《信息安全技术 网络安全等级保护基本要求》GB/T 22239-2019"


def grant_duty(
    session: Session,
    user: User,
    duty: Duty,
    organ: Organ | None,
    actor: Actor,
    now: datetime,
    *,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> DutyHolding:
    """Let ``user`` hold ``duty`` in ``organ`` from ``valid_from`` (default: today) to ``valid_to`` (default: no end).

    A duty of the installation (系统、安全、审计管理员) belongs to no organ: the one given is not used. Raises NotPermitted,
    Refusal.
    """
    if duty not in OFFICIAL_DUTIES:
        raise Refusal(f"「{duty.label}」不是可以授予的职责", field="duty")
    _require_right(duty, user, actor)
    today = day_of(now)
    begins = valid_from or today
    if user.closed_at is not None:
        raise Refusal("账号已经停用，不能授予职责", do="请先重新启用账号")
    if valid_to is not None and valid_to < max(begins, today):
        raise Refusal("职责的截止日期早于起始日期或者早于今天", do="请改正日期", field="valid_to")
    if duty in ADMINISTRATORS:
        organ = None
    elif organ is None:
        raise Refusal(f"「{duty.label}」须在某一机关任职", do="请选择机关", field="organ")
    _require_new(user, duty, organ, begins, valid_to, today)
    holding = DutyHolding(user=user, organ=organ, duty=duty.value, valid_from=begins, valid_to=valid_to)
    session.add(holding)
    sessions.end_all(session, user.id, now, "duties")
    session.flush()
    journal.record(
        session,
        None,
        "duty.grant",
        actor.signature,
        now,
        user=user.id,
        duty=duty.value,
        organ_code=organ.code if organ else None,
        valid_from=begins.isoformat(),
        valid_to=valid_to.isoformat() if valid_to else None,
    )
    return holding


def end_duty(session: Session, holding: DutyHolding, actor: Actor, now: datetime) -> None:
    """Take a duty back at once. Raises NotPermitted, Refusal."""
    user = holding.user
    _require_right(holding.held, user, actor)
    if holding.ended_at is not None:
        raise Refusal("这项职责已经终止")
    if holding.held is Duty.SYSADMIN:
        require_another_administrator(session, user, day_of(now))
    holding.ended_at = now
    sessions.end_all(session, user.id, now, "duties")
    journal.record(session, None, "duty.end", actor.signature, now, user=user.id, duty=holding.duty, holding=holding.id)


def require_another_administrator(session: Session, user: User, today: date) -> None:
    """Raises Refusal when ``user`` is the only system administrator of the installation."""
    holders = session.scalars(
        select(DutyHolding)
        .join(DutyHolding.user)
        .where(DutyHolding.duty == Duty.SYSADMIN.value, User.closed_at.is_(None))
    ).all()
    here = {one.user_id for one in holders if one.holds_on(today)}
    if here == {user.id}:
        raise Refusal("这是唯一的系统管理员", do="请先由安全管理员授予另一人系统管理员职责")


def _require_right(duty: Duty, user: User, actor: Actor) -> None:
    giver = Duty.SECURITY if duty in ADMINISTRATORS else Duty.SYSADMIN
    if not actor.holds(giver):
        raise NotPermitted(f"「{duty.label}」由{giver.label}授予和终止，您没有这一职责", ARTICLE)
    if actor.user_id == user.id:
        raise NotPermitted("不能变更自己的职责", ARTICLE, do="请由他人办理")


def _require_new(user: User, duty: Duty, organ: Organ | None, begins: date, ends: date | None, today: date) -> None:
    """Raises Refusal when the same duty, or another of the three administrators', is held in the same time."""
    for held in user.holdings:
        apart = (held.valid_to is not None and held.valid_to < begins) or (ends is not None and ends < held.valid_from)
        if held.ended_at is not None or apart:
            continue
        if held.duty == duty.value and held.organ_id == (organ.id if organ else None):
            raise Refusal(f"已经担任「{duty.label}」", do="需要改期的，请先终止原职责", field="duty")
        if duty in ADMINISTRATORS and held.duty in ADMINISTRATORS:
            raise Refusal(
                "系统管理员、安全管理员、审计管理员三员分离，一人只能担任其中一种",
                ARTICLE,
                do="请另选一人",
                field="duty",
            )
