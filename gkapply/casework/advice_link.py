"""The one-time link by which a legal adviser gives an opinion: who gets in, what is shown, what is taken once.

Shown is the one frozen text with what it rests on, without the applicant; nothing else of the case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import access_log, advice_contact, advising, link_door
from gkapply.casework.advised import Advice, AdviserOpinion
from gkapply.casework.applicant_mask import Mask, mask_of
from gkapply.casework.case_lines import ItemLine, Pairs, item_lines, note_lines
from gkapply.casework.documents import Upload
from gkapply.casework.letter_check import kept_findings
from gkapply.casework.letterfile import Source, frozen
from gkapply.casework.link_door import LinkClosed, hash_of, is_right, let_in, tail_of
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.reply import SEARCH
from gkapply.casework.services import ring
from gkapply.clock import day_of
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import NotFound, Refusal
from gkapply.law.replies import ReplyKind
from gkapply.letters.finding import Point, Severity
from workflows.letter import LetterState

OPEN = (LetterState.DRAFT, LetterState.REVIEW, LetterState.SIGNATURE)
"""Where the letter may stand while an opinion is taken."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the adviser reads; every text of it is without the applicant."""

    organ: str
    contact: str
    title: str
    basis: str
    question: str
    until: date
    source: Source
    mask: Mask
    is_current: bool
    """Whether it is still the text that waits: then the items that it rests on belong to it."""
    items: Sequence[ItemLine]
    articles: Sequence[tuple[str, str]]
    """Each article that an outcome rests on, with its words."""
    searches: Sequence[tuple[date, Pairs]]
    findings: Sequence[tuple[bool, str, str]]
    """What the letter check found when the text was submitted: whether an error, the point, the problem."""


@dataclass(frozen=True, slots=True)
class Given:
    """The confirmation of an opinion."""

    organ: str
    title: str
    opinion: Advice
    at: datetime
    digest: str
    file: str


def find(session: Session, token: str, today: date, *, for_step: bool = False) -> AdviserOpinion:
    """The question of a link that still takes an opinion.

    Raises NotFound for an unknown token, LinkClosed once it was answered, withdrawn, its day is over or the letter is signed.
    """
    query = select(AdviserOpinion).join(Letter).join(Case, Letter.case_id == Case.id)
    query = query.where(AdviserOpinion.link_hash == hash_of(token))
    one = session.scalars(query.with_for_update() if for_step else query).one_or_none()
    if one is None:
        raise NotFound("没有这个链接", do="请核对收到的网址")
    if one.given_at is not None:
        raise LinkClosed("意见已经提交，链接已使用", do="需要补充的，请与征求意见的机关联系")
    if one.withdrawn_at is not None:
        raise LinkClosed("征求意见的机关已经撤回，不再接收意见", do="有疑问请与该机关联系")
    if one.letter.state not in OPEN or one.letter.case.archived_on is not None:
        raise LinkClosed("这份文书已经签发或者作废，不再接收意见", do="有疑问请与征求意见的机关联系")
    if not one.is_open_on(today):
        raise LinkClosed("提出意见的期限已经届满，链接已失效", do="仍需提出意见的，请与征求意见的机关联系")
    return one


def identify(token: str, code: str, tail: str, address: str, now: datetime) -> None:
    """The adviser shows the code that the asker told and the last four of the telephone.

    Raises NotFound, LinkClosed, Refusal for a wrong code or number, Blocked after too many.
    """
    today = day_of(now)

    def try_key(session: Session) -> bool:
        one = find(session, token, today, for_step=True)
        expected = ring(session).advice_link(one.uid)[1]
        number = tail_of(advice_contact.contact_of(session, one).phone)
        right = is_right(expected, [number], code, tail)
        if right:
            one.opened_at = one.opened_at or now
            _note(session, one, "advice.opened", now)
        return right

    if not let_in(link_door.ADVICE, token, address, now, lambda session: find(session, token, today), try_key):
        raise Refusal("核验码或者后四位不正确", do="请逐位核对；核验码由征求意见的机关另行告知", field="code")


def note_look(session: Session, token: str, now: datetime) -> None:
    """Record that the adviser looked at the text."""
    _note(session, find(session, token, day_of(now)), "advice.shown", now)


def _note(session: Session, one: AdviserOpinion, deed: str, now: datetime) -> None:
    access_log.note_access(session, advising.holder(one), deed, now, case_id=one.letter.case_id, of=one.uid)


def asked(session: Session, token: str, now: datetime) -> Asked:
    """What an identified adviser reads. Raises NotFound, LinkClosed."""
    one = find(session, token, day_of(now))
    letter, case = one.letter, one.letter.case
    kind, mask = LetterKind(letter.kind), mask_of(session, letter.cases)
    round_of = next(each for each in letter.rounds if each.snapshot_hash == one.snapshot_hash)
    current = one.holds and letter.state is not LetterState.DRAFT
    replies = current and kind.ends_case
    items = [line for each in letter.cases for line in item_lines(each)] if replies else []
    outcomes = {item.outcome for each in letter.cases for item in each.items if item.outcome} if replies else set()
    searches = [line for each in letter.cases for line in note_lines(session, each, SEARCH)] if replies else []
    return Asked(
        organ=case.organ.name,
        contact="，".join(text for text in (case.organ.contact_unit, case.organ.contact_phone) if text),
        title=kind.label,
        basis=kind.basis,
        question=mask(one.question),
        until=one.until,
        source=frozen(session, round_of.snapshot),
        mask=mask,
        is_current=current,
        items=[_masked_item(line, mask) for line in items],
        articles=sorted({(reply.article, reply.words) for reply in map(ReplyKind, outcomes)}),
        searches=[(line.on, _masked_pairs(line.pairs, mask)) for line in searches],
        findings=[
            (found["severity"] == Severity.ERROR, Point(found["point"]).label, mask(found["problem"]))
            for found in kept_findings(round_of)
        ],
    )


def _masked_item(line: ItemLine, mask: Mask) -> ItemLine:
    return ItemLine(line.ordinal, mask(line.quote), line.outcome, line.article, _masked_pairs(line.evidence, mask))


def _masked_pairs(pairs: Pairs, mask: Mask) -> Pairs:
    return [(label, mask(text)) for label, text in pairs]


def give(session: Session, token: str, opinion: str, text: str, file: Upload | None, now: datetime) -> str:
    """Take the opinion; the link is used up. Returns the digest of the confirmation.

    Raises NotFound, LinkClosed, or Refusal for what is missing or may not come in.
    """
    one = find(session, token, day_of(now), for_step=True)
    return advising.give(session, one, opinion, text, file, advising.holder(one), now)


def confirmation(session: Session, token: str) -> Given:
    """What the adviser sent by this link. Raises NotFound when nothing was sent."""
    query = select(AdviserOpinion).where(AdviserOpinion.link_hash == hash_of(token))
    one = session.scalars(query.where(AdviserOpinion.given_at.is_not(None))).one_or_none()
    if one is None or one.given_at is None:
        raise NotFound("没有通过这个链接提交的意见")
    return Given(
        organ=one.letter.case.organ.name,
        title=LetterKind(one.letter.kind).label,
        opinion=Advice(one.opinion),
        at=one.given_at,
        digest=one.digest,
        file=one.file.name if one.file else "",
    )
