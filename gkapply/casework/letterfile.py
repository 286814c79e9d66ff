"""One letter as it is read before it is approved: its whole text, who wrote and reviewed it, what changed since last time.

The text comes from what was frozen; only a draft is composed anew. Made in two parts, so that no unit spans the making of a
file: ``letterfile`` reads, ``text`` renders.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import composition, letter_check, letters_together, office_templates
from gkapply.casework.advice_lines import AdviceSheet, advice_sheet
from gkapply.casework.case_lines import ItemLine, NoteLine, item_lines, note_lines
from gkapply.casework.ladder_lines import RungLine, ladder_lines
from gkapply.casework.letter_check import Judged, Override
from gkapply.casework.letter_known import known_of
from gkapply.casework.letter_lines import LetterLine, letter_line
from gkapply.casework.papers import Letter
from gkapply.casework.question_lines import ConsultationLine, consultation_lines
from gkapply.casework.reply import SEARCH
from gkapply.casework.services import store
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.letters.check import check
from gkapply.letters.known import Known
from gkapply.letters.render import preview, snapshot
from gkapply.letters.text import paragraphs
from workflows.letter import LetterState


@dataclass(frozen=True, slots=True)
class Source:
    """What a text is made from: the template's bytes and the fields."""

    template: bytes
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Member:
    """One letter of several that are decided together."""

    uid: str
    reference: str
    addressee: str


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A letter to be read. ``refusal`` says why a draft cannot be composed yet; ``earlier`` is the round before, if any."""

    reference: str
    line: LetterLine
    ladder: Sequence[RungLine]
    members: Sequence[Member]
    """The letters that are decided together with it, itself among them; empty for a letter on its own."""
    answers: bool
    """Whether it is the reply to the request: then the items, and the records that they rest on, belong to it."""
    items: Sequence[ItemLine]
    searches: Sequence[NoteLine]
    consultations: Sequence[ConsultationLine]
    source: Source | None
    earlier: Source | None
    refusal: Refusal | None
    known: Known | None
    """What the letter check compares the text with, as long as its findings can still be mended or overridden."""
    overrides: Mapping[str, Override]
    advice: AdviceSheet


def letterfile(session: Session, letter: Letter, today: date) -> LetterFile:
    """Read what the page of ``letter`` shows; a draft is composed as of ``today``."""
    refusal, source, known = None, None, None
    overrides: Mapping[str, Override] = {}
    try:
        source = _source(session, letter, today)
        if letter.state in letter_check.OPEN:
            known = known_of(session, letter, today)
            overrides = letter_check.overrides_of(session, letter, _hash_of(letter, source))
    except Refusal as caught:
        refusal = caught
    kind = LetterKind(letter.kind)
    return LetterFile(
        reference=letter.case.reference,
        line=letter_line(letter),
        ladder=ladder_lines(session, letter, today),
        members=_members(letter),
        answers=kind.ends_case,
        items=item_lines(letter.case) if kind.ends_case else (),
        searches=note_lines(session, letter.case, SEARCH) if kind.ends_case else (),
        consultations=consultation_lines(letter.case, today) if kind.ends_case else (),
        source=source,
        earlier=_earlier(session, letter),
        refusal=refusal,
        known=known,
        overrides=overrides,
        advice=advice_sheet(session, letter, today),
    )


def _members(letter: Letter) -> list[Member]:
    letters = letters_together.together(letter)
    if len(letters) == 1:
        return []
    return [
        Member(one.uid, one.case.reference, one.consultation.name if one.consultation else one.case.applicant_names)
        for one in letters
    ]


def text(source: Source) -> list[str]:
    """The paragraphs of the letter; marks stand where number and date are still to come. Raises Refusal."""
    return paragraphs(preview(source.template, source.fields))


def text_and_findings(sheet: LetterFile) -> tuple[list[str], list[Judged]]:
    """The paragraphs, and what the letter check finds in them with what was decided about it. Raises Refusal."""
    assert sheet.source is not None
    docx = preview(sheet.source.template, sheet.source.fields)
    found = letter_check.judge(check(docx, sheet.known), sheet.overrides) if sheet.known else []
    return paragraphs(docx), found


def _hash_of(letter: Letter, source: Source) -> str:
    drafting = letter.state is LetterState.DRAFT
    return snapshot(letter.kind, source.template, source.fields)[1] if drafting else letter.snapshot_hash


def _source(session: Session, letter: Letter, today: date) -> Source:
    if letter.state in (LetterState.NEW, LetterState.DRAFT):
        template = office_templates.template_for(session, letter.organ_id, letter.kind, today)
        return Source(template, composition.compose(session, letter, today))
    return frozen(session, letter.final or letter.snapshot)


def frozen(session: Session, snapshot: str) -> Source:
    """What a frozen text is made from."""
    kept = json.loads(snapshot)
    return Source(store(session).get(kept["template_sha256"]), kept["fields"])


def _earlier(session: Session, letter: Letter) -> Source | None:
    """The text of the last round that was another one: of a draft the returned round, of a submitted letter the one before."""
    drafting = letter.state is LetterState.DRAFT
    before = [one for one in letter.rounds if drafting or one.snapshot_hash != letter.snapshot_hash]
    return frozen(session, before[-1].snapshot) if before else None
