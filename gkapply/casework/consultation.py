"""Asking third parties and other organs (征求意见), 条例第三十二条至第三十四条.

The question stops the clock from its sending to its earliest end: the opinion, the end of the term, the letter's return.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from gkapply.casework import ledger, notification
from gkapply.casework.access import Actor, system_in, visible_cases
from gkapply.casework.dating import Particulars, enter_fact
from gkapply.casework.entries import Document
from gkapply.casework.flow import fire
from gkapply.casework.papers import Consultation
from gkapply.casework.records import Case
from gkapply.clock import day_of
from gkapply.law.facts import FactKind
from gkapply.law.refusal import NotFound, Refusal, Stale
from gkapply.law.secrecy import refuse_secret_marks
from workflows.consultation import ConsultationState

THIRD_PARTY, CO_PRODUCER, ORGAN = "third_party", "co_producer", "organ"
PARTY_KINDS = {THIRD_PARTY: "第三方", CO_PRODUCER: "共同制作机关", ORGAN: "其他机关"}
OPINIONS = {"agree": "同意公开", "disagree": "不同意公开", "partly": "部分同意公开"}


@dataclass(frozen=True, slots=True)
class Question:
    """One party and what it is asked."""

    party_kind: str
    name: str
    address: str
    phone: str
    information: str
    reason: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a party says: a code of OPINIONS, its words, and for a partial consent what may be disclosed."""

    verdict: str
    text: str = ""
    parts: str = ""


def open_consultation(
    session: Session, uid: str, actor: Actor, *, for_step: bool = False, version: int | None = None
) -> Consultation:
    """The question with that uid on a case that the actor sees. Raises NotFound or Stale."""
    query = select(Consultation).join(Case, Consultation.case_id == Case.id)
    query = query.where(Consultation.uid == uid, visible_cases(actor))
    if for_step:
        query = query.with_for_update()
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("没有这件征求意见，或者您无权查看")
    if version is not None and version != found.version:
        raise Stale("这件征求意见在您打开页面之后已有变动，本次操作没有执行", do="请核对最新情况后再提交")
    return found


def ask(
    session: Session,
    question: Consultation,
    on: date,
    actor: Actor,
    now: datetime,
    *,
    proof: Document | None = None,
    by_link: bool = False,
) -> None:
    """The question was sent on ``on``: the clock stops from the next working day.

    ``by_link``: it went out as a one-time link, of which the system itself keeps the proof. Raises Refusal when
    something that a stop needs is missing (``workflows.consultation.stop_is_founded``).
    """
    fire(
        session,
        question,
        "ask",
        actor,
        now,
        detail={"on": on.isoformat(), "by_link": by_link},
        proof=proof is not None or by_link,
    )
    question.asked_on = on
    within = question.case.organ.office_settings().opinion_proof_within
    question.proof_due_on = question.case.calendar().add(on, within)
    organ = question.party_kind == ORGAN
    enter_fact(
        session,
        question.case,
        FactKind.THIRD_PARTY_ASKED if question.party_kind == THIRD_PARTY else FactKind.ORGAN_ASKED,
        on,
        actor,
        now,
        article=question.article,
        document=proof,
        particulars=Particulars(
            party=question.party,
            answer_within=question.answer_within if organ else None,
            co_producer=True if question.party_kind == CO_PRODUCER else None,
        ),
    )


def note_receipt(
    session: Session, question: Consultation, on: date, actor: Actor, now: datetime, *, proof: Document | None = None
) -> None:
    """The party got the question on ``on``: its term runs from there; of two proofs the earlier day counts.

    Raises Refusal for an impossible day.
    """
    if question.asked_on is None or not question.asked_on <= on <= day_of(now):
        raise Refusal("对方收到日期须在发出之后、不晚于今天", question.article, field="on")
    fire(session, question, "note_receipt", actor, now, detail={"on": on.isoformat()}, on=on)
    question.received_on = on
    question.opinion_due_on = question.case.calendar().add(on, question.answer_within)
    enter_fact(
        session,
        question.case,
        ledger.QUESTION_RECEIVED,
        on,
        actor,
        now,
        article=question.article,
        document=proof,
        particulars=Particulars(party=question.party),
    )


def answer(
    session: Session,
    question: Consultation,
    on: date,
    opinion: Opinion,
    actor: Actor,
    now: datetime,
    *,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """The party's opinion came in on ``on``; the stop ends that day, if it had not ended before.

    A refusal without reasons is one: whether it binds is the office's to weigh (条例第三十二条). Raises Refusal.
    """
    if opinion.verdict not in OPINIONS:
        raise Refusal("请登记对方同意、不同意还是部分同意公开", question.article, field="opinion")
    if opinion.verdict == "partly" and not opinion.parts.strip():
        raise Refusal("部分同意公开的，须写明同意公开哪些内容", question.article, field="parts")
    for field, text in (("text", opinion.text), ("parts", opinion.parts)):
        refuse_secret_marks(text, field=field)
    if question.asked_on is None or not question.asked_on <= on <= day_of(now):
        raise Refusal("收到意见的日期须在发出之后、不晚于今天", question.article, field="on")
    late = question.state is not ConsultationState.ASKED
    fire(
        session,
        question,
        "answer_late" if late else "answer",
        actor,
        now,
        detail={"on": on.isoformat(), "opinion": opinion.verdict},
    )
    question.answered_on, question.opinion = on, opinion.verdict
    question.opinion_text, question.opinion_parts = opinion.text.strip(), opinion.parts.strip()
    question.weighed = question.weighing = ""
    fire(session, question.case, "hear_opinion", actor, now)
    enter_fact(
        session,
        question.case,
        _answered(question) if question.case.ended_on is None else ledger.LATE_OPINION,
        on,
        actor,
        now,
        article=question.article,
        particulars=Particulars(party=question.party),
        detail={"opinion": opinion.verdict, **(detail or {})},
    )


def come_back(session: Session, question: Consultation, on: date, actor: Actor, now: datetime) -> None:
    """The question came back undelivered on ``on``: the stop ends that day."""
    fire(session, question, "come_back", actor, now, detail={"on": on.isoformat()})
    question.returned_on = on
    fire(session, question.case, "hear_opinion", actor, now)
    enter_fact(
        session,
        question.case,
        ledger.QUESTION_RETURNED,
        on,
        actor,
        now,
        article=question.article,
        particulars=Particulars(party=question.party),
    )


def withdraw(session: Session, question: Consultation, reason: str, actor: Actor, now: datetime) -> None:
    """The office needs the opinion no longer: the stop ends today. Raises Refusal without a reason."""
    if not reason.strip():
        raise Refusal("请写明撤回征求意见的理由", question.article, field="reason")
    refuse_secret_marks(reason, field="reason")
    today = day_of(now)
    fire(session, question, "withdraw", actor, now, detail={"on": today.isoformat()})
    question.withdrawn_on, question.withdraw_reason = today, reason.strip()
    fire(session, question.case, "hear_opinion", actor, now)
    enter_fact(
        session,
        question.case,
        ledger.QUESTION_WITHDRAWN,
        today,
        actor,
        now,
        article=question.article,
        particulars=Particulars(party=question.party),
    )


def fall_silent(session: Session, question: Consultation, now: datetime) -> None:
    """The term is over and nothing was said: time takes the step. The clock had already gone on by itself."""
    actor = system_in(question.organ_id)
    fire(session, question, "fall_silent", actor, now)
    if question.party_kind == CO_PRODUCER:
        question.opinion = "agree"
        question.opinion_text = "逾期未提出意见，依照条例第三十四条视为同意公开"
    fire(session, question.case, "hear_opinion", actor, now)
    _tell_of_silence(session, question, now)


def _tell_of_silence(session: Session, question: Consultation, now: datetime) -> None:
    case = question.case
    if case.officer_id is not None:
        officer = [case.officer_id]
        notification.tell(
            session,
            case.organ_id,
            officer,
            kind="opinion_silent",
            key=question.uid,
            now=now,
            case=case,
            party=question.party,
        )


def overdue_questions(session: Session, today: date) -> list[str]:
    """Uids of the questions whose term is over and whose silence has not been entered yet."""
    query = (
        select(Consultation.uid)
        .join(Case, Consultation.case_id == Case.id)
        # The state stands in the statement as in the index, so that SQLite, too, reads the open questions alone.
        .where(
            literal_column("consultation.state") == literal_column("'asked'"),
            Consultation.opinion_due_on < today,
            Case.archived_on.is_(None),
        )
    )
    return list(session.scalars(query.order_by(Consultation.id)))


def _answered(question: Consultation) -> FactKind:
    return FactKind.THIRD_PARTY_ANSWERED if question.party_kind == THIRD_PARTY else FactKind.ORGAN_ANSWERED
