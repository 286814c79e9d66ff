"""What goes into a bundle and what is left out of it, with the reason: the frozen evidence, in the order of the 卷内目录.

For the authority the whole file up to the filing; for the applicant's reading (《行政复议法》第四十七条) without what names third
persons or belongs to the inside review, unless the file holds a cleaned copy.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import ledger
from gkapply.casework.application import CHANNELS, KINDS
from gkapply.casework.bundled_papers import CleanedCopy
from gkapply.casework.case_lines import NOTE_KINDS, NOTE_LABELS, fact_lines, is_late, item_lines
from gkapply.casework.documents import WORD_TYPE
from gkapply.casework.entries import Document, Fact
from gkapply.casework.file_index import LETTER_SECTIONS, NOTE_SECTIONS
from gkapply.casework.history import history, names_of
from gkapply.casework.letter_lines import approval_lines
from gkapply.casework.paper_roles import ROLES, Section
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.sealing_register import SCAN_ROLE, stamped_scan
from gkapply.clock import day_of
from gkapply.law.clocks import reckon
from gkapply.law.facts import FactKind
from gkapply.law.letters import Addressee, LetterKind
from gkapply.letters.notation import chinese_date

AUTHORITY, APPLICANT = "authority", "applicant"
READERS = {AUTHORITY: "移送复议机关、法院（全卷）", APPLICANT: "供申请人查阅（不含涉及第三人的材料）"}
RECORD_TYPE = "text/plain; charset=utf-8"
CLEANED = "cleaned_copy"
ARTICLE = "《行政复议法》第四十七条"
NAMES_THIRD = f"涉及第三人的商业秘密、个人隐私，案卷中没有遮盖件（{ARTICLE}）"
INSIDE = f"机关内部审查记录（{ARTICLE}）"
CLOSED_ROLES = {
    "opinion": NAMES_THIRD,
    "consultation": NAMES_THIRD,
    "release_review": INSIDE,
    "legal_opinion": INSIDE,
    "approval_sheet": INSIDE,
    "instruction": INSIDE,
}
"""Roles of papers that the applicant does not read, with the reason."""
OPEN_NOTES = frozenset(
    {"search", "confirmation", "receipt", "code", "enquiry_consent", "void_proposed", "void_rejected"}
)
"""Working records about the applicant's own request; all others may name third persons."""
ENDS = frozenset({FactKind.REPLIED, FactKind.WITHDRAWN, FactKind.LAPSED})


@dataclass(frozen=True, slots=True)
class Piece:
    """One paper, or a record without a file of its own as ``words``."""

    section: Section
    title: str
    on: date | None
    media_type: str = RECORD_TYPE
    sha256: str = ""
    words: str = ""
    left_out: str = ""


def chosen(session: Session, case: Case, reader: str, until: date) -> Sequence[Piece]:
    """Every piece of the file of ``case`` up to ``until`` for that reader, by section; those left out say why."""
    pieces = [
        *_request(case, until),
        *_letters(case, until),
        *_papers(case, until),
        *_notes(session, case, until),
        *_approvals(case, until, whole=reader == AUTHORITY),
        *_records(session, case, until, whole=reader == AUTHORITY),
    ]
    if reader == AUTHORITY:
        pieces = [replace(one, left_out="") for one in pieces]
    else:
        copies = _cleaned_copies(session, case)
        pieces = [_cleaned(copies, one) if one.left_out else one for one in pieces]
    return sorted(pieces, key=lambda one: (one.section, bool(one.left_out)))


def _cleaned_copies(session: Session, case: Case) -> Mapping[str, Document]:
    """The newest cleaned copy of each paper, by the hash of the original."""
    query = select(CleanedCopy.original_sha, Document).join(Document, CleanedCopy.document_id == Document.id)
    rows = session.execute(query.where(Document.case_id == case.id).order_by(Document.id)).all()
    return {row.original_sha: row.Document for row in rows}


def _cleaned(copies: Mapping[str, Document], piece: Piece) -> Piece:
    """The cleaned copy instead of its original, where the file holds one."""
    copy = copies.get(piece.sha256)
    if copy is None:
        return piece
    title = f"{piece.title}（遮盖件）"
    return replace(piece, title=title, media_type=copy.media_type, sha256=copy.sha256, left_out="")


def _request(case: Case, until: date) -> Iterator[Piece]:
    """The request as it was entered, and how each item was decided: of these the program holds no paper."""
    kinds = dict.fromkeys(f"{one.name}（{KINDS[one.kind]}）" for one in case.applicants)
    asked = [
        f"登记编号：{case.reference}",
        f"申请人：{'、'.join(kinds)}",
        f"提交渠道：{CHANNELS[case.channel]}",
        f"收到申请之日：{chinese_date(case.received_on) if case.received_on else '未确认'}",
        *([f"信息名称：{case.information_name}"] if case.information_name else []),
        *([f"文号：{case.information_number}"] if case.information_number else []),
        f"申请内容：{case.description}",
        f"申请内容校验值：{case.content_hash}",
    ]
    yield Piece(Section.APPLICATION, "申请的登记内容", day_of(case.entered_at), words="\n".join(asked))
    decided = [item for item in item_lines(case) if item.outcome]
    days = [day_of(item.decided_at) for item in case.items if item.decided_at]
    if decided and days and max(days) <= until:
        lines = []
        for item in decided:
            lines += [f"第{item.ordinal}项：{item.quote}", f"认定：{item.outcome}（{item.article}）"]
            lines += [f"{label}：{text}" for label, text in item.evidence]
        words = "\n".join(lines)
        yield Piece(Section.RELEASE_REVIEW, "逐项认定和公开前审查意见", max(days), words=words, left_out=INSIDE)
    reviews = [one for one in case.secrecy_reviews if one.on_ <= until]
    if reviews:
        words = "\n".join(one.words for one in reviews)
        yield Piece(
            Section.RELEASE_REVIEW, "保密审查记录", max(one.on_ for one in reviews), words=words, left_out=INSIDE
        )


def _letters(case: Case, until: date) -> Iterator[Piece]:
    for letter in (*case.letters, *case.answered_with):
        if not letter.file_sha or letter.dispute_id is not None or letter.signed_on is None or letter.signed_on > until:
            continue
        kind = LetterKind(letter.kind)
        title = f"{kind.label}（{letter.number}）" if letter.number else kind.label
        section = LETTER_SECTIONS.get(kind, Section.REPLY)
        reason = NAMES_THIRD if _to_others(letter) else ""
        yield Piece(section, title, letter.signed_on, WORD_TYPE, letter.file_sha, left_out=reason)
        scan = stamped_scan(letter)
        if scan is not None and not is_late(scan.on_, scan.added_at, until):
            yield Piece(section, f"{title}（盖章扫描件）", scan.on_, scan.media_type, scan.sha256, left_out=reason)


def _to_others(letter: Letter) -> bool:
    return LetterKind(letter.kind).addressee is not Addressee.APPLICANT


def _papers(case: Case, until: date) -> Iterator[Piece]:
    foreign = _of_third_persons(case)
    for paper in case.documents:
        outside = paper.dispute_id is not None or paper.role in ("archive_index", CLEANED, SCAN_ROLE)
        if outside or is_late(paper.on_, paper.added_at, until):
            continue
        role = ROLES[paper.role]
        reason = CLOSED_ROLES.get(paper.role, NAMES_THIRD if paper.id in foreign else "")
        yield Piece(
            role.section, f"{role.label}：{paper.name}", paper.on_, paper.media_type, paper.sha256, left_out=reason
        )


def _of_third_persons(case: Case) -> set[int | None]:
    """Proofs of letters to others, and of days that concern them."""
    proofs = {letter.proof_id for letter in case.letters if _to_others(letter)}
    return proofs | {fact.document_id for fact in case.facts if fact.party is not None}


def _notes(session: Session, case: Case, until: date) -> Iterator[Piece]:
    names = names_of(session, (note.actor for note in case.notes))
    for note in case.notes:
        if is_late(note.on_, note.recorded_at, until):
            continue
        content = json.loads(note.content)
        lines = [f"记录日期：{chinese_date(note.on_)}", f"记录人：{names[note.actor]}"]
        lines += [f"{label}：{content[name]}" for name, label in NOTE_LABELS.items() if content.get(name)]
        reason = "" if note.kind in OPEN_NOTES else NAMES_THIRD
        section = NOTE_SECTIONS.get(note.kind, Section.OTHER)
        yield Piece(section, NOTE_KINDS[note.kind], note.on_, words="\n".join(lines), left_out=reason)


def _approvals(case: Case, until: date, *, whole: bool) -> Iterator[Piece]:
    """Who decided what about each letter; the words of the deciders are for the authority."""
    for letter in case.letters:
        if letter.dispute_id is not None:
            continue
        given = [line for line in approval_lines(letter) if day_of(line.at) <= until]
        if given:
            lines = [
                f"{chinese_date(day_of(line.at))}　{line.who}：{line.label}"
                + (f"，{line.comment}" if whole and line.comment else "")
                for line in given
            ]
            title = f"{LetterKind(letter.kind).label}审批单"
            reason = NAMES_THIRD if _to_others(letter) else ""
            on = day_of(given[-1].at)
            yield Piece(Section.APPROVAL, title, on, words="\n".join(lines), left_out=reason)


def _records(session: Session, case: Case, until: date, *, whole: bool) -> Iterator[Piece]:
    """What the program kept: dated facts, the reason for each day, what happened."""
    parties = {} if whole else {question.name: "第三方" for question in case.consultations}
    facts = [
        f"{chinese_date(line.on)}　{line.label}"
        + (f"，{_without(line.detail, parties)}" if line.detail else "")
        + (f"（{line.article}）" if line.article else "")
        + ("（已撤销）" if not line.stands else "")
        for line in fact_lines(session, case, until)
        if not line.late
    ]
    yield Piece(Section.LOG, "期限事实（每一日期的由来）", until, words="\n".join(facts))
    days = _days(case, until)
    if days:
        yield Piece(Section.LOG, "为什么是这一天（答复期限逐日说明）", until, words="\n".join(days))
    told = [
        f"{chinese_date(day_of(entry.at))}　{entry.who}：{_without(entry.what, parties)}"
        for entry in reversed(history(session, case))
        if day_of(entry.at) <= until and not entry.what.startswith("登记复议")
    ]
    yield Piece(Section.LOG, "操作日志摘要", until, words="\n".join(told))


def _days(case: Case, until: date) -> list[str]:
    """The day-by-day reason of the reply term, told as it ran up to the reply."""
    if case.received_on is None:
        return []
    facts = [fact for fact in ledger.law_facts(_standing(case, until)) if fact.kind not in ENDS]
    result = reckon(case.received_on, facts, case.calendar(), case.clock_settings())
    due = f"答复期限届满之日：{chinese_date(result.reply_due_on)}" if result.reply_due_on else "答复期限停止计算"
    lines = [f"收到申请之日：{chinese_date(case.received_on)}", due]
    for day in result.days():
        told = f"第{day.number}个工作日" if day.counts else f"不计入：{day.because}"
        lines.append(f"{chinese_date(day.on)}　{told}" + (f"（{day.article}）" if day.article else ""))
    return lines


def _standing(case: Case, until: date) -> list[Fact]:
    return [fact for fact in case.facts if not is_late(fact.on_, fact.recorded_at, until)]


def _without(text: str, names: dict[str, str]) -> str:
    for name, instead in names.items():
        text = text.replace(name, instead)
    return text


def papers_to_clean(case: Case) -> Sequence[tuple[str, str]]:
    """Hash and title of each paper that the applicant may read only as a cleaned copy."""
    far = date.max
    found = [*_letters(case, far), *_papers(case, far)]
    return [(one.sha256, one.title) for one in found if one.left_out]
