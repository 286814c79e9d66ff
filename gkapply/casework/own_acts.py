"""What an applicant did to a request of theirs, each with its time (办理经过), and the papers that they handed in.

Told from the journal, so that the page shows what the office can prove. Nothing of anybody else is in it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from gkapply.casework.application import CHANGEABLE, WAYS
from gkapply.casework.journal import JournalEntry
from gkapply.casework.paper_roles import ROLES
from gkapply.casework.records import Case
from gkapply.law.letters import LetterKind

APPLICANT = "applicant"
_OWN: Mapping[str, str] = {
    "application.submit": "您提交了申请",
    "application.submit_as_received": "您提交了申请",
    "application.submit_correction": "您提交了补正",
    "application.submit_explanation": "您提交了理由说明",
    "application.submit_payment": "您提交了缴费凭证",
    "application.withdraw": "您撤回了申请",
    "application.change_contact": "您变更了{fields}",
    "application.change_way": "您把获取方式改为{way}",
    "application.stop_mails": "您停止了消息提醒",
    "application.resume_mails": "您恢复了消息提醒",
    "letter.note_delivery": "您领取了{letter}",
}
"""The applicant's own deeds, in their words."""
_FOR_THEM: Mapping[str, str] = {
    "application.reissue_code": "受理机关核验身份后重发了查询码，原查询码失效",
    "application.change_contact": "受理机关核验身份后，按您的要求变更了{fields}",
    "application.change_way": "受理机关核验身份后，按您的要求把获取方式改为{way}",
    "application.send_code": "查询码已发往登记的联系方式",
}
"""What others did at the applicant's wish, or so it was said."""
HANDED_IN = (
    "identity",
    "authorisation",
    "other",
    "evidence",
    "correction_pending",
    "correction",
    "explanation",
    "payment_pending",
    "payment",
)
"""Roles of papers that come from the applicant."""


@dataclass(frozen=True, slots=True)
class Act:
    """One deed: when, what."""

    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """A paper that the applicant handed in: its name, what it is, its size in bytes, its SHA-256, when it came in."""

    name: str
    label: str
    size: int
    sha256: str
    at: datetime


def own_acts(session: Session, case: Case) -> Sequence[Act]:
    """Everything that the applicant did, or had done, in the order of happening."""
    others = and_(JournalEntry.actor != APPLICANT, JournalEntry.deed.in_(_FOR_THEM))
    own = and_(JournalEntry.actor == APPLICANT, JournalEntry.deed.in_(_OWN))
    query = select(JournalEntry).where(JournalEntry.case_id == case.id, or_(own, others)).order_by(JournalEntry.id)
    titles = {letter.uid: f"《{LetterKind(letter.kind).label}》" for letter in case.all_letters}
    return [Act(one.recorded_at, _words(one, titles)) for one in session.scalars(query)]


def own_papers(case: Case) -> Sequence[OwnPaper]:
    """The papers that the applicant handed in, in the order of coming in."""
    found = [one for one in case.documents if one.role in HANDED_IN]
    return [OwnPaper(one.name, ROLES[one.role].label, one.size, one.sha256, one.added_at) for one in found]


def _words(entry: JournalEntry, titles: Mapping[str, str]) -> str:
    body: Mapping[str, Any] = json.loads(entry.body)
    words = (_OWN if entry.actor == APPLICANT else _FOR_THEM)[entry.deed]
    changed = body.get("fields", ())
    return words.format(
        fields="、".join(label for name, label in CHANGEABLE.items() if name in changed),
        way=WAYS.get(body.get("way", ""), ""),
        letter=titles.get(body.get("of", ""), "文书"),
    )
