"""The text of a letter for a page: its paragraphs, and what changed since the last round."""

from collections.abc import Sequence
from dataclasses import dataclass

from gkapply.casework.letter_check import Judged
from gkapply.casework.letterfile import LetterFile, text, text_and_findings
from gkapply.law.refusal import Refusal
from gkapply.letters.differences import Paragraph, differences, sentences


@dataclass(frozen=True, slots=True)
class LetterText:
    """What can be read of a letter; ``refusal`` says why there is no text yet, ``changes`` is None for a first round."""

    paragraphs: Sequence[str]
    changes: Sequence[Paragraph] | None
    refusal: Refusal | None
    findings: Sequence[Judged] = ()
    is_checked: bool = False
    """Whether the letter check looked at it."""

    @property
    def sentences(self) -> list[str]:
        """The sentences of the letter in their order, for marking one of them."""
        return [one.strip() for paragraph in self.paragraphs for one in sentences(paragraph) if one.strip()]


def read(sheet: LetterFile) -> LetterText:
    """Make the texts of ``sheet``: outside of any unit of work, since making a file takes its time."""
    if sheet.source is None:
        return LetterText((), None, sheet.refusal)
    try:
        paragraphs, findings = text_and_findings(sheet)
        changes = None if sheet.earlier is None else differences(text(sheet.earlier), paragraphs)
    except Refusal as refusal:
        return LetterText((), None, refusal)
    return LetterText(paragraphs, changes, None, findings, sheet.known is not None)
