"""Writing down a decision on a letter: over which text, on which rung, by whom, here or on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.advised import Advice
from gkapply.casework.climbing import PASSES, RETURNS, SIGNATURES
from gkapply.casework.deliberating import results_of
from gkapply.casework.deliberation_causes import note_all
from gkapply.casework.entries import Document
from gkapply.casework.flow import fire
from gkapply.casework.journal import canonical
from gkapply.casework.marks import Mark, write_marks
from gkapply.casework.papers import Approval, Letter
from gkapply.law.ladders import SIGNATURE
from gkapply.law.refusal import Refusal


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A decision that was signed on the printed 呈批单: who entered it, the scan, the day of signing."""

    entered_by: int
    scan: Document
    on: date


def approve(
    session: Session,
    letter: Letter,
    trigger: str,
    actor: Actor,
    now: datetime,
    comment: str = "",
    paper: OnPaper | None = None,
    *,
    rung: str = "",
    marks: Sequence[Mark] = (),
    objects: bool = False,
) -> None:
    """Take the step by which ``actor`` decides on the letter, and keep the decision. Raises what ``fire`` raises.

    A decision on paper is the named leader's: guards and journal see the leader, and the entry says who entered it.
    ``rung``: which rung it is about, where that is not the present one. ``objects``: whoever sends it back does not agree with
    the outcomes, not only with the text.
    """
    kept = write_marks(marks)
    if trigger in (*PASSES, *SIGNATURES):
        _require_answer_to_adviser(letter, comment)
    rung = rung or letter.present_rung.code
    detail = {"snapshot": letter.snapshot_hash, "rung": rung}
    given = {}
    if paper is not None:
        detail |= {"entered_by": str(paper.entered_by), "on": paper.on.isoformat(), "scan": paper.scan.uid}
        given = {"on": paper.on}
    fire(session, letter, trigger, actor, now, detail=detail, **given)
    letter.approvals.append(
        Approval(
            organ_id=letter.organ_id,
            deed=trigger,
            user_id=actor.user_id,
            at=now,
            snapshot_hash=letter.snapshot_hash,
            comment=comment.strip(),
            marks=kept,
            objected=_objection(letter) if objects else "",
            rung=rung,
            entered_by=paper.entered_by if paper else None,
            on_=paper.on if paper else None,
            scan=paper.scan if paper else None,
        )
    )
    session.flush()
    if trigger in RETURNS:
        note_all(session, letter, now)


def _objection(letter: Letter) -> str:
    """The outcomes as they stand now, for each case: as long as they stand, the disagreement does."""
    return canonical({str(case.id): results_of(case) for case in letter.cases})


def _require_answer_to_adviser(letter: Letter, comment: str) -> None:
    """Whoever goes on although a legal adviser found this very text unlawful says why. Raises Refusal."""
    if not comment.strip() and any(one.holds and one.opinion == Advice.UNLAWFUL for one in letter.advice):
        raise Refusal(
            "法律顾问认为这一文本不合法，同意须写明意见", field="comment", do="请说明不采纳的理由，或者退回修改"
        )


def next_rung(letter: Letter) -> str:
    """Code of the rung that follows the present one."""
    after = letter.rungs[letter.place + 1 :]
    return after[0].code if after else SIGNATURE
