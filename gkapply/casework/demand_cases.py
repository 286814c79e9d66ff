"""The requests behind a figure of the analysis, and those whose area nobody has confirmed: within what the viewer sees, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.demand_counts import counted, known_area, terms_in
from gkapply.casework.demand_records import DemandTerm, TermKind
from gkapply.casework.records import Case
from gkapply.casework.supervision_period import Scope
from gkapply.law.refusal import Refusal

PAGE = 50
KINDS = {
    "theme": TermKind.THEME,
    "word": TermKind.WORD,
    "place": TermKind.PLACE,
    "unmet": TermKind.UNMET,
    "listed": TermKind.LISTED,
}
"""Names of kinds of terms in addresses."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests: of an area (empty: where nothing tells of any), naming a term; None: whatever it is."""

    area: str | None = None
    kind: str = ""
    term: int | None = None

    def conditions(self, scope: Scope) -> list[ColumnElement[bool]]:
        """The same as conditions on ``Case``. Raises Refusal for a kind of term that there is not."""
        found: list[ColumnElement[bool]] = [] if self.area is None else [known_area == self.area]
        if self.term is not None:
            if self.kind not in KINDS:
                raise Refusal("没有这个数字的名单", do="请从需求分析的数字进入")
            named = select(DemandTerm.case_id).where(terms_in(scope, KINDS[self.kind]), DemandTerm.term == self.term)
            found.append(Case.id.in_(named))
        return found


def cases_of(
    session: Session, scope: Scope, wanted: Wanted, actor: Actor, *, after: int | None = None, limit: int = PAGE
) -> Sequence[Case]:
    """The requests that a figure counts and the actor sees, the newest first; ``after``: the key of the last one seen."""
    query = select(Case).where(counted(scope), visible_cases(actor), *wanted.conditions(scope))
    if after is not None:
        query = query.where(Case.id < after)
    return session.scalars(query.order_by(Case.id.desc()).limit(limit)).all()


def unconfirmed(
    session: Session, scope: Scope, area: str | None, actor: Actor, *, after: int | None = None, limit: int = PAGE
) -> Sequence[Case]:
    """The requests that the actor sees whose area nobody has confirmed; ``area``: only those for which it is suggested."""
    query = select(Case).where(counted(scope), visible_cases(actor), Case.area.is_(None), Case.demand_day > 0)
    if area is not None:
        query = query.where(known_area == area)
    if after is not None:
        query = query.where(Case.id < after)
    return session.scalars(query.order_by(Case.id.desc()).limit(limit)).all()
