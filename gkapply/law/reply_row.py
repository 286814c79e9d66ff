"""What the table of reply kinds says of one kind."""

from dataclasses import dataclass

from gkapply.law.evidence import Evidence
from gkapply.law.letters import LetterKind


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """One row of the table; ``gkapply.law.replies.ReplyKind`` explains the columns."""

    label: str
    article: str
    words: str
    letter: LetterKind
    row: str | None
    evidence: tuple[Evidence, ...]
    ground: str | None = None
