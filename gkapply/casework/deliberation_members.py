"""Who is asked in a joint consultation (会商): accounts of the organ, and others by a one-time link; their telephone is sealed."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from gkapply.casework import journal, notification
from gkapply.casework.access import Actor
from gkapply.casework.deliberation_records import Deliberation, DeliberationMember
from gkapply.casework.flow import fire
from gkapply.casework.link_door import hash_of
from gkapply.casework.notification import holders
from gkapply.casework.people import User
from gkapply.casework.services import ring
from gkapply.clock import day_of
from gkapply.law import identifiers
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks
from workflows.deliberation import SPEAKERS
from workflows.deliberation_guards import FEWEST

__all__ = ["FEWEST", "PARTS", "Invited", "accounts", "enter", "invite", "phone_of", "release"]

PARTS = ("公开机构", "承办单位", "法制", "保密", "信访", "档案", "宣传", "法律顾问", "领域专家")
"""As what members usually take part."""
MOST = 30


@dataclass(frozen=True, slots=True)
class Invited:
    """One member: as what, by account (``user_id``) or by name with the telephone that identifies them at the link."""

    part: str
    name: str = ""
    user_id: int | None = None
    phone: str = ""


def accounts(session: Session, organ_id: int, today: date) -> list[User]:
    """Whose account may be a member's: who sees the cases of the organ."""
    held = holders(session, [organ_id], SPEAKERS, today)
    users = sorted({user for found in held.values() for user in found})
    return [session.get_one(User, user) for user in users]


def invite(session: Session, one: Deliberation, invited: Invited, actor: Actor, now: datetime) -> DeliberationMember:
    """Add a member; one who comes after the call is told at once. Raises Refusal."""
    fire(session, one, "add_member", actor, now)
    member = enter(session, one, invited, now)
    if one.called_at is not None and member.user_id is not None:
        notification.tell(
            session,
            one.organ_id,
            [member.user_id],
            kind="deliberation_called",
            key=one.uid,
            now=now,
            case=one.case,
            until_on=one.until.isoformat(),
        )
    return member


def enter(session: Session, one: Deliberation, invited: Invited, now: datetime) -> DeliberationMember:
    """Write the member; the deed has been fired by the caller. Raises Refusal."""
    part, name = invited.part.strip(), invited.name.strip()
    if not part:
        raise Refusal("请选择或者填写以何身份参加", field="part")
    if len(one.standing_members) >= MOST:
        raise Refusal(f"会商成员最多{MOST}名", field="name")
    user = None
    if invited.user_id is not None:
        user = next((each for each in accounts(session, one.organ_id, day_of(now)) if each.id == invited.user_id), None)
        if user is None:
            raise Refusal("该人员没有本机关的办件职责，不能以账号参加", field="user", do="请以链接方式请其提出意见")
        if any(each.user_id == user.id for each in one.standing_members):
            raise Refusal(f"{user.name}已经是会商成员", field="user")
    elif not name:
        raise Refusal("请选择本机关人员，或者填写外单位成员的单位和姓名", field="name")
    refuse_secret_marks(f"{part}{name}", field="name")
    uid = uuid4().hex
    member = DeliberationMember(
        uid=uid,
        organ_id=one.organ_id,
        part=part,
        name=user.name if user else name,
        user_id=user.id if user else None,
        added_at=now,
        **({} if user else _linked(session, uid, invited.phone)),
    )
    one.members.append(member)
    session.flush()
    return member


def _linked(session: Session, uid: str, phone: str) -> dict[str, Any]:
    """What a member by link has besides: the sealed telephone and the hash of the link."""
    number = identifiers.phone(phone)
    sealed = ring(session).seal(json.dumps({"phone": number}).encode(), f"deliberation_member.sealed.{uid}")
    return {"sealed": sealed, "link_hash": hash_of(ring(session).deliberation_link(uid)[0])}


def phone_of(session: Session, member: DeliberationMember) -> str:
    """The telephone of a member by link in clear."""
    opened = ring(session).unseal(member.sealed, f"deliberation_member.sealed.{member.uid}")
    return str(json.loads(opened)["phone"])


def release(session: Session, one: Deliberation, uid: str, reason: str, actor: Actor, now: datetime) -> None:
    """Ask a member no longer, who has not spoken; the link is closed. Raises Refusal."""
    member = next((each for each in one.standing_members if each.uid == uid), None)
    if member is None:
        raise Refusal("请选择会商成员", field="member")
    if member.opinions:
        raise Refusal("该成员已经提出意见，意见须留存，不能移出", "条例第四十五条", field="member")
    if not reason.strip():
        raise Refusal("请写明不再征求其意见的理由", field="reason")
    refuse_secret_marks(reason, field="reason")
    fire(session, one, "release_member", actor, now, detail={"member": member.uid})
    member.released_at, member.release_reason = now, reason.strip()


def note_opened(session: Session, member: DeliberationMember, now: datetime) -> None:
    """The member has opened the link."""
    if member.opened_at is None:
        member.opened_at = now
        one = member.deliberation
        journal.record(
            session, one.organ_id, "deliberation.opened", "member", now, case_id=one.case_id, member=member.uid
        )
