"""What a reply gives out of a case, one by one, and which secrecy review (保密审查) holds for each."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gkapply.law.refusal import Refusal
from gkapply.law.replies import ReplyKind
from gkapply.law.secrecy_results import ARTICLE, SecrecyResult

if TYPE_CHECKING:
    from gkapply.casework.entries import Document
    from gkapply.casework.records import Item
    from gkapply.casework.reviewed import SecrecyReview

GIVEN = "provided"
"""Role of a paper whose copy goes to the applicant."""
RELEASING = (ReplyKind.DISCLOSED, ReplyKind.PARTIAL)
"""Outcomes by which something leaves that was not public before."""
LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Release:
    """One thing that is to leave: a paper, or what is given on an item. ``code`` names it in forms, ``title`` on pages."""

    code: str
    title: str
    sha256: str
    outcome: ReplyKind | None
    """The item's outcome; None for a paper."""
    review: "SecrecyReview | None"
    """The newest review over this very content."""
    was_reviewed: bool
    """Whether something else was reviewed under the same name before."""

    @property
    def leaves(self) -> bool:
        """Whether the thing itself is given out: a paper that was not found open stays here."""
        return self.outcome is not None or self.review is None or self.review.result is SecrecyResult.OPEN

    def fault(self, authors: Collection[int]) -> str:
        """Why it may not be signed for yet; empty when nothing is wrong. ``authors`` wrote the reply."""
        if self.review is None:
            return "内容在保密审查之后有变动，须重新审查" if self.was_reviewed else "尚未经保密审查"
        if self.review.reviewer_id in authors:
            return "的保密审查人就是答复书的起草人，须由他人审查"
        if self.outcome is not None and self.review.result not in _AGREEING[self.outcome]:
            return f"的保密审查结论为“{self.review.result.label}”，与认定的“{self.outcome.label}”不符"
        return ""


_AGREEING = {
    ReplyKind.DISCLOSED: (SecrecyResult.OPEN,),
    ReplyKind.PARTIAL: (SecrecyResult.OPEN, SecrecyResult.SEPARATED),
}


class Releasing:
    """Readings of a case; nothing here is stored."""

    if TYPE_CHECKING:
        items: list[Item]
        documents: list[Document]
        secrecy_reviews: list[SecrecyReview]

    @property
    def releases(self) -> Sequence[Release]:
        """Each paper and each item whose information is to be given out; empty where no item gives any."""
        given = [item for item in self.items if item.outcome in RELEASING]
        if not given:
            return ()
        papers = [paper for paper in self.documents if paper.role == GIVEN]
        return (*map(self._item, given), *map(self._paper, papers))

    def release(self, code: str) -> Release:
        """The one of that code. Raises Refusal when nothing of that code is given out."""
        for one in self.releases:
            if one.code == code:
                return one
        raise Refusal("这一项信息不在拟公开之列，可能已经重新认定", ARTICLE, field="things")

    def _item(self, item: "Item") -> Release:
        content = content_of(item)
        past = [one for one in self.secrecy_reviews if one.item == item.ordinal]
        title = f"第{item.ordinal}项：{_short(item.quote)}"
        return _release(f"item:{item.ordinal}", title, content, ReplyKind(str(item.outcome)), past)

    def _paper(self, paper: "Document") -> Release:
        past = [one for one in self.secrecy_reviews if one.document_id == paper.id]
        return _release(f"paper:{paper.uid}", f"附件「{paper.name}」", paper.sha256, None, past)


def content_of(item: "Item") -> str:
    """SHA-256 of what the item gives: what was asked, the outcome, what is enclosed, which parts are withheld."""
    evidence = json.loads(item.evidence)
    given = [item.quote, item.outcome, evidence.get("enclosures", ""), evidence.get("withheld_parts", [])]
    said = json.dumps(given, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _release(code: str, title: str, sha256: str, outcome: ReplyKind | None, past: "Sequence[SecrecyReview]") -> Release:
    over_this = [one for one in past if one.sha256 == sha256]
    return Release(code, title, sha256, outcome, over_this[-1] if over_this else None, bool(past))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TITLE else f"{line[:LONGEST_TITLE]}……"
