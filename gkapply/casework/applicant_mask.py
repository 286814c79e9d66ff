"""Texts of a case without its applicants: names become 「申请人」, numbers and addresses 「（隐去）」."""

import re
from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from gkapply.casework.people_data import contact_of, party_contact
from gkapply.casework.records import Case

_OPEN = ("id_type", "agent_relation", "guardian_relation")
_NAMES = ("contact_name", "representative", "agent_name", "guardian_name")
_SHORTEST = 2
_NUMBER = re.compile(
    r"(?<![0-9])(?:1[0-9]{2}[ -]?[0-9]{4}[ -]?[0-9]{4}|[0-9]{6}[ -]?[0-9]{8}[ -]?[0-9]{3}[0-9Xx])(?![0-9])"
)
"""A mobile or identity number, also where it is written with gaps or belongs to somebody else."""

Mask = Callable[[str], str]


def mask_of(session: Session, cases: Sequence[Case]) -> Mask:
    """A function that takes the applicants of these cases out of a text; the organ's own names stay."""
    own = {name for case in cases for name in (case.organ.name, *(one.full_name for one in case.organ.signing_names))}
    instead: dict[str, str] = {}
    for case in cases:
        for applicant in case.applicants:
            for field, value in contact_of(session, applicant).items():
                if field not in _OPEN:
                    instead.setdefault(value.strip(), "申请人一方" if field in _NAMES else "（隐去）")
            instead[applicant.name.strip()] = "申请人"
        for question in case.consultations:
            instead.setdefault(question.name.strip(), "第三方" if question.party_kind == "third_party" else "其他机关")
            for value in party_contact(session, question).values():
                instead.setdefault(value.strip(), "（隐去）")
    # The longest first: a name may be part of an address or of another name.
    words = sorted((word for word in instead if len(word) >= _SHORTEST and word not in own), key=len, reverse=True)

    def masked(text: str) -> str:
        for word in words:
            text = text.replace(word, instead[word])
        return _NUMBER.sub("（隐去）", text)

    return masked
