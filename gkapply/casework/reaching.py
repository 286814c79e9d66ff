"""Reaching the applicant of what came in (联系申请人): the call log, and the advice to use a published channel.

An ordinary letter is to be confirmed on the day on which it came (条例第三十一条第二项). Whoever cannot be reached is registered
and waits: the term begins with the day on which contact is restored (国办秘函〔2015〕207号).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework import voiding
from gkapply.casework.access import Actor
from gkapply.casework.application_check import Findings
from gkapply.casework.entries import Note
from gkapply.casework.flow import fire
from gkapply.casework.receipt import CONFIRMED_BY
from gkapply.casework.records import Case
from gkapply.casework.reply import add_note
from gkapply.clock import day_of
from gkapply.law.channels import ARTICLE
from gkapply.law.secrecy import refuse_secret_marks

CONTACT, ADVICE = "contact", "advice"
"""Kinds of the notes that keep a try to reach the applicant, and the advice to use a published channel."""
RESULTS: Mapping[str, str] = {
    "unanswered": "无人接听，或者没有回复",
    "later": "已接通，约定再确认",
    "unreachable": "号码无法接通，或者不是申请人",
    "no_contact": "没有提供联系电话等联系方式",
}
LOST_WORDS = frozenset({RESULTS["unreachable"], RESULTS["no_contact"]})
"""Results, as the note has them, after which the request waits until contact is restored."""
_TIME = re.compile(r"(?:[01]?\d|2[0-3])[:：][0-5]\d")
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to reach the applicant: day and time of day, how (a code of CONFIRMED_BY), whom, with which result of RESULTS."""

    on: date
    at: str
    how: str
    who: str
    result: str
    text: str = ""


def record_attempt(session: Session, case: Case, attempt: Attempt, actor: Actor, now: datetime) -> Note:
    """Keep a try to reach the applicant in the file. Raises BadForm with every wrong field."""
    _check(attempt, day_of(now))
    fire(session, case, "record_contact", actor, now, detail={"result": attempt.result, "how": attempt.how})
    content = {
        "at": attempt.at.strip().replace("：", ":"),
        "how": CONFIRMED_BY[attempt.how],
        "who": attempt.who.strip(),
        "outcome": RESULTS[attempt.result],
        "text": attempt.text.strip(),
    }
    said = {name: text for name, text in content.items() if text}
    return add_note(session, case, CONTACT, said, attempt.on, actor, now)


def advise(session: Session, case: Case, how: str, who: str, text: str, actor: Actor, now: datetime) -> None:
    """Guide the sender of what came by no published channel to one, and propose to treat what came as 未成立.

    The head decides on the proposal; until then it may still be taken. Raises BadForm with every wrong field.
    """
    found = Findings()
    if how not in CONFIRMED_BY:
        found.add("how", "请选择以何种方式告知申请人", "条例第二十八条")
    for field, said, label in (("who", who, "告知了谁"), ("text", text, "告知的内容")):
        if not said.strip():
            found.add(field, f"请填写{label}", "条例第二十八条", do="写明公开指南公布的渠道和所需材料")
        found.test(refuse_secret_marks, said, field)
    found.settle()
    fire(session, case, "advise_channel", actor, now, detail={"how": how})
    content = {"how": CONFIRMED_BY[how], "who": who.strip(), "text": text.strip()}
    add_note(session, case, ADVICE, content, day_of(now), actor, now)
    voiding.propose_void(session, case, "不是通过公开渠道提出，已引导申请人通过公开渠道提出", actor, now)


def _check(attempt: Attempt, today: date) -> None:
    found = Findings()
    if attempt.on > today:
        found.add("on", "联系日期不能晚于今天", ARTICLE)
    if not _TIME.fullmatch(attempt.at.strip()):
        found.add("at", "请填写联系的时刻", ARTICLE, do="例如 09:30")
    if attempt.how not in CONFIRMED_BY:
        found.add("how", "请选择以何种方式联系", ARTICLE)
    if attempt.result not in RESULTS:
        found.add("result", "请选择联系的结果", ARTICLE, do="已经确认的，请用“与申请人确认并登记”")
    if not attempt.who.strip() and attempt.result != "no_contact":
        found.add("who", "请填写联系谁（申请人本人、代理人或者所拨号码的末四位）", ARTICLE)
    for field in ("who", "text"):
        said = getattr(attempt, field)
        if len(said) > _LONGEST:
            found.add(field, f"最多{_LONGEST}个字", do="请精简后再提交")
        found.test(refuse_secret_marks, said, field)
    found.settle()
