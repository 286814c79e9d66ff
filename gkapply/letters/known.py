"""What the case knows of a letter: what the letter check compares the text with."""

from dataclasses import dataclass
from datetime import date

from gkapply.law.remedies import AnsweredItem
from gkapply.law.workdays import Calendar


@dataclass(frozen=True, slots=True)
class KnownItem:
    """One item of a request: as applied for, and the codes of the answers decided (``ReplyKind``), parts held back included."""

    quote: str
    outcome: str
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownRequest:
    """One request that the letter is about, with the days of its ledger."""

    number: str
    quote: str
    received_on: date | None
    correction_asked_on: date | None = None
    correction_received_on: date | None = None
    correction_quote: str = ""
    extension_told_on: date | None = None
    items: tuple[KnownItem, ...] = ()
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the case at hand knows of its letter.

    ``number`` and ``signed_on`` are empty before the signature, and the points that hang on them are then left out.
    ``answered`` are the items as the remedies see them, None for a letter whose remedies do not hang on items. ``own_numbers``
    are the telephone and identity numbers that may stand in the letter: the applicant's own and the office's.
    ``private_names`` may not stand in it: the applicant's, in a letter to somebody else.
    """

    kind: str
    signing_name: str
    code_word: str
    review_authority: str
    court: str
    addressee: str
    requests: tuple[KnownRequest, ...]
    composed_on: date
    online_review: str = ""
    delivered_online: bool = False
    answered: tuple[AnsweredItem, ...] | None = None
    enclosures: tuple[str, ...] | None = None
    number: str | None = None
    signed_on: date | None = None
    own_numbers: frozenset[str] = frozenset()
    private_names: tuple[str, ...] = ()
    complaint: bool = False
    """Whether the office tells of 投诉、举报 besides."""
    calendar: Calendar | None = None

    @property
    def is_signed(self) -> bool:
        """Whether number and date stand in the text already."""
        return self.signed_on is not None
