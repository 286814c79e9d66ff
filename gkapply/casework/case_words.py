"""What the search reads of each thing in a case: the request, letters, notes, papers.

Sealed personal data do not come in: letters without addressee and contact, and numbers of persons that somebody wrote into a letter, a
note or a file are left out.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from gkapply.casework.case_grams import folded
from gkapply.casework.entries import Document, Note
from gkapply.casework.paper_roles import ROLES, Section
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.law.letters import LetterKind
from gkapply.traces.folded import fold
from gkapply.traces.numbers import numbers_in
from workflows.letter import LetterState

LONGEST_TEXT = 50_000
"""Characters of one text that are read, about sixty pages."""
IN_EVERY_LETTER = frozenset(
    {
        *("organ_name", "document_number", "date_text", "contact_name", "contact_phone", "contact_address", "you"),
        *("addressee", "applicant_text", "to_address", "request_number", "received_on_text", "received_how"),
        *("request_quote", "request_kind", "request_wish", "correction_quote", "query_address", "query_hint"),
        *("remedies", "content_hash", "template_sha256"),
    }
)
"""Fields that repeat the request, are the same in every letter, or reach a person."""
_CODE = re.compile("[a-z0-9]+(_[a-z0-9]+)+")
"""A value that a field keeps for the program; nobody reads or searches it."""
LEFT_OUT = " … "
HEAD_LINES = ("登记编号", "申请人", "信息名称或者文号")
"""What stands in the lines of a request's text before its description."""


def of_request(case: Case) -> str:
    """Number and reference, applicants, title and what is applied for, a line for each."""
    title = f"{case.information_name} {case.information_number}".strip()
    return request_text(case.number, case.reference, case.applicant_names, title, case.description)


def request_text(number: str, reference: str, names: str, title: str, description: str) -> str:
    """The text of a request: HEAD_LINES lines, then the description as it was written."""
    head = (" ".join(line.split()) for line in (f"{number} {reference}", names, title))
    return folded("\n".join((*head, description)))


def of_letter(letter: Letter) -> str:
    """Kind, number and what this very letter says; empty for a draft that was given up."""
    if letter.state is LetterState.DISCARDED and letter.signed_on is None:
        return ""
    frozen = letter.final or letter.snapshot
    said = json.loads(frozen)["fields"] if frozen and letter.state is not LetterState.DRAFT else letter.written
    own = {name: value for name, value in said.items() if name not in IN_EVERY_LETTER}
    return _told([f"{LetterKind(letter.kind).label} {letter.number or ''}", *_strings(own)])


def of_note(note: Note) -> str:
    """The words of a working record."""
    return _told(_strings(json.loads(note.content)))


def of_paper(paper: Document, read: str = "") -> str:
    """Purpose and name of a paper, what was written instead of a file, and what was ``read`` in the file."""
    role = ROLES.get(paper.role)
    return _told([f"{role.label if role else ''} {paper.name}", paper.text, read])


def may_be_read(paper: Document) -> bool:
    """Whether the file is looked into: not what proves an identity, nor what was typed and is known."""
    role = ROLES.get(paper.role)
    return not paper.text and (role is None or role.section is not Section.IDENTITY)


def _told(parts: Iterable[str]) -> str:
    return folded(without_numbers("\n".join(part for part in parts if part.strip()))[:LONGEST_TEXT])


def without_numbers(text: str) -> str:
    """The text without identity, telephone and account numbers and addresses of mail."""
    plain, kept, through = fold(text), [], 0
    for start, end in sorted(plain.span(hit.start, hit.end) for hit in numbers_in(plain.text)):
        if start >= through:
            kept += [text[through:start], LEFT_OUT]
        through = max(through, end)
    return "".join((*kept, text[through:]))


def _strings(value: Any) -> Iterator[str]:
    """Every text in a JSON value, in its order."""
    if isinstance(value, str):
        if not _CODE.fullmatch(value):
            yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
