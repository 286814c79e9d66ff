"""Recording secrecy reviews (保密审查) of what is to be given out: paper by paper, item by item, before the signature.

The officer's opinion that is typed with an item's decision (公开前的审查意见) is the proposal; this is the institution's review.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework import group_reply
from gkapply.casework.access import Actor
from gkapply.casework.flow import fire
from gkapply.casework.records import Case
from gkapply.casework.releasing import Release
from gkapply.casework.reviewed import SecrecyReview
from gkapply.clock import day_of
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks
from gkapply.law.secrecy_results import ARTICLE, SecrecyResult

LONGEST_BASIS = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the reviewer found on a day, and on which grounds; the same for everything that it is recorded for."""

    result: SecrecyResult
    basis: str
    on: date


def record(
    session: Session, case: Case, codes: Sequence[str], verdict: Verdict, actor: Actor, now: datetime
) -> list[SecrecyReview]:
    """Keep a review of each of these papers and items (codes of ``case.releases``).

    Where the reply goes together with others (成组答复), what they give in the very same content is reviewed with it.

    Raises Refusal for none, for one that is not to be given out, without grounds or from the future; NotPermitted or Refusal
    for whoever decided on the request.
    """
    if not codes:
        raise Refusal("请选择审查了哪些信息", ARTICLE, field="things")
    basis = verdict.basis.strip()
    if not 2 <= len(basis) <= LONGEST_BASIS:
        raise Refusal(f"请填写审查的依据和意见（2至{LONGEST_BASIS}个字）", ARTICLE, field="basis")
    refuse_secret_marks(basis, field="basis")
    if verdict.on > day_of(now):
        raise Refusal("审查日期不能晚于今天", field="on")
    seen = [case.release(code) for code in dict.fromkeys(codes)]
    made = _record(session, case, seen, verdict, actor, now)
    contents = {(one.code, one.sha256) for one in seen}
    for other in group_reply.companions(session, case):
        alike = [one for one in other.releases if (one.code, one.sha256) in contents]
        if alike:
            made += _record(session, other, alike, verdict, actor, now)
    return made


def _record(
    session: Session, case: Case, seen: Sequence[Release], verdict: Verdict, actor: Actor, now: datetime
) -> list[SecrecyReview]:
    detail = {
        "result": verdict.result.value,
        "on": verdict.on.isoformat(),
        "seen": {one.code: one.sha256 for one in seen},
    }
    fire(session, case, "review_secrecy", actor, now, detail=detail)
    made = [_review(case, one, verdict, actor, now) for one in seen]
    case.secrecy_reviews.extend(made)
    session.flush()
    return made


def _review(case: Case, one: Release, verdict: Verdict, actor: Actor, now: datetime) -> SecrecyReview:
    assert actor.user_id is not None
    paper = next((paper for paper in case.documents if one.code == f"paper:{paper.uid}"), None)
    return SecrecyReview(
        organ_id=case.organ_id,
        document=paper,
        item=None if paper is not None else int(one.code.partition(":")[2]),
        sha256=one.sha256,
        result=verdict.result,
        basis=verdict.basis.strip(),
        on_=verdict.on,
        reviewer_id=actor.user_id,
        recorded_at=now,
    )
