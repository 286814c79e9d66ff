"""Asking for a correction once (补正告知) and taking the corrected request in, 条例第三十条."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import letterbook
from gkapply.casework.access import Actor
from gkapply.casework.dating import enter_fact
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.flow import fire
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.clock import day_of
from gkapply.law.facts import FactKind
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks

LONGEST_ANSWER = 60
"""Working days: beyond this a 合理的补正期限 is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class CorrectionNotice:
    """What the applicant is to correct: each point, the guidance (指导和释明), the working days for it."""

    points: str
    guidance: str
    answer_within: int
    override: bool = False
    """The head lets it go out after the seventh working day; the restart of the clock then hangs on a setting."""

    def fields(self) -> dict[str, Any]:
        """The notice as the letter's own fields. Raises Refusal when it says too little, or too long a term."""
        if not self.points.strip():
            raise Refusal("请逐条写明需要补正的事项", "条例第三十条", field="points")
        if not self.guidance.strip():
            raise Refusal("请写明指导和释明，使申请人知道如何补正", "条例第三十条", field="guidance")
        if not 1 <= self.answer_within <= LONGEST_ANSWER:
            raise Refusal(f"补正期限须为1至{LONGEST_ANSWER}个工作日", "条例第三十条", field="answer_within")
        refuse_secret_marks(self.points, field="points")
        refuse_secret_marks(self.guidance, field="guidance")
        return {
            "points": [line.strip() for line in self.points.splitlines() if line.strip()],
            "guidance": self.guidance.strip(),
            "answer_within": self.answer_within,
            "override": self.override,
        }


def propose(session: Session, case: Case, notice: CorrectionNotice, actor: Actor, now: datetime) -> Letter:
    """Draft the one 补正告知书. Raises Refusal when it may no longer be asked for, or says too little."""
    fields = notice.fields()
    fire(session, case, "propose_correction", actor, now, override=notice.override)
    return letterbook.draft(session, case, LetterKind.CORRECTION_NOTICE, fields, actor, now)


def submit_online(session: Session, case: Case, text: str, upload: Upload | None, actor: Actor, now: datetime) -> None:
    """The applicant's correction through the web: kept, waiting for the day on which both sides confirm it (条例第三十一条)."""
    if not text.strip() and upload is None:
        raise Refusal("请填写补正后的申请内容，或上传补正材料", "条例第三十条", field="text")
    refuse_secret_marks(text, field="text")
    fire(session, case, "submit_correction", actor, now)
    add_document(
        session, case, "correction_pending", upload or _as_file(text), day_of(now), actor, now, text=text.strip()
    )


def receive(
    session: Session, case: Case, on: date, text: str, upload: Upload | None, actor: Actor, now: datetime
) -> None:
    """The corrected request is received on ``on``: the reply term starts anew in full (条例第三十条).

    ``text`` is the corrected description; with a correction waiting from the web it may be left as that one's text. The
    request as first written stays as it is; a single undecided item takes the corrected words. Raises Refusal for a day in the future or before the notice.
    """
    if on > day_of(now):
        raise Refusal("收到补正的日期不能晚于今天", "条例第三十一条", field="on")
    waiting = case.correction_waiting
    corrected = text.strip() or (waiting.text if waiting else "")
    if not corrected and upload is None and waiting is None:
        raise Refusal("请填写补正后的申请内容，或上传补正材料", "条例第三十条", field="text")
    refuse_secret_marks(corrected, field="text")
    fire(session, case, "receive_correction", actor, now, on=on, detail={"on": on.isoformat()})
    document = waiting
    if waiting is not None:
        waiting.taken_on = on
    if upload is not None or waiting is None:
        document = add_document(
            session, case, "correction", upload or _as_file(corrected), on, actor, now, text=corrected
        )
    if corrected and len(case.items) == 1 and case.items[0].outcome is None:
        case.items[0].quote = corrected
    enter_fact(session, case, FactKind.CORRECTION_RECEIVED, on, actor, now, article="条例第三十条", document=document)


def _as_file(text: str) -> Upload:
    content = text.strip().encode()
    return Upload(name=f"补正内容-{hashlib.sha256(content).hexdigest()[:8]}.txt", content=content)
