"""Who stands in for whom while away (代理): the substitute is told what the absent colleague is told.

It hands on no duty: what the substitute may do is what the substitute's own duties permit.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from gkapply.casework import journal
from gkapply.casework.access import Actor
from gkapply.casework.people import DutyHolding, User
from gkapply.clock import day_of
from gkapply.database import Base, BigKey, Instant
from gkapply.law.refusal import NotFound, NotPermitted, Refusal
from workflows.duties import Duty


class Substitution(Base):
    """While ``user`` is away, from the first to the last day, ``substitute`` is told as well."""

    __tablename__ = "substitution"
    __table_args__ = (
        CheckConstraint("ends_on >= begins_on", name="order"),
        CheckConstraint("substitute_id <> user_id", name="another"),
        Index("ix_substitution_user", "user_id", "ends_on"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    substitute_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    """Called off before its time."""

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    substitute: Mapped[User] = relationship(foreign_keys=[substitute_id])


def substitutes_on(session: Session, users: Iterable[int], day: date) -> dict[int, list[int]]:
    """User → ids of those who stand in for them on that day; users without any are left out."""
    query = select(Substitution.user_id, Substitution.substitute_id).where(
        Substitution.user_id.in_(set(users)),
        Substitution.begins_on <= day,
        Substitution.ends_on >= day,
        Substitution.ended_at.is_(None),
    )
    found: dict[int, list[int]] = {}
    for user_id, substitute_id in session.execute(query.order_by(Substitution.id)):
        found.setdefault(user_id, []).append(substitute_id)
    return found


def arrange(
    session: Session, user_id: int, substitute_id: int, begins_on: date, ends_on: date, actor: Actor, now: datetime
) -> Substitution:
    """Have ``substitute_id`` stand in for ``user_id``; users arrange it for themselves, the head for everybody.

    Raises NotPermitted, and Refusal when the days or the persons do not fit.
    """
    _require_right(user_id, actor)
    if ends_on < max(begins_on, day_of(now)):
        raise Refusal("代理的截止日期早于起始日期或者早于今天", do="请改正日期", field="ends_on")
    people = {each for each, _ in colleagues(session, actor, day_of(now))}
    for one, field in ((user_id, "user"), (substitute_id, "substitute")):
        if one not in people:
            raise Refusal("请在本机关任职的人员中选择", field=field)
    if user_id == substitute_id:
        raise Refusal("代理人须是另一个人", do="请另选一人", field="substitute")
    assert actor.organ_id is not None
    made = Substitution(
        organ_id=actor.organ_id, user_id=user_id, substitute_id=substitute_id, begins_on=begins_on, ends_on=ends_on
    )
    session.add(made)
    session.flush()
    journal.record(
        session,
        actor.organ_id,
        "substitution.arrange",
        actor.signature,
        now,
        user=user_id,
        substitute=substitute_id,
        begins_on=begins_on.isoformat(),
        ends_on=ends_on.isoformat(),
    )
    return made


def call_off(session: Session, substitution_id: int, actor: Actor, now: datetime) -> None:
    """End it at once. Raises NotFound, NotPermitted."""
    one = session.get(Substitution, substitution_id)
    if one is None or one.organ_id != actor.organ_id or one.ended_at is not None:
        raise NotFound("没有这项代理安排，或者已经取消", do="请刷新页面查看")
    _require_right(one.user_id, actor)
    one.ended_at = now
    journal.record(session, one.organ_id, "substitution.call_off", actor.signature, now, substitution=one.id)


def arrangements(session: Session, actor: Actor, today: date) -> Sequence[Substitution]:
    """What is arranged now or later in the actor's organ: the head sees all of it, others what touches themselves."""
    query = select(Substitution).where(
        Substitution.organ_id == actor.organ_id, Substitution.ends_on >= today, Substitution.ended_at.is_(None)
    )
    if not actor.holds(Duty.HEAD):
        mine = (Substitution.user_id == actor.user_id) | (Substitution.substitute_id == actor.user_id)
        query = query.where(mine)
    return session.scalars(query.order_by(Substitution.begins_on, Substitution.id)).all()


def colleagues(session: Session, actor: Actor, today: date) -> list[tuple[int, str]]:
    """(id, name) of everybody who holds a duty in the actor's organ today, by name."""
    query = (
        select(DutyHolding)
        .join(DutyHolding.user)
        .where(DutyHolding.organ_id == actor.organ_id, DutyHolding.ended_at.is_(None), User.closed_at.is_(None))
    )
    found = {one.user_id: one.user.name for one in session.scalars(query) if one.holds_on(today)}
    return sorted(found.items(), key=lambda pair: pair[1])


def _require_right(user_id: int, actor: Actor) -> None:
    if actor.user_id != user_id and not actor.holds(Duty.HEAD):
        raise NotPermitted("代理由本人或者公开机构负责人安排", do="请与公开机构负责人联系")
