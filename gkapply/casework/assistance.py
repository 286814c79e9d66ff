"""Help from units of the organ (协办): asked by a dated letter, answered by a record.

It is part of handling and stops no clock; other organs and third parties are asked for their opinion (征求意见) instead.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework import letterbook
from gkapply.casework.access import Actor
from gkapply.casework.entries import Note
from gkapply.casework.flow import fire
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.reply import add_note
from gkapply.clock import day_of
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks

ARTICLE = "条例第四十五条"
ASSISTANCE_NOTE = "assistance"
"""Kind of the note that keeps what a unit answered."""


def ask(
    session: Session, case: Case, to: str, what: str, deadline: date, actor: Actor, now: datetime, *, copies: str = ""
) -> Letter:
    """Draft the 协办函 to the unit ``to`` with the day by which it is to answer; the clock runs on.

    Raises Refusal for an empty field and for a day that is past or, while the reply term runs, not before its end.
    """
    for name, text, label in (("to", to, "协办的科室或者单位"), ("what", what, "请求协助的事项")):
        if not text.strip():
            raise Refusal(f"请填写{label}", ARTICLE, field=name)
        refuse_secret_marks(text, field=name)
    if deadline < day_of(now):
        raise Refusal("请求回复的日期已经过去", ARTICLE, field="deadline")
    if case.due_on is not None and day_of(now) < case.due_on <= deadline:
        raise Refusal(
            f"请求回复的日期须早于答复期限届满之日（{case.due_on.isoformat()}）",
            ARTICLE,
            field="deadline",
            do="协办不停止计算答复期限",
        )
    fire(session, case, "ask_assistance", actor, now, detail={"until": deadline.isoformat()})
    refuse_secret_marks(copies, field="copies")
    fields = {"to": to.strip(), "what": what.strip(), "deadline": deadline.isoformat(), "copies": copies.strip()}
    return letterbook.draft(session, case, LetterKind.ASSISTANCE_LETTER, fields, actor, now)


def waiting(case: Case) -> Sequence[Letter]:
    """The 协办函 that have left and are not answered yet, the oldest first."""
    answered = {json.loads(note.content)["letter"] for note in case.notes if note.kind == ASSISTANCE_NOTE}
    sent = [one for one in case.letters if one.kind == LetterKind.ASSISTANCE_LETTER and one.sent_on is not None]
    return [one for one in sent if one.uid not in answered]


def note_answer(
    session: Session, case: Case, letter_uid: str, text: str, on: date, actor: Actor, now: datetime
) -> Note:
    """Keep what the unit answered on ``on``. Raises Refusal for an answered or unknown letter and an impossible day."""
    letter = next((one for one in waiting(case) if one.uid == letter_uid), None)
    if letter is None or letter.sent_on is None:
        raise Refusal("请选择尚未答复的协办函", ARTICLE, field="letter")
    if not text.strip():
        raise Refusal("请填写答复内容", ARTICLE, field="text")
    if on < letter.sent_on:
        raise Refusal(f"答复日期早于协办函发出日期{letter.sent_on.isoformat()}", ARTICLE, field="on")
    fire(session, case, "note_assistance", actor, now, detail={"on": on.isoformat()})
    said = {"letter": letter.uid, "who": str(letter.field("to")), "text": text.strip()}
    return add_note(session, case, ASSISTANCE_NOTE, said, on, actor, now)
