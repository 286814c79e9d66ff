"""Requests whose number or frequency is excessive (条例第三十五条): counted, explained, judged, delayed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from gkapply.casework import ledger, letterbook
from gkapply.casework.access import Actor
from gkapply.casework.branches import VERDICTS
from gkapply.casework.dating import Particulars, enter_fact, reckoning
from gkapply.casework.documents import Upload, add_document, as_file
from gkapply.casework.entries import Document
from gkapply.casework.fee_working import counts_as_request
from gkapply.casework.flow import fire
from gkapply.casework.papers import Letter
from gkapply.casework.records import Applicant, Case
from gkapply.casework.reply import add_note
from gkapply.clock import day_of
from gkapply.law.case_kinds import CaseKind
from gkapply.law.facts import FactKind
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks
from gkapply.letters.notation import chinese_date

ARTICLE = "条例第三十五条"
LONGEST_ANSWER = 60
PAPER, VERDICT_NOTE = "explanation", "explanation_judged"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many requests of one applicant the organ received: in the month, in twelve months, on the fullest day."""

    since: date
    until: date
    in_month: int
    in_year: int
    most_on_a_day: int
    fullest_day: date | None

    @property
    def words(self) -> str:
        """The counts as a letter says them."""
        said = f"{self.in_year}件"
        if self.fullest_day is not None and self.most_on_a_day > 1:
            said += f"，其中{chinese_date(self.fullest_day)}一日{self.most_on_a_day}件"
        return said

    @property
    def period(self) -> str:
        """The period as a letter says it."""
        return f"{chinese_date(self.since)}至{chinese_date(self.until)}"


def counts_of(session: Session, case: Case, today: date) -> Counts:
    """The requests of the case's applicant, met by their identity; without an identity number this case alone."""
    since = (today - timedelta(364)) if today.month != 2 or today.day != 29 else today - timedelta(365)
    mine: ColumnElement[bool] = Case.id == case.id
    if case.applicant.person_id is not None:
        mine = and_(Applicant.person_id == case.applicant.person_id, Case.organ_id == case.organ_id)
    query = (
        select(Case.received_on, func.count())
        .join(Applicant, and_(Applicant.case_id == Case.id, Applicant.ordinal == 1))
        .where(
            mine,
            Case.kind == CaseKind.APPLICATION,
            counts_as_request(),
            Case.received_on >= since,
            Case.received_on <= today,
        )
        .group_by(Case.received_on)
    )
    by_day = [(on, number) for on, number in session.execute(query) if on is not None]
    fullest = max(by_day, key=lambda day: (day[1], day[0]), default=(None, 0))
    return Counts(
        since=since,
        until=today,
        in_month=sum(number for on, number in by_day if (on.year, on.month) == (today.year, today.month)),
        in_year=sum(number for _, number in by_day),
        most_on_a_day=fullest[1],
        fullest_day=fullest[0],
    )


def ask_by(case: Case) -> date | None:
    """The day by which the office sets itself to ask for an explanation; later it is warned, not stopped."""
    if case.received_on is None:
        return None
    return case.calendar().add(case.received_on, case.organ.office_settings().explanation_ask_within)


def explanation_fields(counts_text: str, period_text: str, answer_within: int) -> dict[str, Any]:
    """The 说明理由告知书 as its author's fields. Raises Refusal when it says too little, or an impossible term."""
    for name, text, label in (("counts_text", counts_text, "件数和频次"), ("period_text", period_text, "起止时段")):
        if not text.strip():
            raise Refusal(f"请填写{label}", ARTICLE, field=name)
        refuse_secret_marks(text, field=name)
    if not 1 <= answer_within <= LONGEST_ANSWER:
        raise Refusal(f"说明理由的期限须为1至{LONGEST_ANSWER}个工作日", ARTICLE, field="answer_within")
    return {"counts_text": counts_text.strip(), "period_text": period_text.strip(), "answer_within": answer_within}


def propose_explanation(session: Session, case: Case, fields: dict[str, Any], actor: Actor, now: datetime) -> Letter:
    """Draft the 说明理由告知书 from ``explanation_fields``. Raises Refusal when it was asked before."""
    fire(session, case, "propose_explanation", actor, now)
    return letterbook.draft(session, case, LetterKind.EXPLANATION_NOTICE, fields, actor, now)


def explanation_is_asked(
    session: Session, letter: Letter, on: date, proof: Document | None, actor: Actor, now: datetime
) -> None:
    """The notice left: the case waits for the applicant, the clock does not."""
    case = letter.case
    fire(session, case, "ask_explanation", actor, now)
    within = Particulars(answer_within=letter.field("answer_within"))
    enter_fact(
        session, case, ledger.EXPLANATION_ASKED, on, actor, now, article=ARTICLE, document=proof, particulars=within
    )


def submit_explanation(
    session: Session, case: Case, text: str, upload: Upload | None, actor: Actor, now: datetime
) -> None:
    """The applicant gives the reasons on the page that the query code opened. Raises Refusal when there are none."""
    _take_explanation(session, case, "submit_explanation", day_of(now), text, upload, actor, now)


def receive_explanation(
    session: Session, case: Case, on: date, text: str, upload: Upload | None, actor: Actor, now: datetime
) -> None:
    """The reasons came in on ``on``. Raises Refusal for an impossible day, and when there are none."""
    asked = case.explanation_asked_on
    if on > day_of(now) or (asked is not None and on < asked):
        raise Refusal("收到理由说明的日期须在发出告知书之后、不晚于今天", ARTICLE, field="on")
    _take_explanation(session, case, "receive_explanation", on, text, upload, actor, now)


def _take_explanation(
    session: Session,
    case: Case,
    trigger: str,
    on: date,
    text: str,
    upload: Upload | None,
    actor: Actor,
    now: datetime,
) -> None:
    if not text.strip() and upload is None:
        raise Refusal("请写明申请的理由，或者上传说明材料", ARTICLE, field="text")
    refuse_secret_marks(text, field="text")
    fire(session, case, trigger, actor, now, detail={"on": on.isoformat()})
    paper = upload or as_file(text, "理由说明")
    document = add_document(session, case, PAPER, paper, on, actor, now, text=text.strip())
    enter_fact(session, case, ledger.EXPLANATION_RECEIVED, on, actor, now, article=ARTICLE, document=document)


def judge_explanation(session: Session, case: Case, verdict: str, reason: str, actor: Actor, now: datetime) -> None:
    """The head finds the reasons good or not, saying why; also where the term passed without any.

    Raises Refusal without a verdict or a reason, and before the applicant's term is over.
    """
    if verdict not in VERDICTS:
        raise Refusal("请认定申请理由合理还是不合理", ARTICLE, field="verdict")
    if not reason.strip():
        raise Refusal("认定须说明理由", ARTICLE, field="reason")
    refuse_secret_marks(reason, field="reason")
    fire(session, case, "judge_explanation", actor, now, detail={"verdict": verdict})
    today = day_of(now)
    add_note(session, case, VERDICT_NOTE, {"how": VERDICTS[verdict], "text": reason.strip()}, today, actor, now)
    enter_fact(
        session, case, ledger.EXPLANATION_JUDGED, today, actor, now, article=ARTICLE, detail={"verdict": verdict}
    )


def delay_fields(until: date, reason: str) -> dict[str, Any]:
    """The 延迟答复告知书 as its author's fields. Raises Refusal without a reason."""
    if not reason.strip():
        raise Refusal("延迟答复须说明无法按期答复的理由", ARTICLE, field="reason")
    refuse_secret_marks(reason, field="reason")
    return {"until": until.isoformat(), "reason": reason.strip()}


def propose_delay(session: Session, case: Case, until: date, reason: str, actor: Actor, now: datetime) -> Letter:
    """Draft the 延迟答复告知书; the head fixes the day by signing it. Raises Refusal where no later day is lawful."""
    fields = delay_fields(until, reason)
    fire(session, case, "propose_delay", actor, now, until=until)
    return letterbook.draft(session, case, LetterKind.DELAY_NOTICE, fields, actor, now)


def delay_is_told(
    session: Session, letter: Letter, on: date, proof: Document | None, actor: Actor, now: datetime
) -> None:
    """The applicant is told of the later day, which stands in the place of the counted term."""
    case = letter.case
    fire(session, case, "delay", actor, now)
    until = Particulars(until=date.fromisoformat(letter.field("until")))
    enter_fact(session, case, FactKind.DELAYED, on, actor, now, article=ARTICLE, document=proof, particulars=until)


def latest_without_delay(case: Case) -> date | None:
    """The last day for the reply as the term stands now; None while it stands still."""
    return reckoning(case).reply_due_on
