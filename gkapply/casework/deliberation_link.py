"""The one-time link of a member of a joint consultation (会商) from outside: who gets in, what is shown, what is taken.

Shown is the question with the papers chosen for it, without the applicant; nothing else of the case. Until the consultation is
over a member may speak again: the later opinion takes the place of the earlier, both are kept.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import access_log, deliberation_members, deliberation_opinions, link_door
from gkapply.casework.applicant_mask import mask_of
from gkapply.casework.deliberation_opinions import Said
from gkapply.casework.deliberation_papers import shown
from gkapply.casework.deliberation_records import Deliberation, DeliberationMember
from gkapply.casework.entries import Document
from gkapply.casework.link_door import LinkClosed, hash_of, is_right, let_in, tail_of
from gkapply.casework.records import Case
from gkapply.casework.services import ring
from gkapply.casework.stances import Stance
from gkapply.clock import day_of
from gkapply.law.refusal import NotFound, Refusal
from workflows.deliberation import GATHERING, DeliberationState

ASK_THE_OFFICE = "有疑问请与召集会商的机关联系"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the member reads; every text of it is without the applicant."""

    organ: str
    contact: str
    part: str
    name: str
    topic: str
    information: str
    until: date
    papers: Sequence[tuple[str, str]]
    """uid and name of each paper that was chosen."""
    earlier: Sequence[tuple[datetime, Stance, str]]
    """What the member has said so far, the newest first."""


@dataclass(frozen=True, slots=True)
class Given:
    """The confirmation of an opinion."""

    organ: str
    stance: Stance
    at: datetime
    digest: str


def find(session: Session, token: str, today: date, *, for_step: bool = False) -> DeliberationMember:
    """The member of a link that still takes an opinion.

    Raises NotFound for an unknown token, LinkClosed before the call, after the end, the last day or a release.
    """
    query = select(DeliberationMember).join(Deliberation).join(Case, Case.id == Deliberation.case_id)
    query = query.where(DeliberationMember.link_hash == hash_of(token))
    member = session.scalars(query.with_for_update() if for_step else query).one_or_none()
    if member is None:
        raise NotFound("没有这个链接", do="请核对收到的网址")
    one = member.deliberation
    if member.released_at is not None:
        raise LinkClosed("召集会商的机关不再征求您的意见，链接已失效", do=ASK_THE_OFFICE)
    if one.state is DeliberationState.PROPOSED:
        raise LinkClosed("会商尚未召集，请稍后再打开", do=ASK_THE_OFFICE)
    if one.state not in GATHERING or one.case.archived_on is not None:
        raise LinkClosed("这次会商已经结束，不再接收意见", do=ASK_THE_OFFICE)
    if today > one.until:
        raise LinkClosed("提出意见的期限已经届满，链接已失效", do=ASK_THE_OFFICE)
    return member


def identify(token: str, code: str, tail: str, address: str, now: datetime) -> None:
    """The member shows the code that the office told and the last four of the telephone.

    Raises NotFound, LinkClosed, Refusal for a wrong code or number, Blocked after too many.
    """
    today = day_of(now)

    def try_key(session: Session) -> bool:
        member = find(session, token, today, for_step=True)
        expected = ring(session).deliberation_link(member.uid)[1]
        number = tail_of(deliberation_members.phone_of(session, member))
        right = is_right(expected, [number], code, tail)
        if right:
            deliberation_members.note_opened(session, member, now)
        return right

    if not let_in(link_door.DELIBERATION, token, address, now, lambda session: find(session, token, today), try_key):
        raise Refusal("核验码或者后四位不正确", do="请逐位核对；核验码由召集会商的机关另行告知", field="code")


def note_look(session: Session, token: str, now: datetime) -> None:
    """Record that the member looked at the question."""
    _note(session, find(session, token, day_of(now)), "deliberation.shown", now)


def _note(session: Session, member: DeliberationMember, deed: str, now: datetime, **detail: str) -> None:
    holder, case_id = deliberation_opinions.holder(member), member.deliberation.case_id
    access_log.note_access(session, holder, deed, now, case_id=case_id, of=member.uid, **detail)


def asked(session: Session, token: str, now: datetime) -> Asked:
    """What an identified member reads. Raises NotFound, LinkClosed."""
    member = find(session, token, day_of(now))
    one = member.deliberation
    case, mask = one.case, mask_of(session, [one.case])
    return Asked(
        organ=case.organ.name,
        contact="，".join(text for text in (case.organ.contact_unit, case.organ.contact_phone) if text),
        part=member.part,
        name=member.name,
        topic=mask(one.topic),
        information=mask(case.description),
        until=one.until,
        papers=[(paper.uid, mask(paper.name)) for paper in shown(case, json.loads(one.papers))],
        earlier=[(each.at, Stance(each.stance), each.text) for each in reversed(member.opinions)],
    )


def paper(session: Session, token: str, uid: str, now: datetime) -> Document:
    """A paper that was chosen for the members; the look is noted. Raises NotFound for any other, LinkClosed."""
    member = find(session, token, day_of(now))
    one = member.deliberation
    found = next((each for each in shown(one.case, json.loads(one.papers)) if each.uid == uid), None)
    if found is None:
        raise NotFound("没有这份材料")
    _note(session, member, "deliberation.paper", now, document=found.uid)
    return found


def give(session: Session, token: str, said: Said, now: datetime) -> str:
    """Take the opinion; returns the digest of the confirmation. Raises NotFound, LinkClosed, or Refusal."""
    member = find(session, token, day_of(now), for_step=True)
    holder = deliberation_opinions.holder(member)
    return deliberation_opinions.give(session, member.deliberation, said, holder, now).digest


def confirmation(session: Session, token: str) -> Given:
    """What the member sent last by this link. Raises NotFound when nothing was sent."""
    query = select(DeliberationMember).where(DeliberationMember.link_hash == hash_of(token))
    member = session.scalars(query).one_or_none()
    if member is None or member.opinion is None:
        raise NotFound("没有通过这个链接提交的意见")
    one = member.opinion
    return Given(member.deliberation.case.organ.name, Stance(one.stance), one.at, one.digest)
