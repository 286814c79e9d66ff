"""The 审查呈批单 of a letter that waits for approval: printed, signed by hand, scanned and entered again (纸质签批)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import letterfile
from gkapply.casework.case_lines import item_lines
from gkapply.casework.composition_base import received_on
from gkapply.casework.letter_lines import paper_words
from gkapply.casework.office_templates import template_for
from gkapply.casework.papers import Letter
from gkapply.clock import day_of
from gkapply.law.forms import FormKind
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.letters.fields import complete
from gkapply.letters.notation import chinese_date
from gkapply.letters.picture import with_code
from gkapply.letters.render import render
from workflows.letter import LetterState

WAITING = (LetterState.REVIEW, LetterState.SIGNATURE)
LONGEST = 1000
"""Characters of the draft that are printed where no item says what is proposed; the whole lies beside the sheet."""


def fields(session: Session, letter: Letter, address: str, today: date) -> dict[str, Any]:
    """What the sheet prints; ``address`` is that of the letter's page, which its code leads to.

    Raises Refusal for a letter that waits for nobody's approval.
    """
    if letter.state not in WAITING:
        raise Refusal("文书送审之后、签发之前才能打印呈批单", do="请先送审")
    case, kind = letter.case, LetterKind(letter.kind)
    return {
        "organ_name": letter.signing_name.full_name,
        "date_text": chinese_date(today),
        "request_number": "、".join(one.reference for one in letter.cases),
        "applicant_name": case.applicant_names,
        "received_on_text": chinese_date(received_on(case)),
        "due_text": chinese_date(case.due_on) if case.due_on else "停止计算",
        "request_quote": "\n".join(one.description for one in letter.cases),
        "letter_title": kind.label,
        "draft_text": _proposal(session, letter, today),
        "basis": kind.basis,
        "enclosures": [f"{kind.label}（送审稿）"],
        "author_name": letter.author.name if letter.author else "系统",
        "round_text": f"第{len(letter.rounds)}稿",
        "draft_hash": letter.snapshot_hash,
        "check_code": address,
        "opinions": list(_opinions(letter)),
    }


def sheet(session: Session, letter: Letter, address: str, today: date) -> bytes:
    """The file to print. Raises Refusal like ``fields``."""
    template = template_for(session, letter.organ_id, FormKind.APPROVAL_SHEET, today)
    said = complete(FormKind.APPROVAL_SHEET, fields(session, letter, address, today))
    return with_code(render(template, said), address)


def _proposal(session: Session, letter: Letter, today: date) -> str:
    """What the author proposes: the outcome of each item, else the words of the draft."""
    if LetterKind(letter.kind).ends_case:
        told = [
            f"{case.reference + ' ' if len(letter.cases) > 1 else ''}第{line.ordinal}项：{line.outcome}（{line.article}）"
            for case in letter.cases
            for line in item_lines(case)
            if line.outcome
        ]
        if told:
            return "\n".join(told)
    file = letterfile.letterfile(session, letter, today)
    text = "\n".join(part.strip() for part in letterfile.text(file.source) if part.strip()) if file.source else ""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……（全文见送审稿）"


def _opinions(letter: Letter) -> Iterator[Mapping[str, str]]:
    """A place to sign for each rung; what was decided already is filled in."""
    passed = letter.passed
    for rung in letter.rungs:
        decision = passed.get(rung.code)
        if decision is None:
            yield {"role": rung.label}
            continue
        paper = paper_words(decision)
        yield {
            "role": rung.label,
            "text": "，".join(part for part in (decision.comment or "同意", paper) if part),
            "name": decision.user.name,
            "on_text": chinese_date(decision.on_ or day_of(decision.at)),
        }
