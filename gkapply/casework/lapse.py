"""A request that counts as given up (视为放弃): proposed by time, confirmed by a person.

「无正当理由」 is a judgement: nobody's request ends by time alone (条例第三十条, 国办函〔2020〕109号).
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework import ending, ledger
from gkapply.casework.access import Actor
from gkapply.casework.dating import Particulars, enter_fact
from gkapply.casework.flow import fire
from gkapply.casework.records import Case
from gkapply.casework.reply import add_note
from gkapply.casework.term_of_applicant import CORRECTION, cause_of
from gkapply.clock import day_of
from gkapply.law import annual_rows
from gkapply.law.facts import FactKind
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks

ARTICLE = "条例第三十条、国办函〔2020〕109号"
NOTE = "lapse"
CHECKS = {
    "delivery_seen": "已核对告知书（通知书）的送达凭证",
    "trays_checked": "已查看收发室、窗口、邮箱、传真和网上平台，没有收到补正或者缴费",
    "called": "已电话联系申请人",
}
"""What the head must have done before a request counts as given up."""


@dataclass(frozen=True, slots=True)
class LapseCheck:
    """What was checked (codes of CHECKS), what the call brought, and why there is no good reason for the silence."""

    done: frozenset[str]
    call: str
    no_good_reason: str


def confirm_lapse(session: Session, case: Case, check: LapseCheck, actor: Actor, now: datetime) -> None:
    """The head confirms that the request is given up: it ends today.

    Raises Refusal while a check is missing, without the note of the call or of 正当理由, and where the law does not allow it.
    """
    for code, label in CHECKS.items():
        if code not in check.done:
            raise Refusal(f"尚未确认：{label}", ARTICLE, field=code)
    for name, text, label in (
        ("call", check.call, "电话联系的时间、对象和结果"),
        ("no_good_reason", check.no_good_reason, "有没有正当理由的判断"),
    ):
        if not text.strip():
            raise Refusal(f"请写明{label}", ARTICLE, field=name)
        refuse_secret_marks(text, field=name)
    cause, today = cause_of(case), day_of(now)
    fire(session, case, "confirm_lapse", actor, now, detail={"cause": cause})
    words = {"checks": "；".join(CHECKS.values()), "call": check.call.strip(), "text": check.no_good_reason.strip()}
    add_note(session, case, NOTE, words, today, actor, now)
    enter_fact(session, case, FactKind.LAPSED, today, actor, now, article=ARTICLE, detail={"cause": cause})
    row = annual_rows.NOT_CORRECTED if cause == CORRECTION else annual_rows.NOT_PAID
    ending.end(session, case, today, row, "申请人无正当理由逾期未回应，经负责人认定视为放弃申请", now)


def reject_lapse(session: Session, case: Case, until: date, reason: str, actor: Actor, now: datetime) -> None:
    """The head lets the applicant have time up to and including ``until``; the proposal is decided again afterwards.

    Raises Refusal without a reason and for a day that is not to come.
    """
    today = day_of(now)
    if not reason.strip():
        raise Refusal("不认定视为放弃须说明理由", ARTICLE, field="reason", do="例如：申请人住院，电话要求宽限")
    if until <= today:
        raise Refusal("继续等待的截止日期须晚于今天", ARTICLE, field="until")
    refuse_secret_marks(reason, field="reason")
    fire(session, case, "reject_lapse", actor, now, detail={"until": until.isoformat()})
    case.lapse_waits_until = until
    add_note(session, case, "lapse_rejected", {"text": reason.strip()}, today, actor, now)
    more = Particulars(until=until)
    enter_fact(session, case, ledger.LAPSE_REJECTED, today, actor, now, article=ARTICLE, particulars=more)
