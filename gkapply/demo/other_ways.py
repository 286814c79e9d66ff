"""The verbs of a life for other ways to a reply: together with other requests of the applicant, or on the spot."""

from collections.abc import Mapping
from typing import Any, Self

from gkapply.casework import joint_reply, on_the_spot
from gkapply.casework.documents import Upload
from gkapply.demo.conferring import Conferring
from workflows.duties import Duty


class OtherWays(Conferring):
    """A walk that knows other ways to a reply."""

    def answer_on_the_spot(self, outcome: str, evidence: Mapping[str, Any], record: Upload) -> Self:
        """The registrar answers at once; the applicant has signed the record."""
        on = self.today
        self.do(
            Duty.REGISTRAR,
            lambda s, case, actor, now: on_the_spot.answer(s, case, outcome, evidence, on, record, actor, now),
        )
        return self.render()

    def draft_combined(self, *others: str) -> Self:
        """Begin one letter that answers these requests of the applicant too."""
        self.do(Duty.OFFICER, lambda s, case, actor, now: joint_reply.draft(s, case, others, actor, now))
        return self
