"""The query code (查询码) with which an applicant follows a request: derived, stored nowhere, re-issued at the counter."""

import hmac
from datetime import datetime

from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.flow import fire
from gkapply.casework.records import Case
from gkapply.casework.reply import add_note
from gkapply.casework.services import ring
from gkapply.clock import day_of
from gkapply.law.refusal import Refusal

CODE_NOTE = "code"
"""Kind of the note that keeps how the applicant's identity was checked before a new code was given out."""
REASONS = {"lost": "申请人遗失", "exposed": "可能被他人知道", "never_had": "申请人没有收到过"}
"""Why a new code is given out."""


def query_code(session: Session, case: Case) -> str:
    """The code of the case as it stands now."""
    return ring(session).query_code(case.uid, case.query_code_generation)


def opens(session: Session, case: Case | None, code: str) -> bool:
    """Whether ``code`` opens the case; for no case the answer takes as long and is no."""
    uid, generation = (case.uid, case.query_code_generation) if case is not None else ("", 0)
    expected = ring(session).query_code(uid, generation)
    return hmac.compare_digest(expected.encode(), code.encode()) and case is not None


def reissue_code(session: Session, case: Case, how: str, actor: Actor, now: datetime, *, reason: str = "lost") -> str:
    """A new code for an applicant whose identity was checked (``how``); the old one opens nothing any more, in no browser.

    ``reason`` is a code of REASONS. Raises Refusal for another one, and when it is not said how the identity was checked.
    """
    if reason not in REASONS:
        raise Refusal("请选择重发的原因", field="reason")
    if not how.strip():
        raise Refusal("请写明如何核验了申请人身份，再重发查询码", field="how")
    case.query_code_generation += 1
    fire(session, case, "reissue_code", actor, now, detail={"generation": case.query_code_generation, "reason": reason})
    add_note(session, case, CODE_NOTE, {"why": REASONS[reason], "text": how.strip()}, day_of(now), actor, now)
    return query_code(session, case)
