"""From the ledger of dated facts to the facts that the clocks count.

The ledger is append-only, so what becomes known later (the day on which a party got the letter, a letter that came back)
is a row of its own; the law's fact is put together from both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gkapply.law.facts import Fact as LawFact
from gkapply.law.facts import FactKind

if TYPE_CHECKING:
    from gkapply.casework.entries import Fact

ARRIVED = "arrived"
"""A request on paper or by wire reached the office whose day of receipt is still to be confirmed (条例第三十一条)."""
RECEIVED = "received"
"""收到申请之日; the start of the first clock."""
QUESTION_RECEIVED = "question_received"
"""The party got the 征求意见书."""
QUESTION_RETURNED = "question_returned"
"""The 征求意见书 came back undelivered."""
QUESTION_WITHDRAWN = "question_withdrawn"
"""The office withdrew its question: the stop ends that day, as when the letter had come back."""
LATE_OPINION = "opinion_after_end"
"""An opinion that came after the request was answered: kept, counted by no clock."""
NOTICE_RECEIVED = "correction_notice_received"
"""The applicant got the 补正告知书: the term for correcting runs from there."""
EXPLANATION_ASKED = "explanation_asked"
"""The 说明理由告知书 was sent; the clock runs on."""
EXPLANATION_NOTICE_RECEIVED = "explanation_notice_received"
"""The applicant got it: the term for explaining runs from there."""
EXPLANATION_RECEIVED = "explanation_received"
"""The applicant gave the reasons."""
EXPLANATION_JUDGED = "explanation_judged"
"""The head found the reasons good or not (``verdict`` in the detail)."""
FEE_NOTICE_RECEIVED = "fee_notice_received"
"""The applicant got the 收费通知书: the term for paying runs from there."""
LAPSE_REJECTED = "lapse_rejected"
"""The head let the applicant have more time (``until``)."""
REPLY_DELIVERED = "reply_delivered"
"""The applicant got the reply: the terms of the remedies run from there."""
VOIDED = "voided"
"""未成立, approved by the head."""
ENTRUSTED = "entrusted"
"""The applicant was told that a department handles the request by entrustment; no clock is touched."""
DIVIDED = "divided"
"""The request was divided into several, which are handled and counted instead of it."""

_OWN_LABELS = {
    ARRIVED: "来件到达",
    RECEIVED: "收到申请",
    QUESTION_RECEIVED: "对方收到征求意见书",
    QUESTION_RETURNED: "征求意见书退回",
    QUESTION_WITHDRAWN: "撤回征求意见",
    LATE_OPINION: "答复之后收到的意见",
    NOTICE_RECEIVED: "申请人收到补正告知书",
    EXPLANATION_ASKED: "要求说明理由",
    EXPLANATION_NOTICE_RECEIVED: "申请人收到说明理由告知书",
    EXPLANATION_RECEIVED: "收到理由说明",
    EXPLANATION_JUDGED: "认定理由是否合理",
    FEE_NOTICE_RECEIVED: "申请人收到收费通知书",
    LAPSE_REJECTED: "不认定视为放弃",
    REPLY_DELIVERED: "答复送达申请人",
    VOIDED: "认定未成立",
    DIVIDED: "拆分为多件申请",
    ENTRUSTED: "告知委托办理",
}
ASKED = {FactKind.THIRD_PARTY_ASKED, FactKind.ORGAN_ASKED}
_LAW_KINDS = {kind.value: kind for kind in FactKind}


def label_of(kind: str) -> str:
    """The Chinese name of a kind of fact, the law's or the ledger's own."""
    law = _LAW_KINDS.get(kind)
    return _OWN_LABELS[kind] if law is None else law.label


def standing(rows: Iterable["Fact"]) -> list["Fact"]:
    """The rows that hold: neither revoked nor revocations, in the order of entry."""
    rows = list(rows)
    revoked = {row.revokes_id for row in rows if row.revokes_id is not None}
    return [row for row in rows if row.id not in revoked and row.revokes_id is None]


def law_facts(rows: Iterable["Fact"]) -> Sequence[LawFact]:
    """The law's facts in the order of their legal days; rows of one day in the order of entry."""
    facts: list[LawFact] = []
    later: list[Fact] = []
    for row in sorted(standing(rows), key=lambda row: row.on_):
        kind = _LAW_KINDS.get(row.kind)
        if kind is None:
            later.append(row)
        else:
            facts.append(_law_fact(kind, row))
    for row in later:
        _complete(facts, row)
    return facts


def _law_fact(kind: FactKind, row: "Fact") -> LawFact:
    return LawFact(
        kind,
        row.on_,
        party=row.party,
        working_days=row.working_days,
        told_on=row.told_on,
        answer_within=row.answer_within,
        co_producer=bool(row.co_producer),
        override=bool(row.override),
        until=row.until,
        settled=row.id is not None,
    )


def _complete(facts: list[LawFact], row: "Fact") -> None:
    """Put what became known later into the fact that it completes."""
    for index, fact in enumerate(facts):
        if (row.kind == NOTICE_RECEIVED and fact.kind == FactKind.CORRECTION_ASKED) or (
            row.kind == FEE_NOTICE_RECEIVED and fact.kind == FactKind.FEE_NOTICED
        ):
            facts[index] = replace(fact, received_on=row.on_)
        elif fact.kind in ASKED and fact.party == row.party:
            if row.kind == QUESTION_RECEIVED:
                facts[index] = replace(fact, received_on=min(row.on_, fact.received_on or row.on_))
            elif row.kind in (QUESTION_RETURNED, QUESTION_WITHDRAWN):
                facts[index] = replace(fact, returned_on=row.on_)
