"""What a case says of the branches of its procedure, read from its facts and papers: correction, explanation, payment."""

import json
from datetime import date
from typing import TYPE_CHECKING

from gkapply.casework import ledger
from gkapply.law.facts import FactKind
from gkapply.law.workdays import Calendar

if TYPE_CHECKING:
    from gkapply.casework.entries import Document, Fact
    from gkapply.casework.papers import Letter

REASONABLE, UNREASONABLE = "reasonable", "unreasonable"
VERDICTS = {REASONABLE: "申请理由合理", UNREASONABLE: "申请理由不合理"}
"""What the head may find of the reasons for many requests (条例第三十五条)."""


CORRECTION_PENDING, PAYMENT_PENDING = "correction_pending", "payment_pending"
"""Roles of the papers that an applicant handed in online and the office has to look at."""


class Branches:
    """Readings of a case; nothing here is stored."""

    if TYPE_CHECKING:
        facts: list[Fact]
        documents: list[Document]
        letters: list[Letter]
        answered_with: list[Letter]

        def calendar(self) -> Calendar:
            """The working-day calendar of the organ."""

    @property
    def all_letters(self) -> "list[Letter]":
        """The letters of this file, and those in another's that answer this request too (一并答复)."""
        return sorted([*self.letters, *self.answered_with], key=lambda letter: letter.id)

    @property
    def correction_waiting(self) -> "Document | None":
        """A correction handed in online that the office has not yet confirmed."""
        return self._waiting(CORRECTION_PENDING)

    @property
    def payment_waiting(self) -> "Document | None":
        """A proof of payment handed in online that the office has not yet checked."""
        return self._waiting(PAYMENT_PENDING)

    @property
    def correction_is_open(self) -> bool:
        """Whether a correction was asked for and none has been received."""
        asked, received = self._last(FactKind.CORRECTION_ASKED), self._last(FactKind.CORRECTION_RECEIVED)
        return asked is not None and received is None

    @property
    def explanation_asked_on(self) -> date | None:
        """The day on which the applicant was asked for the reasons of their requests."""
        return self._day(ledger.EXPLANATION_ASKED)

    @property
    def explanation_due_on(self) -> date | None:
        """The last day for the reasons; None while the receipt of the notice is not proved."""
        asked, received = self._last(ledger.EXPLANATION_ASKED), self._day(ledger.EXPLANATION_NOTICE_RECEIVED)
        if asked is None or asked.answer_within is None or received is None:
            return None
        return self.calendar().add(received, asked.answer_within)

    @property
    def explanation_received_on(self) -> date | None:
        """The day on which the reasons came."""
        return self._day(ledger.EXPLANATION_RECEIVED)

    @property
    def explanation_verdict(self) -> str:
        """A code of VERDICTS; empty until the head has judged."""
        judged = self._last(ledger.EXPLANATION_JUDGED)
        return "" if judged is None else str(json.loads(judged.detail)["verdict"])

    def _waiting(self, role: str) -> "Document | None":
        waiting = [paper for paper in self.documents if paper.role == role and paper.taken_on is None]
        return waiting[-1] if waiting else None

    def _last(self, kind: str) -> "Fact | None":
        found = [fact for fact in ledger.standing(self.facts) if fact.kind == kind]
        return found[-1] if found else None

    def _day(self, kind: str) -> date | None:
        fact = self._last(kind)
        return None if fact is None else fact.on_
