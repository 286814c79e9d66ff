"""Notes of telephone calls (电话记录单) on any open file: who called whom at which number, what was said, what came of it.

While a request waits to be confirmed, the call is a try to reach its applicant, or the confirmation itself (条例第三十一条).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework import intake, reaching
from gkapply.casework.access import Actor
from gkapply.casework.application_check import Findings
from gkapply.casework.entries import Note
from gkapply.casework.flow import APPLICATIONS, fire
from gkapply.casework.people_data import contact_of, masked
from gkapply.casework.receipt import Confirmation
from gkapply.casework.records import Case
from gkapply.casework.reply import add_note
from gkapply.casework.sheet_fields import CALLS, PHONE
from gkapply.casework.written_form import half_width
from gkapply.clock import day_of
from gkapply.law.channels import REFERRED
from gkapply.law.secrecy import refuse_secret_marks
from workflows.case_states import CaseState

ARTICLE = "条例第四十五条"
DIRECTIONS: Mapping[str, str] = {"out": "去电", "in": "来电"}
OTHER_NUMBER = ""
"""Choice of a number that stands in no request."""
CONFIRMED, NOTED = "confirmed", "noted"
TALKED: Mapping[str, str] = {
    CONFIRMED: "已与申请人确认收到申请，今日为收到申请之日",
    **reaching.RESULTS,
    NOTED: "其他情况",
}
"""What may come of a call while the request waits to be confirmed."""
_TIME = re.compile(r"(?:[01]?\d|2[0-3])[:：][0-5]\d")
_PHONES = (("phone", ""), ("agent_phone", "代理人"), ("guardian_phone", "监护人"))
_LONGEST = {"who": 60, "number": 40, "said": 2000, "outcome": 500}


@dataclass(frozen=True, slots=True)
class Line:
    """A number of the request, masked, with whose it is."""

    key: str
    who: str
    number: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call: ``direction`` of DIRECTIONS, day and time of day; ``line`` is the key of a number of the request, or OTHER_NUMBER with
    ``number`` and ``who``; ``result`` of TALKED while the request waits to be confirmed.
    """

    direction: str
    on: date
    at: str
    line: str = OTHER_NUMBER
    who: str = ""
    number: str = ""
    said: str = ""
    outcome: str = ""
    result: str = ""


def lines_of(session: Session, case: Case) -> Sequence[Line]:
    """The numbers that the request gives, the contact's first."""
    found = []
    for one in case.applicants:
        contact = contact_of(session, one)
        for field, role in _PHONES:
            if contact[field]:
                name = contact.get(field.replace("phone", "name"), "") or one.name
                found.append(Line(f"{one.ordinal}-{field}", f"{role}{name}", masked(contact[field])))
    return found


def results_for(case: Case) -> Mapping[str, str]:
    """What may come of a call about this request; nothing once it is received."""
    if case.state is not CaseState.RECEIVED:
        return {}
    # Taking what came by no published channel needs a reason: that has a page of its own.
    return {code: label for code, label in TALKED.items() if code != CONFIRMED or case.channel != REFERRED}


def may_note(case: Case, actor: Actor, now: datetime) -> bool:
    """Whether the actor may write a call into this file now."""
    return any(
        option.possible for option in APPLICATIONS.available(case, actor, now) if option.step.trigger == "record_note"
    )


def calls_of(case: Case) -> Sequence[tuple[str, Note]]:
    """The notes of calls with the code of the sheet on which each is printed, in the order of entry."""
    calls = [note for note in case.notes if note.kind in CALLS]
    return [(f"telephone_note-{place}", note) for place, note in enumerate(calls, start=1)]


def record_call(session: Session, case: Case, call: Call, actor: Actor, now: datetime) -> str:
    """Keep the call; a sentence on what has been done. The number is kept masked.

    Raises BadForm with every wrong field, and whatever confirming the request refuses.
    """
    line = next((one for one in lines_of(session, case) if one.key == call.line), None)
    who = call.who.strip() or (line.who if line else "")
    _check(call, who, results_for(case), day_of(now))
    number = line.number if line else masked(half_width(call.number))
    reached = f"{who}（{number}）" if number else who
    if call.result == CONFIRMED:
        intake.confirm(session, case, Confirmation(call.on, "phone", reached, call.said.strip()), actor, now)
        return "已确认收到申请并登记，收件回执正在生成"
    if call.result in reaching.RESULTS:
        tried = reaching.Attempt(call.on, call.at, "phone", reached, call.result, call.said.strip())
        reaching.record_attempt(session, case, tried, actor, now)
        return "已记录。申请继续等待确认，恢复联系之日确认即为收到申请之日"
    fire(session, case, "record_note", actor, now)
    content = {
        "at": call.at.strip().replace("：", ":"),
        "how": DIRECTIONS[call.direction],
        "who": reached,
        "text": call.said.strip(),
        "outcome": call.outcome.strip(),
    }
    add_note(session, case, PHONE, {name: text for name, text in content.items() if text}, call.on, actor, now)
    return "通话已记录"


def _check(call: Call, who: str, results: Mapping[str, str], today: date) -> None:
    found = Findings()
    if call.direction not in DIRECTIONS:
        found.add("direction", "请选择来电还是去电", ARTICLE)
    if call.on > today:
        found.add("on", "通话日期不能晚于今天", ARTICLE)
    if not _TIME.fullmatch(call.at.strip()):
        found.add("at", "请填写通话的时刻", ARTICLE, do="例如 09:30")
    if results and call.result not in results:
        found.add("result", "请选择通话的结果", ARTICLE)
    if not who and call.result != "no_contact":
        found.add("who", "请填写与谁通话", ARTICLE)
    if not call.said.strip() and call.result not in reaching.RESULTS:
        found.add("said", "请填写通话内容", ARTICLE)
    for field, longest in _LONGEST.items():
        text = getattr(call, field)
        if len(text) > longest:
            found.add(field, f"最多{longest}个字", do="请精简后再提交")
        found.test(refuse_secret_marks, text, field)
    found.settle()
