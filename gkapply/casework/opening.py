"""Who may follow a request without an account: whoever shows its number and query code, in that browser, for a while.

A wrong code and an unknown number cost the same work: the same statement, the same number of keyed digests.
"""

import unicodedata
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from gkapply.casework import case_links
from gkapply.casework.access import Actor
from gkapply.casework.query_code import opens
from gkapply.casework.records import Case
from gkapply.law.case_kinds import CaseKind
from gkapply.law.refusal import NotFound
from workflows.duties import Duty

DEPTH = 4
"""A request, the one that it was split off, and so on: so many codes are tried for each number, whether they exist or not."""


def find_by_code(session: Session, reference: str, code: str) -> tuple[Case, Case] | None:
    """The case that number and query code open, and the one whose code it is: the case, or one that it was split off.

    None for an unknown number and for a wrong code alike.
    """
    given, case, opened = tidy(code).upper(), _find(session, reference), None
    for opener in _chain(case):
        if opens(session, opener, given) and opened is None:
            opened = opener
    return None if case is None or opened is None else (case, opened)


def whole_of(case: Case) -> Case | None:
    """The request that ``case`` was split off: of the same applicants, so that its query code opens the parts too."""
    return case.origin if case.kind is CaseKind.APPLICATION else None


def applicant_of(
    session: Session, reference: str, shown: Mapping[str, int], citizen_id: int | None = None
) -> tuple[Actor, str]:
    """The applicant of the case as an actor, and the number whose code opened it: its own, or that of the request that it was
    split off; empty where the account did. ``shown``: number → generation of the query code that the browser showed for it
    before. ``citizen_id``: the account that is logged in.

    Raises NotFound when there is no such case, none of these opens it, or the code was re-issued since.
    """
    case = session.scalars(select(Case).where(Case.reference == reference)).one_or_none()
    opener = case
    while case is not None and opener is not None:
        by_code = shown.get(opener.reference) == opener.query_code_generation
        if by_code or (citizen_id is not None and case_links.opens(session, citizen_id, opener)):
            actor = Actor("applicant", case.organ_id, frozenset({Duty.APPLICANT}), case_id=case.id)
            return actor, opener.reference if by_code else ""
        opener = whole_of(opener)
    raise NotFound("没有这件申请，或者查询已经关闭，或者查询码已经重发", do="请重新输入登记编号和查询码")


def find_by_number(session: Session, reference: str) -> Case | None:
    """The case with that number, however it was copied."""
    return session.scalars(select(Case).where(Case.reference.in_(spellings(reference)))).one_or_none()


def _find(session: Session, reference: str) -> Case | None:
    """The case with everything that it was split off, in one statement."""
    origin = joinedload(Case.origin)
    for _ in range(DEPTH - 2):
        origin = origin.joinedload(Case.origin)
    query = select(Case).where(Case.reference.in_(spellings(reference))).options(origin)
    return session.scalars(query).one_or_none()


def _chain(case: Case | None) -> list[Case | None]:
    """The cases whose codes open ``case``, filled up to DEPTH with none."""
    found = [case]
    while len(found) < DEPTH:
        last = found[-1]
        found.append(None if last is None else whole_of(last))
    return found


def tidy(text: str) -> str:
    """What people copied, half-width and without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def spellings(reference: str) -> set[str]:
    """How a number may have been copied: organ codes are written in either case."""
    plain = tidy(reference)[:64].replace("—", "-").replace("–", "-")
    return {plain, plain.upper(), plain.lower()}
