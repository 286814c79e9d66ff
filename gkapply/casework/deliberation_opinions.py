"""What members of a joint consultation (会商) say: once given an opinion is never edited; a later one takes its place, both are kept."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from gkapply.casework import notification
from gkapply.casework.access import Actor
from gkapply.casework.deliberation_causes import checked
from gkapply.casework.deliberation_records import Deliberation, DeliberationMember, DeliberationOpinion
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.flow import fire
from gkapply.casework.journal import canonical
from gkapply.casework.stances import Stance
from gkapply.clock import day_of
from gkapply.law.refusal import NotPermitted, Refusal
from workflows.duties import Duty

ROLE = "deliberation_opinion"
LONGEST = 5000
MOST_FILES = 5
MOST_OPINIONS = 20
"""Opinions that one member gives to one question: each is kept with its files, and a link is outside the office."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a member says: a code of ``Stance``, the words, files."""

    stance: str
    text: str = ""
    files: Sequence[Upload] = ()


def give(session: Session, one: Deliberation, said: Said, actor: Actor, now: datetime) -> DeliberationOpinion:
    """Take the opinion of the member that ``actor`` is. Raises Refusal, also for anybody else."""
    stance, text = _checked(said)
    fire(session, one, "give_opinion", actor, now, detail={"stance": stance.value})
    member = one.member_of(actor)
    if member is None:
        raise NotPermitted("您不是这次会商的成员")
    if len(member.opinions) >= MOST_OPINIONS:
        raise Refusal(f"最多提出{MOST_OPINIONS}次意见", field="text", do="需要补充的，请与召集会商的机关联系")
    made = _write(session, member, stance, text, said.files, actor, now, entered=False)
    _tell(session, one, now)
    return made


def enter(
    session: Session, one: Deliberation, uid: str, said: Said, actor: Actor, now: datetime
) -> DeliberationOpinion:
    """Write down what a member said at the meeting, or handed in on paper. Raises Refusal."""
    member = next((each for each in one.standing_members if each.uid == uid), None)
    if member is None:
        raise Refusal("请选择会商成员", field="member")
    if member.user_id is not None and member.user_id == actor.user_id:
        raise Refusal("本人的意见请直接提出，不必代为登记", field="member")
    stance, text = _checked(said)
    fire(session, one, "enter_opinion", actor, now, detail={"stance": stance.value, "member": member.uid})
    return _write(session, member, stance, text, said.files, actor, now, entered=True)


def holder(member: DeliberationMember) -> Actor:
    """A member by link as an actor: on this one case, with no other duty."""
    case_id = member.deliberation.case_id
    return Actor("member", member.organ_id, frozenset({Duty.MEMBER}), case_id=case_id, member_id=member.id)


def _checked(said: Said) -> tuple[Stance, str]:
    try:
        stance = Stance(said.stance)
    except ValueError:
        raise Refusal("请选择意见：同意、保留意见或者不同意", field="stance") from None
    if len(said.files) > MOST_FILES:
        raise Refusal(f"最多上传{MOST_FILES}个文件", field="files")
    if stance.dissents and not said.text.strip():
        raise Refusal(f"{stance.label}的，请写明理由，理由会写入会商纪要", field="text")
    return stance, checked(said.text, "text", "意见", LONGEST) if said.text.strip() else ""


def _write(
    session: Session,
    member: DeliberationMember,
    stance: Stance,
    text: str,
    files: Sequence[Upload],
    actor: Actor,
    now: datetime,
    *,
    entered: bool,
) -> DeliberationOpinion:
    case, on = member.deliberation.case, day_of(now)
    papers = [add_document(session, case, ROLE, one, on, actor, now, field="files") for one in files]
    content = {
        "of": member.uid,
        "stance": stance.value,
        "text": text,
        "files": [paper.sha256 for paper in papers],
        "at": now.isoformat(),
    }
    made = DeliberationOpinion(
        organ_id=member.organ_id,
        member=member,
        stance=stance.value,
        text=text,
        files=json.dumps([paper.uid for paper in papers]),
        at=now,
        actor=actor.signature,
        entered=entered,
        digest=hashlib.sha256(canonical(content).encode()).hexdigest(),
    )
    session.add(made)
    session.flush()
    return made


def _tell(session: Session, one: Deliberation, now: datetime) -> None:
    """Once everybody has spoken the proposer and the officer are told, so that the conclusion can be drawn."""
    if any(each.opinion is None for each in one.standing_members):
        return
    users = [user for user in dict.fromkeys([one.proposed_by, one.case.officer_id]) if user is not None]
    notification.tell(session, one.organ_id, users, kind="deliberation_heard", key=one.uid, now=now, case=one.case)
