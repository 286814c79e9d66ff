"""Where a letter stands on its approval ladder, and who has passed which rung of it."""

from typing import TYPE_CHECKING

from gkapply.casework.letter_route import planned
from gkapply.law.ladders import Rung, earlier_route, read_route
from gkapply.law.letters import LetterKind
from workflows.letter import LetterState

if TYPE_CHECKING:
    from gkapply.casework.papers import Approval
    from gkapply.casework.records import Case

PASSES = ("pass_rung", "pass_review")
"""Deeds by which a letter goes up its ladder."""
SIGNATURES = ("sign_reply", "sign_extension", "sign_notice")
"""Deeds by which it is signed."""
RETURNS = ("return_review", "return_signature")
"""Deeds by which it goes back to its author, who begins at the first rung again."""
TAKEN_BACK = ("cancel",)
"""The deed by which it is taken back after the signature."""


class Climbing:
    """What a letter is as far as its ladder is concerned."""

    if TYPE_CHECKING:
        kind: str
        state: LetterState
        route: str
        rung: str
        snapshot_hash: str
        approvals: list[Approval]

        @property
        def cases(self) -> list[Case]:
            """Every request that the letter is about."""

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """Its ladder, the signature last: as fixed at its submission; of a draft, as it would be fixed now."""
        if self.state in (LetterState.NEW, LetterState.DRAFT):
            return planned(LetterKind(self.kind), self.cases)
        return read_route(self.route) if self.route else earlier_route(LetterKind(self.kind))

    @property
    def place(self) -> int:
        """Which of its rungs, counted from 0, it waits at; of a draft the first."""
        if self.state not in (LetterState.NEW, LetterState.DRAFT, LetterState.REVIEW):
            return len(self.rungs) - 1
        return next((place for place, rung in enumerate(self.rungs) if rung.code == self.rung), 0)

    @property
    def present_rung(self) -> Rung:
        """The rung at which it waits."""
        return self.rungs[self.place]

    @property
    def passed(self) -> dict[str, "Approval"]:
        """Code of a rung → who passed it in this round, over the snapshot as it stands; a return ends a round."""
        found: dict[str, Approval] = {}
        for one in self.approvals:
            if one.deed in RETURNS:
                found.clear()
            elif one.deed in PASSES and one.snapshot_hash == self.snapshot_hash:
                found[one.rung or self.rungs[0].code] = one
        return found

    @property
    def reviewers(self) -> frozenset[int]:
        """Users who passed the snapshot as it stands."""
        return frozenset(one.user_id for one in self.passed.values())

    @property
    def review_holds(self) -> bool:
        """Whether every rung before the signature was passed over exactly this snapshot."""
        return all(rung.code in self.passed for rung in self.rungs[:-1])

    def unconfirmed(self, user_id: int | None) -> "Approval | None":
        """The last decision that was entered from paper as this user's and that the user has not confirmed since."""
        found: Approval | None = None
        for one in self.approvals:
            if one.user_id == user_id:
                found = None if one.deed == "confirm_paper" else one if one.entered_by is not None else found
        return found
