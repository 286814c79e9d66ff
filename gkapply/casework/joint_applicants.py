"""Applicants who apply together (共同申请): one request, all named, the first-named one is the contact for all.

Each gets the reply. Only the first-named one's requests are counted for fees: the counter of the others is not touched without a
decision.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gkapply.law import identifiers
from gkapply.law.refusal import Refusal

MOST = 50
_ARTICLE = "条例第二十九条第二款"
_BETWEEN = re.compile(r"[，,、;；\t]+")
_SPACED = re.compile(
    r"(?P<name>.*?\S)\s+(?P<number>(?=\S*[0-9]{4})[0-9A-Za-z()（）-]{5,})(?:\s+(?P<phone>[0-9+-]{5,}))?"
)
"""A line without commas: what follows the name and holds four digits in a row is a number. A name may hold spaces itself."""
_CITIZEN = re.compile(r"[0-9]{17}[0-9Xx]")
_ORGANISATION = re.compile(r"[0-9A-Za-z]{18}")
_LONGEST_NAME = 200
RESIDENT_ID, CREDIT_CODE, OTHER_PAPER = "resident_id", "credit_code", "other_id"


@dataclass(frozen=True, slots=True)
class JointApplicant:
    """One applicant besides the first-named one; number and telephone are empty where nothing was said."""

    name: str
    id_type: str
    id_number: str
    phone: str


@dataclass(frozen=True, slots=True)
class OtherApplicant:
    """One applicant besides the first-named one as entered field by field."""

    name: str = ""
    id_number: str = ""
    phone: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not (self.name or self.id_number or self.phone)


def read_other(one: OtherApplicant, place: int, today: date) -> JointApplicant:
    """An applicant entered field by field as the ``place``-th of them, from 0. Raises Refusal at the field that is wrong."""
    field = f"others-{place}"
    if not one.name:
        raise Refusal(f"请填写第{place + 2}名申请人的姓名或者名称", _ARTICLE, field=f"{field}-name")
    if len(one.name) > _LONGEST_NAME:
        raise Refusal(f"最多{_LONGEST_NAME}个字", field=f"{field}-name")
    phone = identifiers.phone(one.phone, f"{field}-phone") if one.phone else ""
    return _numbered(one.name, one.id_number, phone, today, f"{field}-id_number")


def read_joint(text: str, today: date) -> Sequence[JointApplicant]:
    """The applicants that ``text`` names, one a line: name, number of the identity paper, telephone.

    Raises Refusal for too many, for a line without a name, and for an identity number that cannot be one.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise Refusal(f"共同申请人最多{MOST}名", _ARTICLE, do="请分别提出申请", field="joint")
    return [_read(line, today) for line in lines]


def _read(line: str, today: date) -> JointApplicant:
    name, number, phone = ([*parts_of(line), "", ""])[:3]
    if not name or name[0].isdigit() or len(name) > _LONGEST_NAME:
        raise Refusal(
            f"共同申请人“{line[:20]}”没有写明姓名或者名称",
            _ARTICLE,
            do="每行一名：姓名 证件号码 电话，用空格或者逗号分开",
            field="joint",
        )
    return _numbered(name, number, phone, today, "joint")


def parts_of(line: str) -> Sequence[str]:
    """What stands between commas; in a line without any, name, number and telephone as spaces part them."""
    spaced = None if _BETWEEN.search(line) else _SPACED.fullmatch(line)
    if spaced is not None:
        return [part for part in spaced.groups() if part]
    return [part.strip() for part in _BETWEEN.split(line)]


def paper_of(number: str) -> str:
    """The kind of paper that a number looks to be of; empty for no number."""
    if _CITIZEN.fullmatch(number):
        return RESIDENT_ID
    if _ORGANISATION.fullmatch(number):
        return CREDIT_CODE
    return OTHER_PAPER if number else ""


def _numbered(name: str, number: str, phone: str, today: date, field: str) -> JointApplicant:
    if _CITIZEN.fullmatch(number):
        return JointApplicant(name, RESIDENT_ID, identifiers.identity_number(number, today, field), phone)
    if _ORGANISATION.fullmatch(number):
        return JointApplicant(name, CREDIT_CODE, identifiers.credit_code(number, field), phone)
    return JointApplicant(name, OTHER_PAPER if number else "", number, phone)
