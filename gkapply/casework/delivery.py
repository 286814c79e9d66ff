"""Sending letters and proving their delivery (送达): the one door through which the delivery ledger is written.

``replied_on`` decides whether the reply was in time: the day handed to the post (交邮之日), the day signed for, the day of
sending online. ``delivered_on`` starts the terms of the remedies. The two are never confused (国办公开办函〔2016〕235号).
"""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework import consultation, delivery_ledger, excess, ledger, notices, people_data, sent_letters, unproved
from gkapply.casework.access import Actor
from gkapply.casework.dating import enter_fact
from gkapply.casework.delivery_ledger import Dispatch, Finding
from gkapply.casework.entries import Document
from gkapply.casework.flow import fire
from gkapply.casework.message_kinds import Kind
from gkapply.casework.papers import Consultation, Letter
from gkapply.clock import day_of
from gkapply.law.delivery_ways import ARTICLE, DeliveryWay, Outcome
from gkapply.law.fees import FEE_ARTICLE
from gkapply.law.letters import INQUIRIES, Addressee, LetterKind
from gkapply.law.refusal import Refusal
from workflows.consultation import ConsultationState

POST, HAND, ONLINE = DeliveryWay.POST, DeliveryWay.HAND, DeliveryWay.ONLINE
WAYS = {way.value: way.label for way in DeliveryWay}
"""Only 邮政企业 may carry an organ's letters (《邮政法》第五十五条); no other courier can be chosen."""


def send(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    """Enter that the letter left the office, with everything that follows for its case.

    Raises Refusal for a day before the signature or in the future, for a post without its number, for online delivery that
    the applicant did not choose, and whatever the law refuses about the day.
    """
    _require_lawful(session, letter, dispatch, day_of(now))
    first_time = letter.sent_on is None
    letter.sent_on = dispatch.on
    _note_way(letter, dispatch)
    fire(
        session,
        letter,
        "send",
        actor,
        now,
        detail={
            "way": dispatch.way,
            "on": dispatch.on.isoformat(),
            "file": letter.file_sha,
            "scan": letter.sealed_sha,
        },
        on=dispatch.on,
    )
    delivery_ledger.hand_over(session, letter, dispatch, actor, now)
    if first_time:
        sent_letters.take_effect(session, letter, dispatch, actor, now)
    _handed_over(session, letter, dispatch, actor, now)


def send_again(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    """Enter a further attempt while the letter is out: for another recipient, or because the last one is not heard of.

    The day of the reply stays that of the first sending. Raises Refusal like ``send``.
    """
    _require_lawful(session, letter, dispatch, day_of(now))
    _note_way(letter, dispatch)
    fire(session, letter, "send_again", actor, now, detail={"way": dispatch.way, "on": dispatch.on.isoformat()})
    delivery_ledger.hand_over(session, letter, dispatch, actor, now)
    _handed_over(session, letter, dispatch, actor, now)


def note_delivery(
    session: Session,
    letter: Letter,
    on: date,
    proof: Document | None,
    actor: Actor,
    now: datetime,
    *,
    to: Collection[str] = (),
    signed_by: str = "",
) -> None:
    """Enter the day on which the recipients ``to`` (empty: all who are open) got the letter; with the last, it is delivered.

    Terms of others run from the day on which everybody has it. Raises Refusal for a day before the sending or in the future.
    """
    _require_day(letter, on, day_of(now), "送达日期")
    _require_announced(letter, on, to)
    letter.proof = proof or letter.proof
    found = Finding(Outcome.DELIVERED, on, proof, to, signed_by)
    delivery_ledger.settle(session, letter, found, actor, now)
    if delivery_ledger.open_standings(letter):
        fire(session, letter, "note_result", actor, now, detail={"on": on.isoformat(), "outcome": Outcome.DELIVERED})
        return
    days = [one.delivered_on for one in delivery_ledger.standings(letter) if one.delivered_on is not None]
    _is_delivered(session, letter, max(days, default=on), proof, actor, now)


def _is_delivered(
    session: Session, letter: Letter, on: date, proof: Document | None, actor: Actor, now: datetime
) -> None:
    """Every recipient has the letter."""
    letter.delivered_on = on
    fire(session, letter, "note_delivery", actor, now, detail={"on": on.isoformat()})
    kind, case = LetterKind(letter.kind), letter.case
    if kind.ends_case:
        for one in letter.cases:
            fire(session, one, "note_delivery", actor, now, detail={"on": on.isoformat()})
            one.delivered_on = on
            enter_fact(session, one, ledger.REPLY_DELIVERED, on, actor, now, document=proof)
    elif kind in _RECEIVED:
        fact, article = _RECEIVED[kind]
        enter_fact(session, case, fact, on, actor, now, document=proof, article=article)
    question = _waiting_question(letter)
    # The receipt may have been noted with the question itself, before the slip of its letter came.
    # A slip that proves an earlier day than the link's first opening prevails.
    if question is not None and (question.received_on is None or on < question.received_on):
        consultation.note_receipt(session, question, on, actor, now, proof=proof)


def come_back(
    session: Session,
    letter: Letter,
    on: date,
    proof: Document | None,
    actor: Actor,
    now: datetime,
    *,
    to: Collection[str] = (),
    outcome: Outcome = Outcome.RETURNED,
    reason: str = "",
) -> None:
    """Enter that an attempt failed: the post brought it back, it was refused, or nobody could be found.

    A reply's ``replied_on`` stands; a question's stop ends that day. While another recipient has the letter or it is on its way
    to one, the letter stays sent. Raises Refusal for a day before the sending or in the future.
    """
    _require_day(letter, on, day_of(now), "退回日期")
    letter.proof = proof or letter.proof
    found = Finding(outcome, on, proof, to, reason=reason)
    delivery_ledger.settle(session, letter, found, actor, now)
    unproved.tell_of_return(session, letter, on, now)
    if any(one.has_it or one.on_the_way for one in delivery_ledger.standings(letter)):
        fire(session, letter, "note_result", actor, now, detail={"on": on.isoformat(), "outcome": outcome})
        return
    fire(session, letter, "come_back", actor, now, detail={"on": on.isoformat(), "outcome": outcome})
    question = _waiting_question(letter)
    if question is not None:
        consultation.come_back(session, question, on, actor, now)


def _waiting_question(letter: Letter) -> Consultation | None:
    """The question that this letter carried, while its party has not answered, fallen silent or been missed."""
    question = letter.consultation if letter.kind in INQUIRIES else None
    return question if question is not None and question.state is ConsultationState.ASKED else None


def _note_way(letter: Letter, dispatch: Dispatch) -> None:
    """The letter's own columns repeat the attempt that was made last."""
    numbers = list((dispatch.numbers or {}).values())
    letter.way = dispatch.way
    letter.tracking = (dispatch.tracking or (numbers[0] if numbers else "")).strip()
    letter.proof = dispatch.proof


def _handed_over(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    """What follows from the way: whom it was handed to has it, and whoever is to fetch it or to find it in the post is told."""
    if dispatch.way.at_once:
        to = tuple(dispatch.numbers or ())
        note_delivery(session, letter, dispatch.on, dispatch.proof, actor, now, to=to, signed_by=dispatch.signed_by)
    if dispatch.way in (ONLINE, POST) and _to_applicant(letter):
        notices.tell(session, letter.case, Kind.LETTER_WAITS, letter.uid, now)


def _require_lawful(session: Session, letter: Letter, dispatch: Dispatch, today: date) -> None:
    """Raises Refusal for what is missing or not allowed."""
    way = dispatch.way
    if dispatch.on > today:
        raise Refusal("发出日期不能晚于今天", field="on")
    if letter.signed_on is not None and dispatch.on < letter.signed_on:
        raise Refusal(f"发出日期早于签发日期{letter.signed_on.isoformat()}", field="on", do="请核对日期")
    numbers = (dispatch.numbers or {"": dispatch.tracking}).values()
    if way.numbered and not all(number.strip() for number in numbers):
        raise Refusal("邮寄须登记邮政编号（给据邮件号码）", ARTICLE, field="tracking")
    if way is ONLINE and dispatch.on != today:
        raise Refusal("网上送达的日期就是今天", field="on")
    if way is DeliveryWay.ANNOUNCED:
        _require_unreachable(letter, dispatch)
    if way.witnessed and dispatch.proof is None:
        raise Refusal(f"{way.label}须上传见证、拍照录像或者公告的凭证", way.basis, field="proof")
    if way is ONLINE:
        _require_online(session, letter)


def _to_applicant(letter: Letter) -> bool:
    return LetterKind(letter.kind).addressee is Addressee.APPLICANT


def _require_online(session: Session, letter: Letter) -> None:
    """Raises Refusal unless the applicant chose the web, or the consulted party can be sent its link by mail."""
    if _to_applicant(letter):
        if any(one.way != "online" for one in letter.cases):
            raise Refusal(
                "只有申请人选择网上获取的，才能网上送达", "条例第四十条", field="way", do="请改用邮寄或当面送达"
            )
        return
    question = letter.consultation if letter.kind in INQUIRIES else None
    if question is None or not question.link_hash or not people_data.party_contact(session, question).get("email"):
        raise Refusal(
            "只有登记了电子邮箱，并登记了联系电话或者统一社会信用代码的征求意见对象，才能网上送达",
            letter.consultation.article if letter.consultation else "条例第四十条",
            field="way",
            do="请改用邮寄或当面送达",
        )


def _require_unreachable(letter: Letter, dispatch: Dispatch) -> None:
    """Raises Refusal unless the office allows announcements and every recipient was tried in vain."""
    basis = DeliveryWay.ANNOUNCED.basis
    if not letter.case.office_settings().announcement_service:
        raise Refusal("本机关没有启用公告送达", basis, field="way", do="确需采用的，请在本机关设置中启用")
    chosen = [
        one
        for one in delivery_ledger.open_standings(letter)
        if not dispatch.numbers or one.recipient.key in dispatch.numbers
    ]
    if not all(one.came_back for one in chosen):
        raise Refusal("其他方式无法送达的，才能公告送达", basis, field="way", do="请先登记退件、拒收或者无法送达")


def _require_announced(letter: Letter, on: date, to: Collection[str]) -> None:
    """Raises Refusal while the days of an announcement have not passed."""
    days = letter.case.office_settings().announcement_days
    for one in delivery_ledger.open_standings(letter):
        chosen = not to or one.recipient.key in to
        if chosen and one.last is not None and one.last.channel is DeliveryWay.ANNOUNCED:
            through = date.fromordinal(one.last.handed_on.toordinal() + days)
            if on < through:
                raise Refusal(
                    f"自公告之日起经过{days}日，即{through.isoformat()}，才视为送达",
                    DeliveryWay.ANNOUNCED.basis,
                    field="on",
                )


def _require_day(letter: Letter, on: date, today: date, label: str) -> None:
    begun = min((one.handed_on for one in letter.attempts), default=letter.sent_on)
    if begun is not None and not begun <= on <= today:
        raise Refusal(f"{label}须在发出日期{begun.isoformat()}至今天之间", ARTICLE, field="on")


_RECEIVED: dict[LetterKind, tuple[str, str]] = {
    LetterKind.CORRECTION_NOTICE: (ledger.NOTICE_RECEIVED, "条例第三十条"),
    LetterKind.EXPLANATION_NOTICE: (ledger.EXPLANATION_NOTICE_RECEIVED, excess.ARTICLE),
    LetterKind.FEE_NOTICE: (ledger.FEE_NOTICE_RECEIVED, FEE_ARTICLE),
}
"""The fact that begins a term of the applicant, for the letters whose receipt begins one."""
