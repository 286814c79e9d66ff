"""The same matter asked by several applicants (条例第四十四条第一款), with what has become of its publication.

Only within the requests that the viewer sees: such a list names requests.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.demand_counts import counted
from gkapply.casework.publications import Publication, PublicationRequest
from gkapply.casework.records import Case
from gkapply.casework.supervision_period import Scope
from workflows.publication import PublicationState

MOST = 20
LOOKED_AT = 60
"""Wordings of several requests that are looked through for several applicants."""
EXCERPT = 60
ROWS_OF_GIVING = ("3.1", "3.2")
"""Rows of table 三 of requests to which the information was given, whole or in part."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Requests in the same words: what they ask for, how many there are and of how many applicants, and the proposal, if any."""

    excerpt: str
    references: Sequence[str]
    applicants: int
    given: int
    """Of how many the information was given, whole or in part."""
    state: PublicationState | None
    taken_over: bool
    """The latest comes from an old register: a proposal needs what was found and answered here."""

    @property
    def to_propose(self) -> bool:
        """Whether two applicants were given it and nobody has proposed its publication."""
        return self.state is None and self.given > 1 and not self.taken_over


def several(session: Session, scope: Scope, actor: Actor) -> Sequence[Matter]:
    """The matters that several applicants asked for, those of most requests first."""
    words = (
        select(Case.wording_hash)
        .where(counted(scope), visible_cases(actor), Case.wording_hash.is_not(None))
        .group_by(Case.organ_id, Case.wording_hash)
        .having(func.count() > 1)
        .order_by(func.count().desc(), Case.wording_hash)
        .limit(LOOKED_AT)
    )
    hashes = list(session.scalars(words))
    if not hashes:
        return []
    query = select(Case).where(counted(scope), visible_cases(actor), Case.wording_hash.in_(hashes)).order_by(Case.id)
    groups: defaultdict[tuple[int, int | None], list[Case]] = defaultdict(list)
    for case in session.scalars(query.options(selectinload(Case.applicants)).limit(1000)):
        groups[case.organ_id, case.wording_hash].append(case)
    proposals = _proposals(session, [one.id for cases in groups.values() for one in cases])
    found = [_matter(cases, proposals) for cases in groups.values()]
    several_applicants = [one for one in found if one.applicants > 1]
    return sorted(several_applicants, key=lambda one: (-len(one.references), one.references))[:MOST]


def _matter(cases: Sequence[Case], proposals: dict[int, Publication]) -> Matter:
    first = cases[0]
    persons = {one.person_id or one.name for case in cases for one in case.applicants}
    given = sum(case.report_row in ROWS_OF_GIVING for case in cases)
    proposal = next((proposals[case.id] for case in cases if case.id in proposals), None)
    return Matter(
        (first.information_name or first.description)[:EXCERPT],
        [one.reference for one in cases],
        len(persons),
        given,
        proposal.state if proposal else None,
        cases[-1].taken_over,
    )


def _proposals(session: Session, ids: Sequence[int]) -> dict[int, Publication]:
    query = (
        select(PublicationRequest)
        .where(PublicationRequest.case_id.in_(ids))
        .order_by(PublicationRequest.publication_id)
    )
    return {
        one.case_id: one.publication
        for one in session.scalars(query.options(selectinload(PublicationRequest.publication)))
    }
