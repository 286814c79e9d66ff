"""Decisions that a leader signed on the printed 呈批单, entered by a clerk (纸质签批，代录), and confirmed by the leader later.

The decision is the leader's: it must be one that the leader could have made here, on that day. Who entered it, the scan and the
day of signing stay with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework import letters_together
from gkapply.casework.access import Actor
from gkapply.casework.approvers import approvers_of
from gkapply.casework.approving import OnPaper, approve
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.flow import fire
from gkapply.casework.notification import holders
from gkapply.casework.papers import Letter
from gkapply.casework.people import User
from gkapply.clock import day_of
from gkapply.law.ladders import SIGNATURE
from gkapply.law.refusal import Refusal
from workflows.letter import CLERKS

SCAN = "approval_sheet"
"""Role of the scanned sheet in the file."""
ARTICLE = "条例第四十五条"


@dataclass(frozen=True, slots=True)
class PaperDecision:
    """What a clerk reads off the signed sheet: whose decision, of which day, which way, in which words.

    ``numbers``: the 文号 that another system has given, for a signature under a name that has its numbers from one.
    """

    leader_id: int
    on: date
    agrees: bool
    comment: str
    scan: Upload | None
    numbers: Sequence[str] = ()


def approve_on_paper(session: Session, letter: Letter, said: PaperDecision, actor: Actor, now: datetime) -> int:
    """Enter the decision on the present rung, or the signature; returns how many letters it was about.

    Raises Refusal when the author enters it though somebody else could, when the day does not fit, or the person named could
    not have decided.
    """
    today = day_of(now)
    _require_another_clerk(session, letter, actor, today)
    _require_day(letter, said.on, today)
    leader = _leader(session, letter, said, actor)
    if said.scan is None:
        raise Refusal("请上传签批后的呈批单", field="scan", do="请扫描或者拍照后上传")
    detail = {"rung": letter.present_rung.code, "leader": leader.user_id, "on": said.on.isoformat()}
    fire(session, letter, "approve_on_paper", actor, now, detail=detail, agrees=said.agrees)
    scan = add_document(session, letter.case, SCAN, said.scan, said.on, actor, now, field="scan")
    assert actor.user_id is not None
    paper = OnPaper(actor.user_id, scan, said.on)
    if not said.agrees:
        return letters_together.give_back(session, letter, leader, now, said.comment, paper)
    if letter.present_rung.code == SIGNATURE:
        return letters_together.sign(session, letter, leader, now, said.comment, numbers=said.numbers, paper=paper)
    return letters_together.pass_on(session, letter, leader, now, said.comment, paper)


def confirm_paper(session: Session, letter: Letter, actor: Actor, now: datetime, comment: str = "") -> None:
    """Whoever is named as having signed on paper confirms it; nothing else changes."""
    entered = letter.unconfirmed(actor.user_id)
    rung = entered.rung if entered else letter.present_rung.code
    approve(session, letter, "confirm_paper", actor, now, comment, rung=rung)


def earliest_day(letter: Letter) -> date:
    """The first day on which the present rung can have been taken: that of the submission, or of the rung before."""
    days = [one.on_ or day_of(one.at) for one in letter.passed.values()]
    return max([*days, *(day_of(one.at) for one in letter.rounds[-1:])])


def other_clerks(session: Session, letter: Letter, today: date) -> bool:
    """Whether somebody besides the author could enter what was signed on paper."""
    held = holders(session, [letter.organ_id], CLERKS, today)
    return bool({user for users in held.values() for user in users} - letter.authors)


def _require_another_clerk(session: Session, letter: Letter, actor: Actor, today: date) -> None:
    if actor.user_id in letter.authors and other_clerks(session, letter, today):
        raise Refusal("起草人不代录自己所起草文书的纸质签批", ARTICLE, do="请由登记员或者其他承办人代录")


def _require_day(letter: Letter, on: date, today: date) -> None:
    if on > today:
        raise Refusal("签批日期不能晚于今天", field="on", do="请按呈批单上的日期填写")
    first = earliest_day(letter)
    if on < first:
        said = f"{first.year}年{first.month}月{first.day}日"
        raise Refusal(
            f"签批日期早于送审或者上一环节的日期（{said}）", field="on", do="请核对呈批单是否为本次送审的一份"
        )


def _leader(session: Session, letter: Letter, said: PaperDecision, actor: Actor) -> Actor:
    """The person named, as who they were on that day."""
    rung = letter.present_rung
    if said.leader_id not in {one.id for one in approvers_of(session, letter, rung, said.on)}:
        raise Refusal(f"该人员在签批之日不能办理「{rung.label}」", field="leader", do="请核对签批人和职责")
    if said.leader_id == actor.user_id:
        raise Refusal("本人的决定请直接办理，不必代录", field="leader")
    user = session.get_one(User, said.leader_id)
    held = {one.held for one in user.holdings if one.organ_id == letter.organ_id and one.holds_on(said.on)}
    return Actor("user", letter.organ_id, frozenset(held), user_id=user.id, name=user.name)
