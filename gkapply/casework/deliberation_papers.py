"""Which papers of a case the members of a joint consultation (会商) see: none that shows who applies.

Members from outside read them by their link; the applicant's identity is no part of what is conferred about.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from gkapply.casework.entries import Document
from gkapply.casework.file_text import Unreadable, words_of
from gkapply.casework.paper_roles import ROLES
from gkapply.casework.pdf_text import Locked
from gkapply.casework.records import Case
from gkapply.casework.services import store
from gkapply.law.refusal import Refusal

SHOWABLE = ("provided", "release_review", "legal_opinion", "consultation", "file")
"""Roles of the papers that may be shown: about the information, not about whoever applies."""
MOST = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """A paper that may be shown."""

    uid: str
    label: str


def choices(case: Case) -> Sequence[Choice]:
    """The papers of the case that may be shown, in the order of their entry."""
    return [Choice(one.uid, f"{ROLES[one.role].label}：{one.name}") for one in _showable(case)]


def require_shown(session: Session, case: Case, uids: Collection[str]) -> list[str]:
    """The uids of the chosen papers in the order of entry. Raises Refusal for one that may not be shown, or that names the applicant."""
    found = {one.uid: one for one in _showable(case)}
    if set(uids) - set(found):
        raise Refusal("所选材料不能用于会商", field="papers", do="申请表、身份证明等载有申请人信息的材料不能选择")
    if len(set(uids)) > MOST:
        raise Refusal(f"最多选择{MOST}份材料", field="papers")
    chosen = [one for uid, one in found.items() if uid in set(uids)]
    for one in chosen:
        if _names_applicant(session, case, one):
            raise Refusal(
                f"材料「{one.name}」中有申请人的姓名或者名称，会商成员不应看到",
                "《个人信息保护法》第三十四条",
                field="papers",
                do="请隐去后另存一份，再选择",
            )
    return [one.uid for one in chosen]


def shown(case: Case, uids: Collection[str]) -> Sequence[Document]:
    """The chosen papers that are still in the file."""
    return [one for one in case.documents if one.uid in uids]


def _showable(case: Case) -> Iterator[Document]:
    return (one for one in case.documents if one.role in SHOWABLE and one.dispute_id is None)


def _names_applicant(session: Session, case: Case, paper: Document) -> bool:
    """Whether the words of the paper, as far as they can be read, name somebody who applies."""
    try:
        words = words_of(store(session).get(paper.sha256), paper.media_type)
    except (Unreadable, Locked):
        return False
    return any(one.name.strip() in words for one in case.applicants if len(one.name.strip()) > 1)
