"""What an applicant may know of a request of theirs: where it stands, each date with its reason, the letters to them.

Nothing of anybody else is in it: no third party's name, no official's name, no note of the office.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from gkapply.casework import case_links, delivery, letter_pdf, letterbook
from gkapply.casework.access import Actor
from gkapply.casework.dating import reckoning_on_record
from gkapply.casework.intake import arrived_on
from gkapply.casework.internal_term import ReplyTerm, term_of
from gkapply.casework.milestones import Milestone, milestones
from gkapply.casework.papers import Letter, LetterCase
from gkapply.casework.query_code import opens
from gkapply.casework.records import Case
from gkapply.casework.sealing_register import stamped_copy
from gkapply.casework.wanted import Wanted, wanted
from gkapply.clock import day_of
from gkapply.law.case_kinds import CaseKind
from gkapply.law.channels import confirm_by
from gkapply.law.clocks import Reckoning
from gkapply.law.letters import Addressee, LetterKind
from gkapply.law.refusal import NotFound, Refusal
from workflows.case_states import BEFORE_THE_REPLY, OVER_WITHOUT_REPLY, CaseState
from workflows.duties import Duty
from workflows.letter import LetterState

_OUT = (LetterState.SENT, LetterState.DELIVERED, LetterState.RETURNED)
_WAYS = {**delivery.WAYS, delivery.ONLINE: "在本页领取", delivery.POST: "邮寄"}


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """A letter to the applicant. ``online``: it is fetched here; ``has_file``: its file has been made."""

    uid: str
    title: str
    number: str
    sent_on: date | None
    way: str
    tracking: str
    delivered_on: date | None
    online: bool
    has_file: bool
    is_receipt: bool
    file: str
    """SHA-256 of what is handed out: the stamped scan where there is one, else the file of record."""
    record: str
    """SHA-256 of the file of record, where a stamped scan is handed out instead."""
    has_pdf: bool = False
    """Whether there is a PDF of it besides."""

    @property
    def waits(self) -> bool:
        """Whether it asks to be fetched and has not been yet; the 收件回执 may be left lying."""
        return self.online and self.has_file and self.delivered_on is None and not self.is_receipt


@dataclass(frozen=True, slots=True)
class Progress:
    """A request as its applicant sees it. ``reckoning`` is None until it has been received."""

    reference: str
    version: int
    kind: CaseKind
    term: ReplyTerm
    organ: str
    contact: str
    state: CaseState
    over: bool
    may_withdraw: bool
    description: str
    milestones: Sequence[Milestone]
    reckoning: Reckoning | None
    letters: Sequence[OwnLetter]
    wanted: Wanted
    confirm_by: date | None
    """Until the request is confirmed: the day by which the office is to have called."""
    parts: Sequence[tuple[str, str, str]]
    """Number, content and state of each request that this one was divided into."""
    divided_from: str
    """The number of the request that this one was split off; empty for every other."""


def find_by_code(session: Session, reference: str, code: str) -> tuple[Case, Case] | None:
    """The case that number and query code open, and the one whose code it is: the case, or one that it was split off.

    None for an unknown number and for a wrong code alike.
    """
    case = session.scalars(select(Case).where(Case.reference.in_(_spellings(reference)))).one_or_none()
    code, opener = _tidy(code).upper(), case
    while not opens(session, opener, code):
        if opener is None or (opener := whole_of(opener)) is None:
            return None
    return None if case is None or opener is None else (case, opener)


def whole_of(case: Case) -> Case | None:
    """The request that ``case`` was split off: of the same applicants, so that its query code opens the parts too."""
    return case.origin if case.kind is CaseKind.APPLICATION else None


def applicant_of(
    session: Session, reference: str, shown: Mapping[str, int], citizen_id: int | None = None
) -> tuple[Actor, str]:
    """The applicant of the case as an actor, and the number whose code opened it: its own, or that of the request that it was
    split off; empty where the account did. ``shown``: number → generation of the query code that the browser showed for it
    before. ``citizen_id``: the account that is logged in.

    Raises NotFound when there is no such case, none of these opens it, or the code was re-issued since.
    """
    case = session.scalars(select(Case).where(Case.reference == reference)).one_or_none()
    opener = case
    while case is not None and opener is not None:
        by_code = shown.get(opener.reference) == opener.query_code_generation
        if by_code or (citizen_id is not None and case_links.opens(session, citizen_id, opener)):
            actor = Actor("applicant", case.organ_id, frozenset({Duty.APPLICANT}), case_id=case.id)
            return actor, opener.reference if by_code else ""
        opener = whole_of(opener)
    raise NotFound("没有这件申请，或者查询已经关闭，或者查询码已经重发", do="请重新输入登记编号和查询码")


def progress(session: Session, actor: Actor, today: date) -> Progress:
    """Everything that the applicant ``actor`` may know of the case on ``today``."""
    case = session.scalars(
        select(Case)
        .where(Case.id == actor.case_id)
        .options(
            joinedload(Case.organ),
            selectinload(Case.facts),
            selectinload(Case.documents),
            selectinload(Case.letters),
            joinedload(Case.fee),
        )
    ).one()
    out = [letter for letter in case.all_letters if _is_out(letter)]
    # Pages without the stamp are no letter where the stamped scan is what was delivered.
    as_pdf = letter_pdf.having_pdf(session, [letter for letter in out if stamped_copy(letter) is None])
    clocks = None if case.received_on is None else reckoning_on_record(case)
    result = None if isinstance(clocks, Refusal) else clocks
    return Progress(
        reference=case.reference,
        version=case.version,
        kind=case.kind,
        term=term_of(case),
        organ=case.organ.name,
        contact="，".join(part for part in (case.organ.contact_unit, case.organ.contact_phone) if part),
        state=case.state,
        over=case.state in (CaseState.ARCHIVED, CaseState.VOIDED, *OVER_WITHOUT_REPLY),
        may_withdraw=case.state in BEFORE_THE_REPLY,
        description=case.description,
        milestones=milestones(case),
        reckoning=result,
        letters=[replace(_own(letter), has_pdf=letter.uid in as_pdf) for letter in out],
        wanted=wanted(case, [one for one in case.letters if _is_out(one) and not _own(one).waits]),
        confirm_by=confirm_by(case.channel, arrived_on(case), case.calendar())
        if case.state is CaseState.RECEIVED
        else None,
        parts=[(one.reference, one.description, one.state.label) for one in case.offspring if whole_of(one)],
        divided_from=whole.reference if (whole := whole_of(case)) else "",
    )


def letter_to_fetch(session: Session, actor: Actor, uid: str, *, for_step: bool = False) -> Letter:
    """The letter with that uid that the applicant may fetch here. Raises NotFound for every other one."""
    together = select(LetterCase.letter_id).where(LetterCase.case_id == actor.case_id)
    own = or_(Letter.case_id == actor.case_id, Letter.id.in_(together))
    found = session.scalars(select(Letter.case_id).where(Letter.uid == uid, own)).one_or_none()
    letter = None
    if found is not None:
        reader = replace(actor, case_id=found)
        letter = letterbook.open_letter(session, uid, reader, for_step=for_step)
    if letter is None or not _is_out(letter) or not (shown := _own(letter)).online or not shown.has_file:
        raise NotFound("没有可以在网上领取的这份文书", do="请回到进度页查看")
    return letter


def fetch(session: Session, actor: Actor, uid: str, now: datetime) -> Letter:
    """The applicant fetches a letter: its first fetching is its delivery. Raises NotFound."""
    letter = letter_to_fetch(session, actor, uid, for_step=True)
    if letter.state is LetterState.SENT:
        delivery.note_delivery(session, letter, day_of(now), None, actor, now)
    return letter


def _is_out(letter: Letter) -> bool:
    return letter.state in _OUT and LetterKind(letter.kind).addressee is Addressee.APPLICANT


def _own(letter: Letter) -> OwnLetter:
    kind = LetterKind(letter.kind)
    online = letter.way == delivery.ONLINE or kind is LetterKind.RECEIPT
    scan = stamped_copy(letter)
    return OwnLetter(
        uid=letter.uid,
        title=kind.label,
        number=letter.number or "",
        sent_on=letter.sent_on,
        way=_WAYS[delivery.ONLINE if online else letter.way],
        tracking=letter.tracking,
        delivered_on=letter.delivered_on,
        online=online,
        has_file=bool(letter.file_sha),
        is_receipt=kind is LetterKind.RECEIPT,
        file=scan.sha256 if scan is not None else letter.file_sha,
        record=letter.file_sha if scan is not None else "",
    )


def _tidy(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _spellings(reference: str) -> set[str]:
    """How a number may have been copied: organ codes are written in either case."""
    plain = _tidy(reference)[:64].replace("—", "-").replace("–", "-")
    return {plain, plain.upper(), plain.lower()}
