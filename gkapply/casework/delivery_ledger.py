"""The delivery ledger (送达台账): writing attempts and results, and reading how each recipient of a letter stands.

A letter is delivered when every recipient has it. What moves the letter and the case stands in ``delivery``, the only caller that
writes here; the letter's own columns repeat the attempt that decides.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.delivery_records import DeliveryAttempt, DeliveryResult
from gkapply.casework.entries import Document
from gkapply.casework.papers import Letter
from gkapply.casework.recipients import Recipient, recipients
from gkapply.law.delivery_ways import ARTICLE, DeliveryWay, Outcome
from gkapply.law.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Dispatch:
    """How a letter left: the way, the legal day, the proof; the time of day (HH:MM) and the carrier if noted.

    ``tracking``: the number for all; ``numbers``: the number of each recipient that it was handed over for, by key; empty: for
    everybody who has not got it.
    """

    way: DeliveryWay
    on: date
    tracking: str = ""
    proof: Document | None = None
    numbers: Mapping[str, str] | None = None
    at: str = ""
    carrier: str = ""
    signed_by: str = ""
    """Who signed, where handing over is the delivery."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of the attempts for the recipients ``to`` (empty: for all that are open), on which day, and how it is known."""

    outcome: Outcome
    on: date
    proof: Document | None = None
    to: Collection[str] = ()
    signed_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one recipient stands: every attempt, the oldest first."""

    recipient: Recipient
    attempts: tuple[DeliveryAttempt, ...]

    @property
    def last(self) -> DeliveryAttempt | None:
        """The attempt that decides."""
        return self.attempts[-1] if self.attempts else None

    @property
    def outcome(self) -> Outcome | None:
        """The outcome of the attempt that decides; None before the first and on the way."""
        return self.last.outcome if self.last else None

    @property
    def delivered_on(self) -> date | None:
        """The day on which the recipient got it."""
        if self.last is None or self.last.result is None or self.outcome is not Outcome.DELIVERED:
            return None
        return self.last.result.on_

    @property
    def has_it(self) -> bool:
        """Whether the recipient got the letter."""
        return self.outcome is Outcome.DELIVERED

    @property
    def on_the_way(self) -> bool:
        """Whether an attempt has no result yet."""
        return self.last is not None and self.outcome is None

    @property
    def came_back(self) -> bool:
        """Whether the last attempt failed and none was made since."""
        return self.outcome is not None and self.outcome.came_back

    @property
    def words(self) -> str:
        """The standing in a word."""
        if self.outcome is not None:
            return self.outcome.label
        return "在途" if self.attempts else "未发出"


def standings(letter: Letter) -> tuple[Standing, ...]:
    """How each recipient of the letter stands, in their order."""
    made: dict[str, list[DeliveryAttempt]] = {}
    for attempt in letter.attempts:
        made.setdefault(attempt.recipient, []).append(attempt)
    return tuple(Standing(one, tuple(made.get(one.key, ()))) for one in recipients(letter))


def open_standings(letter: Letter) -> tuple[Standing, ...]:
    """The recipients who have not got the letter."""
    return tuple(one for one in standings(letter) if not one.has_it)


def hand_over(session: Session, letter: Letter, given: Dispatch, actor: Actor, now: datetime) -> None:
    """Enter an attempt for each chosen recipient. Raises Refusal for one who is none of the letter's, or has it already."""
    numbers = given.numbers or {one.recipient.key: given.tracking for one in open_standings(letter)}
    for one in _chosen(letter, numbers):
        if one.has_it:
            raise Refusal(f"{one.recipient.name}已经送达，不需要再次送达", ARTICLE, field="to")
        _attempt(session, letter, one.recipient.key, given, numbers[one.recipient.key], actor, now)
    session.flush()


def settle(session: Session, letter: Letter, found: Finding, actor: Actor, now: datetime) -> None:
    """Enter what became of the last attempt for each chosen recipient.

    Who has the letter without any attempt of their own (a representative signed for all, an applicant fetched it on the web) gets
    one like the letter's last. Raises Refusal for a stranger, and for a day before the attempt.
    """
    chosen = found.to or {one.recipient.key for one in open_standings(letter)}
    for one in _chosen(letter, chosen):
        attempt = one.last
        if attempt is None:
            attempt = _attempt(session, letter, one.recipient.key, _like_the_last(letter, found.on), "", actor, now)
        if found.on < attempt.handed_on:
            raise Refusal(
                f"日期{found.on.isoformat()}早于发出日期{attempt.handed_on.isoformat()}",
                ARTICLE,
                field="on",
                do="请核对日期",
            )
        attempt.results.append(
            DeliveryResult(
                organ_id=letter.organ_id,
                outcome=found.outcome,
                on_=found.on,
                signed_by=found.signed_by.strip()[:60],
                reason=found.reason.strip()[:200],
                proof_id=found.proof.id if found.proof else None,
                entered_at=now,
                entered_by=actor.signature,
            )
        )
    session.flush()


def take_back(session: Session, letter: Letter, on: date, actor: Actor, now: datetime) -> None:
    """Enter that every delivery of the letter was entered by mistake: the attempts are on their way again."""
    for attempt in letter.attempts:
        if attempt.outcome is Outcome.DELIVERED:
            attempt.results.append(
                DeliveryResult(
                    organ_id=letter.organ_id,
                    outcome=Outcome.MISTAKEN,
                    on_=on,
                    signed_by="",
                    reason="",
                    entered_at=now,
                    entered_by=actor.signature,
                )
            )
    session.flush()


def _chosen(letter: Letter, keys: Collection[str]) -> list[Standing]:
    found = [one for one in standings(letter) if one.recipient.key in keys]
    if len(found) != len(keys) or not found:
        raise Refusal("请选择本文书的受送达人", ARTICLE, field="to")
    return found


def _attempt(
    session: Session, letter: Letter, key: str, given: Dispatch, tracking: str, actor: Actor, now: datetime
) -> DeliveryAttempt:
    attempt = DeliveryAttempt(
        organ_id=letter.organ_id,
        letter=letter,
        recipient=key,
        way=given.way,
        handed_on=given.on,
        handed_at=given.at,
        carrier=given.carrier.strip()[:60],
        tracking=tracking.strip(),
        proof_id=given.proof.id if given.proof else None,
        entered_at=now,
        entered_by=actor.signature,
    )
    session.add(attempt)
    return attempt


def _like_the_last(letter: Letter, on: date) -> Dispatch:
    if not letter.attempts:
        return Dispatch(DeliveryWay.ONLINE if not letter.way else DeliveryWay(letter.way), letter.sent_on or on)
    last = letter.attempts[-1]
    return Dispatch(last.channel, last.handed_on, carrier=last.carrier)
