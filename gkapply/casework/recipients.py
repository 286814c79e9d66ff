"""Whom a letter has to reach (受送达人): each joint applicant, the consulted party, another organ, an authority or court."""

from dataclasses import dataclass

from gkapply.casework.author_fields import NAMED_BY_AUTHOR
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.records import Applicant
from gkapply.law.letters import Addressee, LetterKind

_ROLES = {
    Addressee.APPLICANT: "申请人",
    Addressee.THIRD_PARTY: "第三方",
    Addressee.OTHER_ORGAN: "其他机关",
    Addressee.REVIEW_AUTHORITY: "行政复议机关",
    Addressee.COURT: "人民法院",
}
OTHER = "other"
"""Key of a recipient that is no party of the case: the letter has only that one."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One recipient of a letter: a key that never changes, the name, what it is to the case, and its record if there is one."""

    key: str
    name: str
    role: str
    applicant: Applicant | None = None
    question: Consultation | None = None


def recipients(letter: Letter) -> tuple[Recipient, ...]:
    """Everybody whom the letter has to reach, in a fixed order."""
    kind, question = LetterKind(letter.kind), letter.consultation
    role = _ROLES[kind.addressee]
    if kind in NAMED_BY_AUTHOR:
        return (Recipient(OTHER, str(letter.field(NAMED_BY_AUTHOR[kind])), role),)
    if kind.addressee is not Addressee.APPLICANT and question is not None:
        return (Recipient(f"party:{question.uid}", question.name, role, question=question),)
    return tuple(
        Recipient(f"applicant:{one.uid}", one.name, role, applicant=one)
        for case in letter.cases
        for one in case.applicants
    )
