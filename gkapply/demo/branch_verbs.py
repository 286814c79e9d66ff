"""The verbs of a life by which a request leaves the straight path: explained, delayed, charged, given up, withdrawn."""

from datetime import date, datetime
from typing import Self

from sqlalchemy.orm import Session

from gkapply.casework import excess, fee, lapse, withdrawal
from gkapply.casework.access import Actor
from gkapply.casework.documents import Upload
from gkapply.casework.lapse import CHECKS, LapseCheck
from gkapply.casework.records import Case
from gkapply.casework.sweep import sweep
from gkapply.casework.withdrawal import Gone
from gkapply.demo.walk import Walk
from gkapply.law.letters import LetterKind
from workflows.duties import Duty


class BranchVerbs(Walk):
    """A walk that knows the branches."""

    def ask_explanation(self, counts: str, period: str, answer_within: int = 10, way: str = "") -> Self:
        """Draft, sign and send the 说明理由告知书."""
        fields = excess.explanation_fields(counts, period, answer_within)
        self.do(Duty.OFFICER, lambda s, case, actor, now: excess.propose_explanation(s, case, fields, actor, now))
        return self.issue(LetterKind.EXPLANATION_NOTICE, way)

    def explain(self, text: str) -> Self:
        """The applicant gives the reasons on the web."""
        return self.as_applicant(lambda s, case, a, now: excess.submit_explanation(s, case, text, None, a, now))

    def judge(self, verdict: str, reason: str) -> Self:
        """The head judges the reasons."""
        self.do(Duty.HEAD, lambda s, case, a, now: excess.judge_explanation(s, case, verdict, reason, a, now))
        return self

    def delay(self, until: date, reason: str, way: str = "") -> Self:
        """Draft, have fixed, and send the 延迟答复告知书."""
        self.do(Duty.OFFICER, lambda s, case, actor, now: excess.propose_delay(s, case, until, reason, actor, now))
        return self.issue(LetterKind.DELAY_NOTICE, way)

    def charge(self, mode: str, pages: int | None, reason: str, pay_how: str, way: str = "") -> Self:
        """Draft, sign and send the 收费通知书."""

        def draft(session: Session, case: Case, actor: Actor, now: datetime) -> None:
            fields = fee.fee_fields(session, case, mode, pages, reason, pay_how, self.today)
            fee.propose_fee(session, case, fields, actor, now)

        self.do(Duty.OFFICER, draft)
        return self.issue(LetterKind.FEE_NOTICE, way)

    def pay(self, yuan: int, on: date | None = None) -> Self:
        """The registrar enters the treasury's slip."""
        slip = Upload("缴费票据.txt", f"{yuan}元".encode())
        self.do(
            Duty.REGISTRAR,
            lambda s, case, a, now: fee.receive_payment(s, case, on or self.today, yuan, slip, a, now),
        )
        return self

    def time_passes(self) -> Self:
        """The errand of time looks at every case whose day has come."""
        sweep(self._tick())
        return self

    def confirm_lapse(self, call: str, judgement: str) -> Self:
        """The head goes through the list and confirms."""
        check = LapseCheck(frozenset(CHECKS), call, judgement)
        self.do(Duty.HEAD, lambda s, case, actor, now: lapse.confirm_lapse(s, case, check, actor, now))
        return self

    def withdraw(self) -> Self:
        """The applicant withdraws on the web."""
        return self.as_applicant(withdrawal.withdraw_online)

    def end_without_applicant(self, why: str, finding: str) -> Self:
        """The head ends the request of somebody who is no more."""
        gone = Gone(self.today, why, finding, Upload("证明.txt", finding.encode()))
        self.do(Duty.HEAD, lambda s, case, actor, now: withdrawal.end_without_applicant(s, case, gone, actor, now))
        return self
