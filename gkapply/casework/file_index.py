"""The parts of a file in the order of the 卷内目录, each with its SHA-256.

A letter or paper is named by the hash of its file; a record that has no file of its own (a search, an approval, the log) by
the hash of its canonical text.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.answers import evidence_of
from gkapply.casework.case_lines import NOTE_KINDS
from gkapply.casework.entries import Document
from gkapply.casework.instruction import instructions_of
from gkapply.casework.journal import JournalEntry, canonical
from gkapply.casework.letter_lines import approval_lines
from gkapply.casework.likeness_judging import judgements_of
from gkapply.casework.paper_roles import ROLES, Section
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.sealing_register import SCAN_ROLE, stamped_scan
from gkapply.clock import day_of
from gkapply.law.letters import INQUIRIES, LetterKind

NOTE_SECTIONS = {
    "search": Section.SEARCH,
    "confirmation": Section.RECEIPT,
    "receipt": Section.RECEIPT,
    "pickup": Section.DELIVERY,
}
"""Where the working records stand; all others are 其他材料."""
LETTER_SECTIONS = {
    LetterKind.RECEIPT: Section.RECEIPT,
    LetterKind.CORRECTION_NOTICE: Section.CORRECTION,
    LetterKind.EXTENSION_NOTICE: Section.EXTENSION,
    **dict.fromkeys(INQUIRIES, Section.OPINION),
    LetterKind.INQUIRY_NOTICE: Section.OPINION,
    LetterKind.DISCLOSURE_NOTICE: Section.OPINION,
    LetterKind.ASSISTANCE_LETTER: Section.OPINION,
    LetterKind.EXPLANATION_NOTICE: Section.EXTENSION,
    LetterKind.DELAY_NOTICE: Section.EXTENSION,
    LetterKind.FEE_NOTICE: Section.FEE,
    LetterKind.REVIEW_DEFENCE: Section.DISPUTE,
    LetterKind.SUIT_DEFENCE: Section.DISPUTE,
    LetterKind.ENTRUSTMENT_NOTICE: Section.OTHER,
    LetterKind.SPLIT_NOTICE: Section.OTHER,
    LetterKind.TRANSFER_NOTICE: Section.OTHER,
}
"""Where the letters on the way stand; a reply, and what ends a request without one, is 答复书."""
ONE_PAGE = ("image/jpeg", "image/png")


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the index. ``pages`` says pages where they are known, else that it is one piece."""

    section: Section
    title: str
    on: date | None
    pages: str
    sha256: str

    def as_json(self) -> dict[str, Any]:
        """The line as the index keeps it."""
        return {
            "section": int(self.section),
            "section_label": self.section.label,
            "title": self.title,
            "on": self.on.isoformat() if self.on else None,
            "pages": self.pages,
            "sha256": self.sha256,
        }


def parts(session: Session, case: Case) -> Sequence[Part]:
    """Everything in the file of ``case``, by section, within one in the order of its making."""
    found = [
        *_letters(case),
        *_papers(case),
        *_notes(case),
        *_reviews(case),
        *_approvals(case),
        *_instructions(session, case),
        *_likeness(session, case),
        _log(session, case),
    ]
    return sorted(found, key=lambda part: part.section)


def _letters(case: Case) -> Iterator[Part]:
    for letter in case.all_letters:
        if letter.file_sha:
            kind = LetterKind(letter.kind)
            title = f"{kind.label}（{letter.number}）" if letter.number else kind.label
            section = LETTER_SECTIONS.get(kind, Section.REPLY)
            yield Part(section, title, letter.signed_on, "1份", letter.file_sha)
            scan = stamped_scan(letter)
            if scan is not None:
                yield Part(section, f"{title}（盖章扫描件）", scan.on_, "1份", scan.sha256)


def _papers(case: Case) -> Iterator[Part]:
    return (_paper(paper) for paper in case.documents if paper.role != SCAN_ROLE)


def _paper(paper: Document) -> Part:
    role = ROLES[paper.role]
    pages = "1页" if paper.media_type in ONE_PAGE else "1份"
    return Part(role.section, f"{role.label}：{paper.name}", paper.on_, pages, paper.sha256)


def _notes(case: Case) -> Iterator[Part]:
    for note in case.notes:
        section = NOTE_SECTIONS.get(note.kind, Section.OTHER)
        yield _record(section, NOTE_KINDS[note.kind], note.on_, json.loads(note.content))


def _reviews(case: Case) -> Iterator[Part]:
    """公开前审查 of each item that is given, as its officer proposed it, and the secrecy reviews."""
    for item in case.items:
        review = evidence_of(item).get("release_review") if item.outcome else None
        if review:
            on = day_of(item.decided_at) if item.decided_at else None
            yield _record(Section.RELEASE_REVIEW, f"第{item.ordinal}项公开前审查意见", on, {"review": review})
    for one in case.secrecy_reviews:
        yield _record(Section.RELEASE_REVIEW, f"保密审查：{one.about}", one.on_, {"review": one.words})


def _approvals(case: Case) -> Iterator[Part]:
    for letter in case.all_letters:
        if letter.approvals:
            yield _approval_sheet(letter)


def _approval_sheet(letter: Letter) -> Part:
    decisions = [
        {
            "step": line.label,
            "who": line.who,
            "at": line.at.isoformat(),
            "comment": line.comment,
            **({"on_paper": line.on_paper} if line.on_paper else {}),
        }
        for line in approval_lines(letter)
    ]
    content = {"letter": letter.uid, "snapshot": letter.snapshot_hash, "decisions": decisions}
    title = f"{LetterKind(letter.kind).label}审批单"
    return _record(Section.APPROVAL, title, day_of(letter.approvals[-1].at), content)


def _instructions(session: Session, case: Case) -> Iterator[Part]:
    """What leaders wrote, and what came of it."""
    for one in instructions_of(session, case):
        content = {
            "leader": one.leader,
            "text": one.text,
            "follows": one.follows,
            "due_on": one.due_on.isoformat() if one.due_on else None,
            "done_on": one.done_on.isoformat() if one.done_on else None,
            "done_note": one.done_note,
        }
        yield _record(Section.APPROVAL, f"领导批示（{one.leader}）", one.on_, content)


def _likeness(session: Session, case: Case) -> Iterator[Part]:
    """What persons found of requests like this one."""
    for one in judgements_of(session, case):
        content = {"with": one.other.reference, "judged": one.judged.value, "reason": one.reason, "by": one.user_id}
        yield _record(Section.OTHER, f"相似申请的判断：{one.other.reference}", day_of(one.at), content)


def _log(session: Session, case: Case) -> Part:
    query = select(JournalEntry.seq, JournalEntry.hash, JournalEntry.recorded_at)
    entries = session.execute(query.where(JournalEntry.case_id == case.id).order_by(JournalEntry.id)).all()
    content = {"entries": [[entry.seq, entry.hash] for entry in entries]}
    on = day_of(entries[-1].recorded_at) if entries else None
    return _record(Section.LOG, f"操作日志摘要（{len(entries)}条）", on, content)


def _record(section: Section, title: str, on: date | None, content: Mapping[str, Any]) -> Part:
    return Part(section, title, on, "1份", hashlib.sha256(canonical(dict(content)).encode()).hexdigest())
