"""The requests that an account opens (我的申请), each as its applicant sees it on the page where it is followed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gkapply.casework import case_links, track
from gkapply.casework.citizen_records import CitizenCase
from gkapply.casework.records import Case
from gkapply.casework.track import Progress
from workflows.case_states import CaseState

PAGE = 10


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """One request of the list."""

    since: datetime
    """When it was sent, or taken into the account."""
    sent: bool
    """Whether it was sent through the account."""
    progress: Progress

    @property
    def unread(self) -> int:
        """Letters that wait to be fetched."""
        return sum(letter.waits for letter in self.progress.letters)


@dataclass(frozen=True, slots=True)
class OwnRequests:
    """A page of the list, the newest first. ``next``: where the following page begins, None on the last one."""

    total: int
    requests: Sequence[OwnRequest]
    next: int | None
    states: Mapping[CaseState, int]
    """How many of all stand in each state, in the order of a request's course."""


def own_requests(
    session: Session, citizen_id: int, today: date, *, before: int | None = None, state: CaseState | None = None
) -> OwnRequests:
    """What the account opens, below the link with the key ``before``; with ``state`` only what stands there."""
    mine = (CitizenCase.citizen_id == citizen_id, case_links.stands())
    by_state = select(Case.state, func.count()).select_from(CitizenCase).join(Case).where(*mine).group_by(Case.state)
    counted = {row[0]: row[1] for row in session.execute(by_state)}
    states = {one: counted[one] for one in CaseState if one in counted}
    query = select(CitizenCase.id, CitizenCase.since, CitizenCase.generation, Case.reference).join(Case).where(*mine)
    if state is not None:
        query = query.where(Case.state == state)
    if before is not None:
        query = query.where(CitizenCase.id < before)
    links = session.execute(query.order_by(CitizenCase.id.desc()).limit(PAGE + 1)).all()
    shown = []
    for _, since, generation, reference in links[:PAGE]:
        actor, _ = track.applicant_of(session, reference, {}, citizen_id)
        shown.append(OwnRequest(since, generation is None, track.progress(session, actor, today)))
    return OwnRequests(sum(states.values()), shown, links[PAGE - 1].id if len(links) > PAGE else None, states)


def numbers_of(session: Session, citizen_id: int) -> Sequence[str]:
    """The number of every request that the account opens, the newest first."""
    mine = select(Case.reference).join(CitizenCase).where(CitizenCase.citizen_id == citizen_id, case_links.stands())
    return session.scalars(mine.order_by(CitizenCase.id.desc())).all()
