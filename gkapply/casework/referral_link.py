"""The one-time link by which a unit without accounts answers a referral (转办单上的链接).

Whoever has the slip shows its code and the last four figures of the unit's office telephone. Shown is what the unit sees at a
desk: the matter and the request's words, nothing else of the case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import access_log, link_door, referral_desk
from gkapply.casework.access import Actor
from gkapply.casework.documents import Upload
from gkapply.casework.link_door import LinkClosed, hash_of, is_right, let_in, tail_of
from gkapply.casework.records import Case
from gkapply.casework.referral_lines import ReferralLine, Request, line, request_of
from gkapply.casework.referral_records import Referral
from gkapply.casework.services import ring
from gkapply.law.refusal import NotFound, Refusal
from workflows.duties import Duty
from workflows.referral import ReferralState


@dataclass(frozen=True, slots=True)
class Asked:
    """What the unit reads, and whom it may call."""

    line: ReferralLine
    request: Request
    contact: str


@dataclass(frozen=True, slots=True)
class Given:
    """The confirmation of an answer, or of a return."""

    number: str
    organ: str
    state: ReferralState
    on: date
    files: Sequence[str]


def find(session: Session, token: str, *, for_step: bool = False) -> Referral:
    """The referral of a link that can still be used.

    Raises NotFound for an unknown token, LinkClosed once it was answered, sent back or withdrawn, or its case is in the archive.
    """
    query = select(Referral).join(Case, Referral.case_id == Case.id).where(Referral.link_hash == hash_of(token))
    found = session.scalars(query.with_for_update() if for_step else query).one_or_none()
    if found is None:
        raise NotFound("没有这个链接", do="请核对转办单上的网址")
    if not found.is_open or found.case.archived_on is not None:
        raise LinkClosed("这件转办已经办结或者撤回，链接已失效", do="需要补充的，请与转出的机关联系")
    return found


def identify(token: str, code: str, tail: str, address: str, now: datetime) -> None:
    """The unit shows the code of the slip and the last four of its telephone.

    Raises NotFound, LinkClosed, Refusal for a wrong code or number, Blocked after too many.
    """

    def try_key(session: Session) -> bool:
        found = find(session, token, for_step=True)
        right = is_right(ring(session).referral_link(found.uid)[1], [tail_of(found.unit.phone)], code, tail)
        if right:
            found.opened_at = found.opened_at or now
            access_log.note_access(session, _holder(found), "referral.opened", now, case_id=found.case_id, of=found.uid)
        return right

    if not let_in(link_door.REFERRAL, token, address, now, lambda session: find(session, token), try_key):
        raise Refusal("核验码或者后四位不正确", do="请对照转办单逐位核对", field="code")


def asked(session: Session, token: str, today: date) -> Asked:
    """What an identified unit reads. Raises NotFound, LinkClosed."""
    found = find(session, token)
    organ = found.case.organ
    contact = "，".join(text for text in (organ.contact_unit, organ.contact_phone) if text)
    return Asked(line(found, today), request_of(session, found, today), contact)


def note_look(session: Session, token: str, now: datetime) -> None:
    """Record that the unit looked at it."""
    found = find(session, token)
    access_log.note_access(session, _holder(found), "referral.shown", now, case_id=found.case_id, of=found.uid)


def give(session: Session, token: str, text: str, files: Sequence[Upload], now: datetime) -> None:
    """Take the unit's answer; the link is used up. Raises NotFound, LinkClosed, Refusal."""
    found = find(session, token, for_step=True)
    referral_desk.answer(session, found, text, files, _holder(found), now)


def send_back(session: Session, token: str, reason: str, now: datetime) -> None:
    """The unit sends it back; the link is used up. Raises NotFound, LinkClosed, Refusal."""
    found = find(session, token, for_step=True)
    referral_desk.send_back(session, found, reason, _holder(found), now)


def confirmation(session: Session, token: str) -> Given:
    """What came by this link. Raises NotFound when nothing did."""
    ended = (ReferralState.ANSWERED, ReferralState.RETURNED)
    query = select(Referral).where(Referral.link_hash == hash_of(token), Referral.state.in_(ended))
    found = session.scalars(query).one_or_none()
    if found is None or found.ended_on is None:
        raise NotFound("没有通过这个链接提交的内容")
    names = [paper.name for paper in found.enclosed]
    return Given(found.number, found.case.organ.name, found.state, found.ended_on, names)


def _holder(referral: Referral) -> Actor:
    return Actor("link", referral.organ_id, frozenset({Duty.LINK}), case_id=referral.case_id)
