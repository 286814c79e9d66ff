"""What the author of each kind of letter writes (起草人填写的内容); everything else is composed from the file."""

from collections.abc import Mapping
from typing import Any

from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal

AUTHORS_FIELDS: Mapping[LetterKind, tuple[str, ...]] = {
    LetterKind.CORRECTION_NOTICE: ("points", "guidance", "answer_within", "override"),
    LetterKind.EXTENSION_NOTICE: ("working_days", "reason"),
    LetterKind.DISCLOSURE_NOTICE: ("decided_text", "disclose_reason"),
    LetterKind.EXPLANATION_NOTICE: ("counts_text", "period_text", "answer_within"),
    LetterKind.DELAY_NOTICE: ("until", "reason"),
    LetterKind.FEE_NOTICE: ("mode", "quantity", "yuan", "working", "pay_how"),
    LetterKind.LAPSE_NOTICE: ("cause", "told_on", "delivered_on", "delivery_proof", "term_ended_on"),
    LetterKind.WITHDRAWAL_NOTICE: ("withdrawn_on", "how"),
    LetterKind.ENTRUSTMENT_NOTICE: ("entrusted_organ", "reason"),
    LetterKind.SPLIT_NOTICE: ("children",),
    LetterKind.ASSISTANCE_LETTER: ("to", "what", "deadline"),
    LetterKind.TRANSFER_NOTICE: ("to_organ", "reason"),
    LetterKind.REVIEW_DEFENCE: (
        "authority_name",
        "dispute_number",
        "applicant_name",
        "facts",
        "reasons",
        "evidence",
        "request",
    ),
    LetterKind.SUIT_DEFENCE: (
        "authority_name",
        "dispute_number",
        "applicant_name",
        "facts",
        "reasons",
        "evidence",
        "request",
    ),
}
"""What must be written. Days are ISO dates, terms are working days, ``quantity`` is the ordinal of the month or the pages.

Kinds without an entry have nothing to write.
"""
NAMED_BY_AUTHOR: Mapping[LetterKind, str] = {
    LetterKind.ASSISTANCE_LETTER: "to",
    LetterKind.TRANSFER_NOTICE: "to_organ",
    LetterKind.REVIEW_DEFENCE: "authority_name",
    LetterKind.SUIT_DEFENCE: "authority_name",
}
"""Letters whose addressee is no party of the case: the author's field that names it."""
OPTIONAL_FIELDS: Mapping[LetterKind, tuple[str, ...]] = {
    LetterKind.SPLIT_NOTICE: ("reason",),
    LetterKind.ASSISTANCE_LETTER: ("copies",),
    LetterKind.TRANSFER_NOTICE: ("address", "consent", "copies"),
    LetterKind.REVIEW_DEFENCE: ("reply_number",),
    LetterKind.SUIT_DEFENCE: ("reply_number",),
}
"""What may be left out."""


def require_fields(kind: LetterKind, fields: Mapping[str, Any]) -> None:
    """Raises Refusal when the author left out one of the fields of the kind."""
    for name in AUTHORS_FIELDS.get(kind, ()):
        if fields.get(name) in (None, "", []):
            raise Refusal(f"《{kind.label}》还有内容没有填写", kind.basis, field=name, do="请填写完整后再保存")


def optional(fields: Mapping[str, Any], name: str) -> str:
    """One of the fields that may be left out, as text."""
    return str(fields.get(name) or "")
