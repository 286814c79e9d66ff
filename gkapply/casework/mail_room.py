"""The mail room (收发室): numbers of the post, deliveries and returns entered by the row, from the post's file or from one screen.

Each row goes through the same doors as a single letter: posting is ``delivery.send``, so that the day of posting is the day of the
reply (国办公开办函〔2016〕235号). What is entered already changes nothing; what contradicts it is refused. All rows or none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import delivery, postal_reference
from gkapply.casework.access import Actor
from gkapply.casework.delivery_ledger import Dispatch, Standing, standings
from gkapply.casework.delivery_records import DeliveryAttempt
from gkapply.casework.documents import add_document, as_file
from gkapply.casework.entries import Document
from gkapply.casework.flow import LETTERS
from gkapply.casework.letterbook import open_letter
from gkapply.casework.papers import Letter
from gkapply.clock import day_of
from gkapply.law.delivery_ways import ARTICLE, DeliveryWay, Outcome
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from workflows.letter import LetterState

CARRIER = "邮政EMS"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: which letters (by reference, or by the number of the post), what happened on which day.

    ``line`` is its place in the file or on the screen. ``source`` is the row as it came from the post: kept in each file as proof.
    """

    line: int
    reference: str
    tracking: str
    posted_on: date | None = None
    delivered_on: date | None = None
    signed_by: str = ""
    returned_on: date | None = None
    reason: str = ""
    outcome: Outcome = Outcome.RETURNED
    source: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """What a row calls for with one letter and recipient: ``outcome`` None is the posting."""

    letter: Letter
    key: str
    name: str
    on: date
    outcome: Outcome | None = None

    @property
    def words(self) -> str:
        """The deed in a clause."""
        what = self.outcome.label if self.outcome else "交寄"
        return f"{self.on.isoformat()}{what}"


@dataclass(frozen=True, slots=True)
class Planned:
    """A row with what would be done, or the reason why it cannot be."""

    entry: Entry
    about: Sequence[str] = ()
    deeds: Sequence[str] = ()
    problem: str = ""


@dataclass(slots=True)
class _Seen:
    """What earlier rows of the same batch were about."""

    lines: dict[tuple[str, str], int] = field(default_factory=dict)

    def enter(self, entry: Entry) -> None:
        """Raises Refusal when an earlier row has the same reference and number."""
        known = self.lines.setdefault((entry.reference, entry.tracking), entry.line)
        if known != entry.line:
            raise Refusal(f"与第{known}行的参考号和邮件号重复", do="请合并为一行")


def plan(session: Session, entries: Sequence[Entry], actor: Actor, now: datetime) -> list[Planned]:
    """What each row would do, or why it cannot be done; nothing is written."""
    seen, found = _Seen(), []
    for entry in entries:
        try:
            seen.enter(entry)
            targets = _targets(session, entry, actor)
            deeds = [one for letter, key in targets for one in _deeds(letter, key, entry, actor, now)]
        except Refusal as refusal:
            found.append(Planned(entry, problem=str(refusal)))
            continue
        found.append(Planned(entry, [_about(*one) for one in targets], list(dict.fromkeys(one.words for one in deeds))))
    return found


def carry_out(session: Session, entries: Sequence[Entry], actor: Actor, now: datetime) -> int:
    """Enter all the rows; returns how many changed anything. Raises Refusal that names every bad row: then none is entered."""
    problems = [f"第{one.entry.line}行：{one.problem}" for one in plan(session, entries, actor, now) if one.problem]
    if problems:
        raise Refusal("；".join(problems), do="更正后重新提交，全部内容都没有登记", field="file")
    return sum(_enter(session, entry, actor, now) for entry in entries)


def _enter(session: Session, entry: Entry, actor: Actor, now: datetime) -> bool:
    changed = False
    proofs: dict[int, Document | None] = {}
    for found, key in _targets(session, entry, actor):
        letter = open_letter(session, found.uid, actor, for_step=True)
        try:
            for deed in _deeds(letter, key, entry, actor, now):
                if letter.case_id not in proofs:
                    proofs[letter.case_id] = _proof(session, letter, deed, entry, actor, now)
                _do(session, deed, entry, proofs[letter.case_id], actor, now)
                changed = True
        except Refusal as refusal:
            raise Refusal(f"第{entry.line}行：{refusal}", do="全部内容都没有登记", field="file") from refusal
    return changed


def _do(session: Session, deed: Deed, entry: Entry, proof: Document | None, actor: Actor, now: datetime) -> None:
    letter = deed.letter
    if deed.outcome is None:
        numbers = {deed.key: entry.tracking}
        dispatch = Dispatch(DeliveryWay.POST, deed.on, "", proof, numbers, carrier=CARRIER)
        act = delivery.send_again if letter.state is LetterState.SENT else delivery.send
        act(session, letter, dispatch, actor, now)
    elif deed.outcome is Outcome.DELIVERED:
        to, signed_by = [deed.key], entry.signed_by
        delivery.note_delivery(session, letter, deed.on, proof, actor, now, to=to, signed_by=signed_by)
    else:
        to, outcome, reason = [deed.key], deed.outcome, entry.reason
        delivery.come_back(session, letter, deed.on, proof, actor, now, to=to, outcome=outcome, reason=reason)


def _targets(session: Session, entry: Entry, actor: Actor) -> list[tuple[Letter, str]]:
    """Letter and recipient of each reference; without any, of the attempts with that number of the post."""
    if entry.reference:
        return postal_reference.resolve(session, entry.reference, actor)
    if not entry.tracking:
        raise Refusal("缺少参考号和邮件号", do="请至少填写其中一项")
    query = select(DeliveryAttempt).where(
        DeliveryAttempt.organ_id == actor.organ_id, DeliveryAttempt.tracking == entry.tracking
    )
    found = session.scalars(query.order_by(DeliveryAttempt.id)).all()
    if not found:
        raise Refusal(f"没有登记过邮件号{entry.tracking}", do="首次导入须写明参考号")
    return [(one.letter, one.recipient) for one in found]


def _deeds(letter: Letter, key: str, entry: Entry, actor: Actor, now: datetime) -> list[Deed]:
    """What the row calls for with one letter, given what the ledger says. Raises Refusal for what contradicts it."""
    standing = next(one for one in standings(letter) if one.recipient.key == key)
    name, today = standing.recipient.name, day_of(now)
    known = next((one for one in reversed(standing.attempts) if one.tracking == entry.tracking), None)
    deeds = []
    if entry.posted_on is not None and known is None:
        _require_postable(letter, standing, entry, actor, now)
        deeds.append(Deed(letter, key, name, entry.posted_on))
    elif known is None:
        raise Refusal("这个邮件号还没有登记交寄，行内也没有交寄日期", ARTICLE, do="请填写交寄日期")
    elif entry.posted_on is not None and known.handed_on != entry.posted_on:
        raise Refusal(f"这个邮件号已登记为{known.handed_on.isoformat()}交寄，与行内日期不同", ARTICLE, do="请核对")
    if entry.delivered_on is not None and entry.returned_on is not None:
        raise Refusal("同一行既有妥投日期，又有退回日期", do="请核对")
    outcome = Outcome.DELIVERED if entry.delivered_on is not None else entry.outcome
    on = entry.delivered_on or entry.returned_on
    handed_on = known.handed_on if known else entry.posted_on
    if on is not None and _is_news(standing, known, outcome, on):
        if handed_on is None or not handed_on <= on <= today:
            raise Refusal(f"{outcome.label}日期{on.isoformat()}须在交寄日期至今天之间", ARTICLE, do="请核对日期")
        deeds.append(Deed(letter, key, name, on, outcome))
    return deeds


def _is_news(standing: Standing, known: DeliveryAttempt | None, outcome: Outcome, on: date) -> bool:
    """Whether the outcome is not entered yet. Raises Refusal when another is, or a later attempt was made."""
    if known is None or known.result is None:
        if known is not None and known is not standing.last:
            raise Refusal("此后已另行投递，不能再登记这一次的结果", ARTICLE, do="请核对邮件号")
        return True
    if (known.outcome, known.result.on_) != (outcome, on):
        day = known.result.on_.isoformat() if known.result.on_ else ""
        raise Refusal(
            f"这个邮件号已登记为{day}{Outcome(known.result.outcome).label}，与行内内容不同", ARTICLE, do="请核对"
        )
    return False


def _require_postable(letter: Letter, standing: Standing, entry: Entry, actor: Actor, now: datetime) -> None:
    """Raises Refusal unless the letter may be posted to that recipient on that day under that number."""
    assert entry.posted_on is not None
    if not entry.tracking:
        raise Refusal("有交寄日期，没有邮件号", ARTICLE, do="请填写给据邮件号码")
    if standing.has_it:
        raise Refusal("文书已经送达，不需要再寄", ARTICLE, do="请核对参考号")
    trigger = "send_again" if letter.state is LetterState.SENT else "send"
    step = LETTERS.require(letter, trigger, actor)
    if step.guard is not None:
        step.guard(letter, {"actor": actor, "today": day_of(now)})
    if entry.posted_on > day_of(now):
        raise Refusal("交寄日期不能晚于今天", ARTICLE)
    if letter.signed_on is not None and entry.posted_on < letter.signed_on:
        raise Refusal(f"交寄日期早于签发日期{letter.signed_on.isoformat()}", ARTICLE, do="请核对日期")


def _proof(session: Session, letter: Letter, deed: Deed, entry: Entry, actor: Actor, now: datetime) -> Document | None:
    """The row of the post's file as a paper of this file alone: it names nobody else's letters."""
    if not entry.source:
        return None
    delivered = entry.delivered_on is not None
    role = "delivery_proof" if delivered else "return_proof" if entry.returned_on is not None else "dispatch_proof"
    title = "邮政妥投记录" if delivered else "邮政退回记录" if entry.returned_on is not None else "邮政收寄记录"
    return add_document(session, letter.case, role, as_file(entry.source, title), deed.on, actor, now)


def _about(letter: Letter, key: str) -> str:
    """The letter and its recipient, for the preview."""
    name = next(one.recipient.name for one in standings(letter) if one.recipient.key == key)
    return f"{LetterKind(letter.kind).label} {letter.number or ''}（{name}）"
