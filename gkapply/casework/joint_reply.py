"""Answering several requests of one applicant in one letter (一并答复): each keeps its number, items, clock and report row.

The letter lies in the file of the earliest of them; its steps move all of them in one unit, locked in the order of their keys.
Nothing is ever put together by itself.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import letterbook
from gkapply.casework.access import Actor
from gkapply.casework.flow import fire
from gkapply.casework.kindred import pending_of_applicant
from gkapply.casework.papers import Letter, LetterCase
from gkapply.casework.records import Case
from gkapply.casework.reply import give_up_drafts
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from workflows.case_states import CaseState

ARTICLE = "条例第三十六条"


def candidates(session: Session, case: Case) -> Sequence[Case]:
    """The requests that may be answered together with ``case``: later ones of the same person that are being handled."""
    pending = pending_of_applicant(session, case)
    return [one for one in pending if one.id > case.id and one.state is CaseState.HANDLING]


def line(case: Case) -> str:
    """The request as a list of choices names it."""
    open_items = sum(1 for item in case.items if item.outcome is None)
    return f"{case.reference}：{case.description[:60]}{f'（尚有{open_items}项未认定）' if open_items else ''}"


def draft(session: Session, case: Case, others: Collection[str], actor: Actor, now: datetime) -> Letter:
    """Begin the letter that answers ``case`` and the ``others`` (their numbers).

    Raises Refusal for none, for a request of somebody else, one that is not being handled, has an undecided item, or is
    answered in another such letter; and for one that is earlier than ``case``, which is then the one to begin from.
    """
    if not others:
        raise Refusal("请选择一并答复的申请", ARTICLE, field="others")
    fitting = {one.reference: one.id for one in candidates(session, case)}
    for reference in others:
        if reference not in fitting:
            raise Refusal(
                f"申请 {reference} 不能与本件一并答复",
                ARTICLE,
                field="others",
                do="只能选同一申请人后来提出、正在办理的申请；更早的申请，请从最早的一件起草",
            )
    fire(session, case, "draft_combined", actor, now, detail={"with": sorted(others)})
    give_up_drafts(session, case, LetterKind.REPLY_COMBINED, actor, now)
    letter = letterbook.draft(session, case, LetterKind.REPLY_COMBINED, {}, actor, now)
    wanted = select(Case).where(Case.id.in_([fitting[one] for one in others])).order_by(Case.id)
    for one in session.scalars(wanted.with_for_update().execution_options(populate_existing=True)).all():
        fire(session, one, "join_reply", actor, now, detail={"lead": case.number})
        give_up_drafts(session, one, LetterKind.REPLY_COMBINED, actor, now)
        session.add(LetterCase(letter_id=letter.id, case_id=one.id, organ_id=one.organ_id))
        session.flush()
        session.expire(one, ["answered_with"])
    session.expire(letter, ["also_answers"])
    return letter


def let_go(session: Session, letter: Letter, ended: Case, actor: Actor, now: datetime) -> None:
    """One of the requests has ended and the letter with it: the others are handled again as before it."""
    for case in letter.cases:
        if case is not ended and case.state in (CaseState.APPROVING, CaseState.DELIVERING):
            fire(session, case, "resume", actor, now)
