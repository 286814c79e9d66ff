"""The lines of a page about the questions to others: how each stands, and when information may leave against a party's word."""

from dataclasses import dataclass
from datetime import date

from gkapply.casework.case_lines import Pairs
from gkapply.casework.consultation import OPINIONS, PARTY_KINDS
from gkapply.casework.papers import Consultation
from gkapply.casework.records import Case
from gkapply.casework.weighing import WEIGHINGS
from gkapply.law.letters import INQUIRIES
from gkapply.law.release import free_from
from gkapply.letters.notation import chinese_date, working_days
from workflows.consultation import ConsultationState
from workflows.release_guards import AGAINST, notice_delivered_on


@dataclass(frozen=True, slots=True)
class ConsultationLine:
    """One question. ``proof`` says how its sending and receipt are proved, ``alarm`` that the receipt is overdue."""

    uid: str
    name: str
    state: ConsultationState
    pairs: Pairs
    kind: str
    number: str
    term: str
    asked_on: date | None
    received_on: date | None
    due_on: date | None
    outcome: str
    proof: str
    alarm: bool
    awaits_weighing: bool


@dataclass(frozen=True, slots=True)
class Hold:
    """When the information may leave although this third party does not want it.

    ``free_from`` is None until the 决定公开告知书 is delivered; ``fits``: that day lies inside the reply term (None: not known).
    ``earliest``: the day it would be, were the notice delivered today.
    """

    name: str
    told_on: date | None
    free_from: date | None
    earliest: date
    due_on: date | None
    days: int

    @property
    def fits(self) -> bool | None:
        """Whether the information can still leave inside the reply term."""
        return None if self.due_on is None else (self.free_from or self.earliest) <= self.due_on


def consultation_lines(case: Case, today: date) -> list[ConsultationLine]:
    """The questions of the case in their order, as they stand on ``today``."""
    return [_line(one, today) for one in case.consultations]


def holds(case: Case, today: date) -> list[Hold]:
    """For each third party against whose word information is released: whether and when it may leave."""
    days, calendar = case.organ.office_settings().hold_days, case.calendar()
    found = []
    for one in case.consultations:
        if one.refuses and one.weighed in AGAINST:
            told_on = notice_delivered_on(one)
            free = free_from(told_on, days, calendar) if told_on else None
            found.append(Hold(one.name, told_on, free, free_from(today, days, calendar), case.due_on, days))
    return found


def _line(question: Consultation, today: date) -> ConsultationLine:
    letter = next((one for one in question.letters if one.kind in INQUIRIES), None)
    asked = question.state is ConsultationState.ASKED
    return ConsultationLine(
        uid=question.uid,
        name=question.name,
        state=question.state,
        pairs=_about(question),
        kind=PARTY_KINDS[question.party_kind],
        number=(letter.number or "") if letter else "",
        term=working_days(question.answer_within),
        asked_on=question.asked_on,
        received_on=question.received_on,
        due_on=question.opinion_due_on,
        outcome=_outcome(question),
        proof=_proof(question, letter.way if letter else "", letter.tracking if letter else ""),
        alarm=asked and question.received_on is None and (question.proof_due_on or today) < today,
        awaits_weighing=question.awaits_weighing,
    )


def _outcome(question: Consultation) -> str:
    """What came of it, in a clause."""
    if not question.opinion:
        return ""
    if question.answered_on is None:
        return "逾期未提出意见，视为同意公开"
    late = "（逾期提出）" if question.came_late else ""
    weighed = f"；{WEIGHINGS[question.weighed]}" if question.weighed else ""
    return f"{OPINIONS[question.opinion]}{late}{weighed}"


def _proof(question: Consultation, way: str, tracking: str) -> str:
    if question.asked_on is None:
        return ""
    sent = {"post": f"邮件号{tracking}", "hand": "当面送达", "online": "网上送达"}.get(way, "")
    if question.opened_at is not None:
        return f"{sent}，对方首次打开链接"
    return f"{sent}，{'已登记收到' if question.received_on else '尚无收到的证明'}"


def _about(question: Consultation) -> Pairs:
    days = (
        ("发出", question.asked_on),
        ("对方收到", question.received_on),
        ("意见期限届满", question.opinion_due_on),
        ("收到意见", question.answered_on),
        ("退回", question.returned_on),
        ("撤回", question.withdrawn_on),
    )
    texts = (
        ("意见", _outcome(question) and OPINIONS[question.opinion]),
        ("同意公开的部分", question.opinion_parts),
        ("说明", question.opinion_text or ("没有说明理由" if question.answered_on and question.refuses else "")),
        ("撤回的理由", question.withdraw_reason),
        ("衡量", WEIGHINGS.get(question.weighed, "")),
        ("衡量的理由", question.weighing),
    )
    return [
        ("对象", PARTY_KINDS[question.party_kind]),
        ("涉及的信息", question.information),
        ("理由", question.reason),
        ("期限", working_days(question.answer_within)),
        *((label, chinese_date(day)) for label, day in days if day is not None),
        *((label, text) for label, text in texts if text),
    ]


def asked_at_once(case: Case) -> dict[str, int]:
    """How many parties were asked at once, by the group; those asked alone are left out."""
    groups = [one.group_uid for one in case.consultations if one.group_uid]
    return {group: groups.count(group) for group in dict.fromkeys(groups) if groups.count(group) > 1}
