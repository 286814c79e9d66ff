"""What becomes of an item that its answers have decided: row of the report, letter, remedies, and its paragraph of the letter.

Read before the outcome is saved, so that the officer sees what will stand. As with letters, the text is made outside of any
unit of work.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import answers, letterbook, office_templates
from gkapply.casework.answers import ENCLOSURES, evidence_of
from gkapply.casework.composition_replies import remedies_in_the_name_of
from gkapply.casework.item_answers import collected, way_of
from gkapply.casework.records import Case, Item
from gkapply.law.annual_rows import NATURAL_PERSON, Row, result_row
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.remedies import Variant, variant
from gkapply.law.replies import ReplyKind, letter_for
from gkapply.letters.excerpt import item_paragraphs


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """An outcome as it would be saved.

    ``variant`` is that of the item alone, None where nothing is told; ``remedies`` are the paragraphs of a letter that answers
    this item and those decided already. ``refusal`` says why they are not known.
    """

    ordinal: int
    kind: ReplyKind
    row: Row
    letter: LetterKind
    variant: Variant | None
    remedies: Sequence[str]
    refusal: Refusal | None
    template: bytes
    fields: Mapping[str, Any]
    alone: bool
    you: str


def item_draft(session: Session, case: Case, item: Item, on: date) -> ItemDraft:
    """What the answers of ``item`` lead to. Raises Refusal while they lead to nothing yet, or without a usable template."""
    kind = way_of(item).outcome
    if kind is None or kind.row is None:
        raise Refusal(f"第{item.ordinal}项还没有答完", "条例第三十六条", do="请依次答完")
    so_far = _decided(case, item, kind)
    told = [answers.answered(case, one, outcome, evidence) for one, outcome, evidence in so_far]
    own = next(found for found in told if found.ordinal == item.ordinal)
    remedies: Sequence[str] = ()
    refusal = None
    try:
        name = letterbook.signing_name_of(case, on)
        remedies = remedies_in_the_name_of(name, case, told, on)
    except Refusal as caught:
        refusal = caught
    letter = letter_for(outcome for _, outcome, _ in so_far)
    before = [evidence for one, _, evidence in so_far if one.ordinal < item.ordinal]
    return ItemDraft(
        item.ordinal,
        kind,
        result_row(kind.row),
        letter,
        None if own.without_remedy else variant(own.grounds, on),
        remedies,
        refusal,
        office_templates.template_for(session, case.organ_id, letter.value, on),
        answers.item_row(case, item, kind, collected(item), sum(_enclosures(one) for one in before)),
        len(case.items) == 1,
        "您" if case.applicant.kind == NATURAL_PERSON else "贵单位",
    )


def text(draft: ItemDraft) -> list[str]:
    """The paragraphs of the letter about the item. Raises Refusal."""
    return item_paragraphs(draft.letter.value, draft.template, draft.fields, alone=draft.alone, you=draft.you)


def _decided(case: Case, item: Item, kind: ReplyKind) -> list[tuple[Item, ReplyKind, dict[str, Any]]]:
    """The items with an outcome, this one with what its answers lead to."""
    found = []
    for one in case.items:
        if one is item:
            found.append((one, kind, collected(one)))
        elif one.outcome is not None:
            found.append((one, ReplyKind(one.outcome), evidence_of(one)))
    return found


def _enclosures(evidence: Mapping[str, Any]) -> int:
    return len([line for line in str(evidence.get(ENCLOSURES, "")).splitlines() if line.strip()])
