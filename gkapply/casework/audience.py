"""Whom time tells of what (谁被告知): the officer, the office, the rungs of the ladder 承办人 → 负责人 → 分管领导 → 主管部门."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from gkapply.casework.notification import holders
from gkapply.casework.supervisors import supervisors_above
from gkapply.law.prompts import SUPERVISOR_LEVEL
from workflows.duties import Duty


class Audience:
    """Who holds which duty in some organs on a day, asked once for many cases."""

    def __init__(self, session: Session, organ_ids: Iterable[int], on: date):
        self._session, self._organs, self._on = session, set(organ_ids), on

    def holding(self, organ_id: int, duty: Duty) -> tuple[int, ...]:
        """Everybody who holds the duty there."""
        return tuple(self._held.get((organ_id, duty), ()))

    def office(self, organ_id: int) -> tuple[int, ...]:
        """The registrars and the head of the 公开机构."""
        return self.holding(organ_id, Duty.REGISTRAR) + self.holding(organ_id, Duty.HEAD)

    def handlers(self, organ_id: int, officer_id: int | None) -> tuple[int, ...]:
        """The officer of a case; while it has none, the office."""
        return self.office(organ_id) if officer_id is None else (officer_id,)

    def rung(self, organ_id: int, officer_id: int | None, level: int) -> tuple[int, ...]:
        """Who is told of an overdue reply on this rung."""
        if level == 0:
            return self.handlers(organ_id, officer_id) + self.holding(organ_id, Duty.HEAD)
        if level == 1:
            return self.holding(organ_id, Duty.SIGNER)
        above, place = self._supervisors[organ_id], level - SUPERVISOR_LEVEL
        return above[place] if place < len(above) else ()

    @cached_property
    def _held(self) -> dict[tuple[int, Duty], list[int]]:
        """Mostly time has nothing to tell: asked when it has."""
        return holders(self._session, self._organs, (Duty.REGISTRAR, Duty.HEAD, Duty.SIGNER), self._on)

    @cached_property
    def _supervisors(self) -> dict[int, list[tuple[int, ...]]]:
        """Few cases climb so high: asked when the first does."""
        return supervisors_above(self._session, self._organs, self._on)
