"""The end of a request by its applicant's own act (撤回), or because there is no applicant any more.

The office may not ask for a withdrawal: it takes what the applicant signed, sent from the page that the query code opened,
or said by telephone and confirmed in writing.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework import ending
from gkapply.casework.access import Actor
from gkapply.casework.dating import enter_fact
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.entries import Document, Fact
from gkapply.casework.flow import fire
from gkapply.casework.records import Case
from gkapply.casework.reply import add_note
from gkapply.clock import day_of
from gkapply.law import annual_rows
from gkapply.law.facts import FactKind
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks

ARTICLE = "条例第二十七条"
HOW = {"signed": "申请人签名的撤回书", "phone": "电话提出并有书面确认"}
"""How a withdrawal reaches the office otherwise than through the web."""
GONE = {"death": "申请人死亡，没有人继续申请", "dissolved": "申请人（单位）终止，没有权利义务承受人继续申请"}
"""Why there is no applicant any more."""
PAPER, PROOF = "withdrawal", "applicant_gone"
NOTE = "applicant_gone"
ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A withdrawal that came on paper or by telephone: the day, how (a code of HOW), the paper that proves it."""

    on: date
    how: str
    proof: Upload | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """That the applicant died or was dissolved: the day of the finding, why (a code of GONE), what was found, its proof."""

    on: date
    why: str
    finding: str
    proof: Upload | None


def withdraw_online(session: Session, case: Case, actor: Actor, now: datetime) -> None:
    """The applicant withdraws on the page that the query code opened: the request ends today."""
    fire(session, case, "withdraw", actor, now, detail={"how": ONLINE})
    _end(session, case, day_of(now), ONLINE, None, actor, now)


def record_withdrawal(session: Session, case: Case, given: Withdrawal, actor: Actor, now: datetime) -> None:
    """Enter the applicant's withdrawal on paper or by telephone, which ends the request on the day it came.

    Raises Refusal without the paper, for an unknown way, and for a day in the future or before the receipt.
    """
    if given.how not in HOW:
        raise Refusal("请选择申请人以何种方式撤回", ARTICLE, field="how")
    if given.proof is None:
        raise Refusal(
            "撤回须有申请人签名的撤回书，电话提出的须有书面确认", ARTICLE, field="proof", do="请上传撤回书或者书面确认"
        )
    _check_day(case, given.on, day_of(now))
    refuse_secret_marks(given.text, field="text")
    fire(session, case, "record_withdrawal", actor, now, detail={"how": given.how, "on": given.on.isoformat()})
    paper = add_document(session, case, PAPER, given.proof, given.on, actor, now, field="proof")
    if given.text.strip():
        add_note(
            session,
            case,
            "phone" if given.how == "phone" else "work",
            {"text": given.text.strip()},
            given.on,
            actor,
            now,
        )
    _end(session, case, given.on, given.how, paper, actor, now)


def end_without_applicant(session: Session, case: Case, given: Gone, actor: Actor, now: datetime) -> None:
    """The head ends a request whose applicant died or was dissolved and that nobody continues (条例 is silent on it).

    Raises Refusal without finding or proof, for an unknown reason, and for a day in the future or before the receipt.
    """
    if given.why not in GONE:
        raise Refusal("请选择终止办理的情形", field="why")
    if not given.finding.strip():
        raise Refusal("请写明核实的经过和有没有人继续申请", field="finding")
    if given.proof is None:
        raise Refusal("终止办理须有证明材料", field="proof", do="请上传死亡证明、注销登记等证明")
    _check_day(case, given.on, day_of(now))
    fire(session, case, "end_without_applicant", actor, now, detail={"why": given.why, "on": given.on.isoformat()})
    paper = add_document(session, case, PROOF, given.proof, given.on, actor, now, field="proof")
    add_note(session, case, NOTE, {"text": given.finding.strip()}, given.on, actor, now)
    _enter(session, case, given.on, {"why": given.why}, paper, actor, now)
    ending.end(session, case, given.on, annual_rows.OTHER, GONE[given.why], now)


def ended_without_applicant(fact: Fact) -> bool:
    """Whether this fact says that the applicant was gone, not that they withdrew."""
    return fact.kind == FactKind.WITHDRAWN and "why" in json.loads(fact.detail)


def _end(session: Session, case: Case, on: date, how: str, paper: Document | None, actor: Actor, now: datetime) -> None:
    _enter(session, case, on, {"how": how}, paper, actor, now)
    ending.end(session, case, on, annual_rows.OTHER, "申请人撤回申请", now)


def _enter(
    session: Session,
    case: Case,
    on: date,
    detail: dict[str, str],
    paper: Document | None,
    actor: Actor,
    now: datetime,
) -> None:
    enter_fact(session, case, FactKind.WITHDRAWN, on, actor, now, article=ARTICLE, document=paper, detail=detail)


def _check_day(case: Case, on: date, today: date) -> None:
    first = case.received_on or day_of(case.entered_at)
    if not first <= on <= today:
        raise Refusal(f"日期须在收到申请之日{first.isoformat()}至今天之间", field="on", do="请核对日期")
