"""Asking third parties and other organs (征求意见), 条例第三十二条至第三十四条.

The question stops the clock from its sending to its earliest end: the opinion, the end of the term, the letter's return.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from gkapply.casework import ledger, letterbook, notification
from gkapply.casework.access import Actor, system_in, visible_cases
from gkapply.casework.dating import Particulars, enter_fact
from gkapply.casework.flow import fire
from gkapply.casework.journal import canonical
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.records import Case, Document
from gkapply.casework.services import ring
from gkapply.clock import day_of
from gkapply.law.facts import FactKind
from gkapply.law.letters import LetterKind
from gkapply.law.periods import PeriodName, period
from gkapply.law.refusal import NotFound, Refusal, Stale

THIRD_PARTY, CO_PRODUCER, ORGAN = "third_party", "co_producer", "organ"
PARTY_KINDS = {THIRD_PARTY: "第三方", CO_PRODUCER: "共同制作机关", ORGAN: "其他机关"}
OPINIONS = {"agree": "同意公开", "disagree": "不同意公开"}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of whom, and why its opinion is needed."""

    party_kind: str
    name: str
    address: str
    phone: str
    information: str
    reason: str


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


def propose(session: Session, case: Case, question: Question, actor: Actor, now: datetime) -> tuple[Letter, Letter]:
    """Draft the question and both letters: 第三方意见征求书 to the party, 征求意见告知书 to the applicant.

    The applicant's name is in neither the question nor the letter to the party. Raises Refusal for an empty field or an
    unknown kind of party.
    """
    fire(session, case, "propose_opinion", actor, now)
    if question.party_kind not in PARTY_KINDS:
        raise Refusal("请选择征求意见的对象是第三方、共同制作机关还是其他机关", field="party_kind")
    for name, label in (("name", "对方名称"), ("information", "所涉信息"), ("reason", "征求意见的理由")):
        if not getattr(question, name).strip():
            raise Refusal(f"请填写{label}", "条例第三十二条", field=name)
    ordinal = len(case.consultations) + 1
    uid = uuid4().hex
    sealed = canonical({"address": question.address.strip(), "phone": question.phone.strip()})
    one = Consultation(
        uid=uid,
        organ_id=case.organ_id,
        case=case,
        ordinal=ordinal,
        version=0,
        party_kind=question.party_kind,
        party=f"P{ordinal}",
        name=question.name.strip(),
        sealed=ring(session).seal(sealed.encode(), f"consultation.sealed.{uid}"),
        information=question.information.strip(),
        reason=question.reason.strip(),
        answer_within=_term(case, question.party_kind, day_of(now)),
    )
    session.add(one)
    session.flush()
    fire(session, one, "propose", actor, now, detail={"party": one.party, "party_kind": one.party_kind})
    inquiry = letterbook.draft(session, case, LetterKind.THIRD_PARTY_INQUIRY, {}, actor, now, consultation=one)
    notice = letterbook.draft(session, case, LetterKind.INQUIRY_NOTICE, {}, actor, now, consultation=one)
    return inquiry, notice


def ask(
    session: Session, question: Consultation, on: date, actor: Actor, now: datetime, *, proof: Document | None = None
) -> None:
    """The question was sent on ``on``: the clock stops from the next working day."""
    question.asked_on = on
    fire(session, question, "ask", actor, now, detail={"on": on.isoformat()})
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
    """The party got the question on ``on``: its term runs from there. Raises Refusal for an impossible day."""
    if question.asked_on is None or not question.asked_on <= on <= day_of(now):
        raise Refusal("对方收到日期须在发出之后、不晚于今天", question.article, field="on")
    fire(session, question, "note_receipt", actor, now, detail={"on": on.isoformat()})
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
    session: Session, question: Consultation, on: date, opinion: str, text: str, actor: Actor, now: datetime
) -> None:
    """The party's opinion came in on ``on``; the stop ends that day, if it had not ended before.

    A refusal of a third party needs its reasons, since it binds only with good ones (条例第三十二条). Raises Refusal.
    """
    if opinion not in OPINIONS:
        raise Refusal("请登记对方同意还是不同意公开", question.article, field="opinion")
    if opinion == "disagree" and not text.strip():
        raise Refusal("不同意公开的须记明理由", question.article, field="text")
    if question.asked_on is None or not question.asked_on <= on <= day_of(now):
        raise Refusal("收到意见的日期须在发出之后、不晚于今天", question.article, field="on")
    late = question.state.value in ("silent", "returned")
    fire(
        session,
        question,
        "answer_late" if late else "answer",
        actor,
        now,
        detail={"on": on.isoformat(), "opinion": opinion},
    )
    question.answered_on, question.opinion, question.opinion_text = on, opinion, text.strip()
    fire(session, question.case, "hear_opinion", actor, now)
    enter_fact(
        session,
        question.case,
        _answered(question),
        on,
        actor,
        now,
        article=question.article,
        particulars=Particulars(party=question.party),
        detail={"opinion": opinion},
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


def _term(case: Case, party_kind: str, on: date) -> int:
    """Working days for the opinion: statutory for third parties and co-producers, the office's own for other organs."""
    if party_kind == ORGAN:
        return case.clock_settings().organ_answer
    name = PeriodName.THIRD_PARTY_OPINION if party_kind == THIRD_PARTY else PeriodName.CO_PRODUCER_OPINION
    return period(name, on).amount


def _answered(question: Consultation) -> FactKind:
    return FactKind.THIRD_PARTY_ANSWERED if question.party_kind == THIRD_PARTY else FactKind.ORGAN_ANSWERED
