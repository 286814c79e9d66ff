"""Keeping, offering and dropping views of lists: a user's own, and those that colleagues of the organ share."""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_hex

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.saved_view_records import SavedView
from gkapply.law.refusal import NotFound, Refusal

DESK, LEDGER = "desk", "ledger"
MOST = 30
"""Views that one user keeps in an organ."""
LONGEST_NAME, LONGEST_QUERY = 20, 2000


def offered_to(actor: Actor) -> ColumnElement[bool]:
    """The views that ``actor`` finds: their own in this organ, and those that colleagues share."""
    mine = or_(SavedView.user_id == actor.user_id, SavedView.shared)
    return and_(SavedView.organ_id == actor.organ_id, mine)


def all_of(session: Session, actor: Actor) -> Sequence[SavedView]:
    """The views that ``actor`` finds, by list and name."""
    query = select(SavedView).where(offered_to(actor)).order_by(SavedView.page, SavedView.name, SavedView.id)
    return session.scalars(query).all()


def keep(
    session: Session, actor: Actor, page: str, name: str, query: str, now: datetime, *, shared: bool = False
) -> SavedView:
    """Keep the address under a name; the user's own view of that name is replaced. Raises Refusal, loses nothing."""
    name = " ".join(name.split())
    if not name:
        raise Refusal("请填写视图的名称", do="例如“本周到期”", field="name")
    if len(name) > LONGEST_NAME:
        raise Refusal(f"视图的名称不超过{LONGEST_NAME}个字", field="name")
    if len(query) > LONGEST_QUERY:
        raise Refusal("筛选条件过长，不能保存", do="请减少条件")
    mine = SavedView.organ_id == actor.organ_id, SavedView.user_id == actor.user_id
    held = session.scalars(select(SavedView).where(*mine, SavedView.page == page, SavedView.name == name)).first()
    if held is None:
        if (session.scalar(select(func.count()).select_from(SavedView).where(*mine)) or 0) >= MOST:
            raise Refusal(f"每人最多保存{MOST}个视图", do="请先删除不再使用的视图")
        assert actor.organ_id is not None
        assert actor.user_id is not None
        held = SavedView(uid=token_hex(16), organ_id=actor.organ_id, user_id=actor.user_id, page=page, name=name)
        session.add(held)
    held.query, held.shared, held.kept_at = query, shared, now
    return held


def offer(session: Session, actor: Actor, uid: str, shared: bool) -> None:
    """Offer one's own view to the colleagues of the organ, or no longer. Raises NotFound."""
    _own(session, actor, uid).shared = shared


def drop(session: Session, actor: Actor, uid: str) -> None:
    """Take one's own view away. Raises NotFound."""
    session.delete(_own(session, actor, uid))


def _own(session: Session, actor: Actor, uid: str) -> SavedView:
    wanted = SavedView.uid == uid, SavedView.organ_id == actor.organ_id, SavedView.user_id == actor.user_id
    found = session.scalars(select(SavedView).where(*wanted)).one_or_none()
    if found is None:
        raise NotFound("没有这个视图，或者它不是您保存的", do="请回到工作台")
    return found
