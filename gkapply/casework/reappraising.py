"""Finding what is to become of one thing on the work list (认定), reviewing for secrets what turns public, and noting its publication."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.anonymising import wanted_of
from gkapply.casework.flow import fire
from gkapply.casework.official_documents import years_on
from gkapply.casework.reappraisal_records import Reappraisal, ReappraisalItem, ReappraisalReview
from gkapply.clock import day_of
from gkapply.law.reappraisal import ARTICLE, KEPT, Outcome, outcome_called
from gkapply.law.refusal import NotFound, Refusal
from gkapply.law.replies import REFUSALS
from gkapply.law.secrecy import refuse_secret_marks
from gkapply.law.secrecy_results import SecrecyResult
from gkapply.traces.search import traces

LONGEST = {"reason": 1000, "declassified": 500, "public_title": 200, "basis": 500}
LEAST_REASON = 2
FURTHEST = 5
"""Years to the next review at most."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is found of one thing."""

    outcome: str
    reason: str
    ground: str = ""
    declassified: str = ""
    public_title: str = ""
    next_review_on: date | None = None


def find_item(session: Session, reappraisal: Reappraisal, uid: str) -> ReappraisalItem:
    """The thing of the round. Raises NotFound."""
    query = select(ReappraisalItem).where(ReappraisalItem.uid == uid, ReappraisalItem.reappraisal_id == reappraisal.id)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("工作清单中没有这一项", do="请从工作清单重新进入")
    return found


def decide(
    session: Session, reappraisal: Reappraisal, item: ReappraisalItem, finding: Finding, actor: Actor, now: datetime
) -> None:
    """Find what is to become of one thing; a later finding takes the place of an earlier one. Raises Refusal naming the field."""
    outcome = outcome_called(finding.outcome, item.possible)
    _check_texts(finding)
    _check_title(session, item, finding.public_title)
    next_on = _next_review(reappraisal, outcome, finding.next_review_on, day_of(now))
    ground = _ground(item, outcome, finding.ground)
    if outcome is Outcome.TO_PUBLIC:
        _check_release(item, finding)
    said = hashlib.sha256(finding.reason.strip().encode()).hexdigest()
    told = {"item": item.uid, "thing": item.ordinal, "outcome": outcome.value, "ground": ground, "reason": said}
    fire(session, reappraisal, "decide", actor, now, detail=told)
    item.outcome, item.ground, item.reason = outcome.value, ground, finding.reason.strip()
    item.declassified = finding.declassified.strip() if outcome is Outcome.TO_PUBLIC else ""
    item.public_title = finding.public_title.strip() if outcome in TITLED else ""
    item.next_review_on, item.decided_by, item.decided_at = next_on, actor.user_id, now


TITLED = (Outcome.TO_PUBLIC, Outcome.CLEANED, Outcome.ARCHIVED)
"""Findings whose things the public page names."""


def keep_all(
    session: Session, reappraisal: Reappraisal, uids: Sequence[str], reason: str, actor: Actor, now: datetime
) -> int:
    """Several things stay as they are, each on its own ground, for the same reason. Returns how many; all of them or none."""
    chosen = list(dict.fromkeys(uids))
    if not chosen:
        raise Refusal("没有勾选任何一项", ARTICLE, field="items")
    for uid in chosen:
        item = find_item(session, reappraisal, uid)
        decide(session, reappraisal, item, Finding(KEPT[item.before].value, reason), actor, now)
    return len(chosen)


def review_secrecy(
    session: Session,
    reappraisal: Reappraisal,
    item: ReappraisalItem,
    result: SecrecyResult,
    basis: str,
    on: date,
    actor: Actor,
    now: datetime,
) -> ReappraisalReview:
    """Keep the secrecy review (保密审查) of something that is to turn public. Raises Refusal, also for who found it."""
    said = basis.strip()
    if item.outcome != Outcome.TO_PUBLIC:
        raise Refusal("这一项没有认定为转为主动公开，不需要保密审查", "条例第十七条")
    if not LEAST_REASON <= len(said) <= LONGEST["basis"]:
        raise Refusal(f"请填写审查的依据和意见（2至{LONGEST['basis']}个字）", "条例第十七条", field="basis")
    refuse_secret_marks(said, field="basis")
    if on > day_of(now):
        raise Refusal("审查日期不能晚于今天", field="on")
    detail = {"item": item.uid, "thing": item.ordinal, "result": result.value, "seen": item.digest}
    fire(session, reappraisal, "review_secrecy", actor, now, detail=detail, item=item)
    assert actor.user_id is not None
    made = ReappraisalReview(
        organ_id=item.organ_id,
        digest=item.digest,
        result=result,
        basis=said,
        on_=on,
        reviewer_id=actor.user_id,
        recorded_at=now,
    )
    item.reviews.append(made)
    session.flush()
    return made


def usual_ground(item: ReappraisalItem) -> str:
    """The ground on which it was withheld, where that is one alone."""
    return item.grounds[0].value if len(item.grounds) == 1 else ""


def _check_texts(finding: Finding) -> None:
    if len(finding.reason.strip()) < LEAST_REASON:
        raise Refusal("请写明理由", ARTICLE, field="reason")
    for field in ("reason", "declassified", "public_title"):
        text = getattr(finding, field)
        if len(text) > LONGEST[field]:
            raise Refusal(f"最多{LONGEST[field]}个字", field=field)
        refuse_secret_marks(text, field=field)


def _check_title(session: Session, item: ReappraisalItem, title: str) -> None:
    """Raises Refusal where the public page would name somebody."""
    found = traces(title, () if item.case is None else wanted_of(session, item.case))
    if found:
        raise Refusal(
            f"对外公布的名称中可能有个人信息（{found[0].kind.label}）",
            "《个人信息保护法》第二十五条",
            field="public_title",
            do="请以“某某”等代替",
        )


def _check_release(item: ReappraisalItem, finding: Finding) -> None:
    if not finding.public_title.strip():
        raise Refusal("请写明对外公布的名称", ARTICLE, field="public_title", do="不要写申请人和其他人的个人信息")
    if item.was_secret and not finding.declassified.strip():
        raise Refusal(
            "原来以国家秘密不予公开的，须先依法解密或者保密期限已经届满",
            "《保守国家秘密法》第二十三条",
            field="declassified",
            do="请写明解密的依据；没有解密的，应当继续不予公开",
        )


def _ground(item: ReappraisalItem, outcome: Outcome, ground: str) -> str:
    """The ground on which it stays withheld; empty where it does not."""
    if outcome is not Outcome.KEPT:
        return ""
    chosen = ground or usual_ground(item)
    if chosen not in {one.value for one in REFUSALS}:
        raise Refusal(
            "继续不予公开的，应当写明依据条例第十四条、第十五条、第十六条的哪一种", "条例第十三条", field="ground"
        )
    return chosen


def _next_review(reappraisal: Reappraisal, outcome: Outcome, wanted: date | None, today: date) -> date | None:
    """When it is looked at again; never what became public, was cleaned or archived."""
    if outcome in TITLED:
        return None
    day = wanted or years_on(today, reappraisal.organ.office_settings().reappraisal_every)
    if not today < day <= years_on(today, FURTHEST):
        raise Refusal(f"下次评估审查日期应在明天至{FURTHEST}年之内", ARTICLE, field="next_review_on")
    return day
