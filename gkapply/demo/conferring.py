"""The verbs of a life for joint consultations (会商): asked for, called, spoken to, concluded, waived."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Self

from sqlalchemy.orm import Session

from gkapply.casework import (
    deliberation,
    deliberation_causes,
    deliberation_conclusion,
    deliberation_members,
    deliberation_minutes,
    deliberation_opinions,
)
from gkapply.casework.access import Actor
from gkapply.casework.deliberation import Plan
from gkapply.casework.deliberation_conclusion import Conclusion
from gkapply.casework.deliberation_members import Invited
from gkapply.casework.deliberation_opinions import Said
from gkapply.casework.deliberation_records import Deliberation
from gkapply.casework.records import Case
from gkapply.demo.branch_verbs import BranchVerbs
from workflows.duties import Duty

WITHIN = timedelta(days=3)


class Conferring(BranchVerbs):
    """A walk that knows joint consultations."""

    def waive_deliberation(self, reason: str = "事实清楚、依据明确，同类申请已有会商结论") -> Self:
        """The head decides that nothing of what demands a 会商 needs one."""
        self.do(
            Duty.HEAD,
            lambda s, case, actor, now: deliberation_causes.waive(
                s, case, [one.code for one in case.undeliberated], reason, actor, now
            ),
        )
        return self

    def propose_deliberation(self, topic: str, members: Sequence[Invited] = (), *, reason: str = "") -> Self:
        """The officer asks for a 会商 about everything that demands one."""

        def deed(session: Session, case: Case, actor: Actor, now: datetime) -> None:
            codes = [one.code for one in case.undeliberated]
            until = min(self.today + WITHIN, case.due_on) if case.due_on else self.today + WITHIN
            plan = Plan(topic, until, codes, reason, members=members)
            deliberation.propose(session, case, plan, actor, now)

        self.do(Duty.OFFICER, deed)
        return self

    def call_deliberation(self) -> Self:
        """The head calls it."""
        self.do(Duty.HEAD, lambda s, case, actor, now: deliberation.call(s, case.deliberations[-1], actor, now))
        return self

    def colleague(self, part: str, duty: Duty) -> Invited:
        """Who holds the duty, as a member."""
        return Invited(part, user_id=self.staff[duty].user_id)

    def speaks(self, duty: Duty, stance: str, text: str = "") -> Self:
        """A colleague gives an opinion."""
        said = Said(stance, text)
        self.do(
            duty,
            lambda s, case, actor, now: deliberation_opinions.give(s, case.deliberations[-1], said, actor, now),
        )
        return self

    def speaks_by_link(self, name: str, stance: str, text: str = "") -> Self:
        """A member from outside gives an opinion by the link."""
        said = Said(stance, text)

        def deed(session: Session, case: Case, actor: Actor, now: datetime) -> None:
            one: Deliberation = case.deliberations[-1]
            member = next(each for each in one.members if each.name == name)
            deliberation_members.note_opened(session, member, now)
            holder: Actor = deliberation_opinions.holder(member)
            deliberation_opinions.give(session, one, said, holder, now)

        self.do(Duty.OFFICER, deed)
        return self

    def no_agreement(self, about: str, authority: str) -> Self:
        """The head keeps on what nobody agreed, and puts it to the authority."""

        def deed(session: Session, case: Case, actor: Actor, now: datetime) -> None:
            one = case.deliberations[-1]
            deliberation_conclusion.disagree(session, one, about, actor, now)
            deliberation_conclusion.refer(session, one, authority, self.today, None, actor, now)

        self.do(Duty.HEAD, deed)
        return self

    def authority_answers(self, text: str) -> Self:
        """The authority's answer comes in today."""
        self.do(
            Duty.OFFICER,
            lambda s, case, actor, now: deliberation_conclusion.record_answer(
                s, case.deliberations[-1], text, self.today, None, actor, now
            ),
        )
        return self

    def conclude_deliberation(self, text: str, grounds: str, outcomes: Mapping[int, str]) -> Self:
        """The head adopts the conclusion, and the minutes are made."""
        said = Conclusion(text, grounds, self.today, outcomes, "承办人")
        uid = self.do(
            Duty.HEAD,
            lambda s, case, actor, now: _conclude(s, case.deliberations[-1], said, actor, now),
        )
        deliberation_minutes.make(uid, self._tick())
        return self


def _conclude(session: Session, one: Deliberation, said: Conclusion, actor: Actor, now: datetime) -> str:
    deliberation_conclusion.conclude(session, one, said, actor, now)
    return one.uid
