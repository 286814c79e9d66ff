"""Sending letters and proving their delivery (送达), and what each sent letter means for the clocks.

``replied_on`` decides whether the reply was in time: the day handed to the post (交邮之日), the day signed for, the day of
sending online. ``delivered_on`` starts the terms of the remedies. The two are never confused (国办公开办函〔2016〕235号).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework import consultation, dispute, excess, fee, ledger, notices, people_data, transfer, turning_public
from gkapply.casework.access import Actor
from gkapply.casework.dating import Particulars, enter_fact, redate
from gkapply.casework.flow import fire
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.records import Case, Document
from gkapply.clock import day_of
from gkapply.law.annual_report import row_of_case
from gkapply.law.facts import FactKind
from gkapply.law.fees import FEE_ARTICLE
from gkapply.law.letters import INQUIRIES, Addressee, LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.replies import reply_kind
from workflows.consultation import ConsultationState

POST, HAND, ONLINE = "post", "hand", "online"
WAYS = {POST: "邮寄（邮政）", HAND: "当面送达", ONLINE: "网上送达"}
"""Only 邮政企业 may carry an organ's letters (《邮政法》第五十五条); no other courier can be chosen."""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """How a letter left: the way, the legal day, the post's number, the proof."""

    way: str
    on: date
    tracking: str = ""
    proof: Document | None = None


def send(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    """Enter that the letter left the office, with everything that follows for its case.

    Raises Refusal for a day before the signature or in the future, for a post without its number, for online delivery that
    the applicant did not choose, and whatever the law refuses about the day.
    """
    _check_dispatch(letter, dispatch, day_of(now))
    if dispatch.way == ONLINE:
        _require_online(session, letter)
    first_time = letter.sent_on is None
    letter.way, letter.sent_on, letter.tracking = dispatch.way, dispatch.on, dispatch.tracking.strip()
    letter.proof = dispatch.proof
    fire(
        session,
        letter,
        "send",
        actor,
        now,
        detail={"way": dispatch.way, "on": dispatch.on.isoformat(), "file": letter.file_sha},
        on=dispatch.on,
    )
    if first_time:
        effect = _reply_is_sent if LetterKind(letter.kind).ends_case else _EFFECTS.get(LetterKind(letter.kind))
        if effect is not None:
            effect(session, letter, dispatch, actor, now)
    if dispatch.way == HAND:
        note_delivery(session, letter, dispatch.on, dispatch.proof, actor, now)
    if dispatch.way == ONLINE and _to_applicant(letter):
        notices.tell(session, letter.case, notices.LETTER_WAITS, letter.uid, now)


def note_delivery(
    session: Session, letter: Letter, on: date, proof: Document | None, actor: Actor, now: datetime
) -> None:
    """Enter the day on which the addressee got the letter; terms of others run from it.

    Raises Refusal for a day before the sending or in the future.
    """
    if letter.sent_on is not None and not letter.sent_on <= on <= day_of(now):
        raise Refusal(
            f"送达日期须在发出日期{letter.sent_on.isoformat()}至今天之间", "国办公开办函〔2016〕235号", field="on"
        )
    letter.delivered_on = on
    letter.proof = proof or letter.proof
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


def come_back(session: Session, letter: Letter, on: date, proof: Document | None, actor: Actor, now: datetime) -> None:
    """Enter that the post brought the letter back. A reply's ``replied_on`` stands; a question's stop ends that day."""
    if letter.sent_on is not None and not letter.sent_on <= on <= day_of(now):
        raise Refusal(f"退回日期须在发出日期{letter.sent_on.isoformat()}至今天之间", field="on")
    letter.proof = proof or letter.proof
    fire(session, letter, "come_back", actor, now, detail={"on": on.isoformat()})
    question = _waiting_question(letter)
    if question is not None:
        consultation.come_back(session, question, on, actor, now)


def _waiting_question(letter: Letter) -> Consultation | None:
    """The question that this letter carried, while its party has not answered, fallen silent or been missed."""
    question = letter.consultation if letter.kind in INQUIRIES else None
    return question if question is not None and question.state is ConsultationState.ASKED else None


def _check_dispatch(letter: Letter, dispatch: Dispatch, today: date) -> None:
    if dispatch.way not in WAYS:
        raise Refusal("送达方式只能是邮寄（邮政）、当面或网上", "《邮政法》第五十五条", field="way")
    if dispatch.on > today:
        raise Refusal("发出日期不能晚于今天", field="on")
    if letter.signed_on is not None and dispatch.on < letter.signed_on:
        raise Refusal(f"发出日期早于签发日期{letter.signed_on.isoformat()}", field="on", do="请核对日期")
    if dispatch.way == POST and not dispatch.tracking.strip():
        raise Refusal("邮寄须登记邮政编号（给据邮件号码）", "国办公开办函〔2016〕235号", field="tracking")
    if dispatch.way == ONLINE and dispatch.on != today:
        raise Refusal("网上送达的日期就是今天", field="on")


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


def _correction_is_asked(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    case = letter.case
    fire(session, case, "ask_correction", actor, now, on=dispatch.on, override=letter.field("override"))
    enter_fact(
        session,
        case,
        FactKind.CORRECTION_ASKED,
        dispatch.on,
        actor,
        now,
        article="条例第三十条",
        document=dispatch.proof,
        particulars=Particulars(answer_within=letter.field("answer_within"), override=letter.field("override")),
    )


def _extension_is_told(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    case, working_days = letter.case, letter.field("working_days")
    fire(session, case, "extend", actor, now)
    enter_fact(
        session,
        case,
        FactKind.EXTENSION,
        letter.signed_on or dispatch.on,
        actor,
        now,
        article="条例第三十三条第二款",
        document=dispatch.proof,
        particulars=Particulars(working_days=working_days, told_on=dispatch.on),
    )


def _question_is_asked(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    if letter.consultation is not None:
        fire(session, letter.case, "ask_opinion", actor, now)
        by_link = dispatch.way == ONLINE
        consultation.ask(session, letter.consultation, dispatch.on, actor, now, proof=dispatch.proof, by_link=by_link)
        if by_link:
            notices.send_link(session, letter.consultation, now)


def _explanation_is_asked(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    excess.explanation_is_asked(session, letter, dispatch.on, dispatch.proof, actor, now)


def _delay_is_told(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    excess.delay_is_told(session, letter, dispatch.on, dispatch.proof, actor, now)


def _fee_is_noticed(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    fee.fee_is_noticed(session, letter, dispatch.on, dispatch.proof, actor, now)


def _reply_is_sent(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    """Every request that the letter answers is answered: each has its day, the end of its clock, its row of the report."""
    for case in letter.cases:
        _is_answered(session, case, letter, dispatch, actor, now)


def _is_answered(session: Session, case: Case, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    detail = {"on": dispatch.on.isoformat(), "way": dispatch.way}
    fire(session, case, "dispatch_reply", actor, now, detail=detail, on=dispatch.on)
    case.replied_on = case.ended_on = dispatch.on
    enter_fact(
        session,
        case,
        FactKind.REPLIED,
        dispatch.on,
        actor,
        now,
        article="条例第三十三条",
        document=dispatch.proof,
        detail={"number": letter.number, "file": letter.file_sha, "way": dispatch.way},
    )
    set_report_row(case)
    turning_public.propose_after_reply(session, case, now)


def set_report_row(case: Case) -> None:
    """Fix the one row of table 三 in which the case counts, with the rule that chose it; 更正申请 counts in none."""
    rows = [reply_kind(item.outcome).row for item in case.items if item.outcome]
    counted = [row for row in rows if row is not None]
    if counted:
        case.report_row, case.report_reason = row_of_case(counted)
    redate(case)


def _entrustment_is_told(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    article = LetterKind.ENTRUSTMENT_NOTICE.basis
    on, proof = dispatch.on, dispatch.proof
    enter_fact(session, letter.case, ledger.ENTRUSTED, on, actor, now, article=article, document=proof)


def _request_is_transferred(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    transfer.arrive(session, letter, dispatch.on)


_Effect = Callable[[Session, Letter, Dispatch, Actor, datetime], None]


def _defence_is_sent(session: Session, letter: Letter, dispatch: Dispatch, actor: Actor, now: datetime) -> None:
    dispute.defence_is_sent(session, letter, dispatch.on, actor, now)


_EFFECTS: dict[LetterKind, _Effect] = {
    **dict.fromkeys((LetterKind.REVIEW_DEFENCE, LetterKind.SUIT_DEFENCE), _defence_is_sent),
    LetterKind.CORRECTION_NOTICE: _correction_is_asked,
    LetterKind.EXTENSION_NOTICE: _extension_is_told,
    LetterKind.ENTRUSTMENT_NOTICE: _entrustment_is_told,
    LetterKind.TRANSFER_NOTICE: _request_is_transferred,
    **dict.fromkeys(INQUIRIES, _question_is_asked),
    LetterKind.EXPLANATION_NOTICE: _explanation_is_asked,
    LetterKind.DELAY_NOTICE: _delay_is_told,
    LetterKind.FEE_NOTICE: _fee_is_noticed,
}
"""What a sent letter means for its case; kinds that change no date have no entry."""
_RECEIVED: dict[LetterKind, tuple[str, str]] = {
    LetterKind.CORRECTION_NOTICE: (ledger.NOTICE_RECEIVED, "条例第三十条"),
    LetterKind.EXPLANATION_NOTICE: (ledger.EXPLANATION_NOTICE_RECEIVED, excess.ARTICLE),
    LetterKind.FEE_NOTICE: (ledger.FEE_NOTICE_RECEIVED, FEE_ARTICLE),
}
"""The fact that begins a term of the applicant, for the letters whose receipt begins one."""
