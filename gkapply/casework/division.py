"""Dividing one request into several numbered ones (拆分为多件申请), before anybody was told of it but by the 收件回执.

Each new request inherits the day of receipt, the applicants and what they handed in, and counts by itself; the divided one is
a cover that is not counted. The applicant is told the new numbers, and follows each of them with the code that they have.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from gkapply.casework import documents, ledger, letterbook, likeness_index
from gkapply.casework.access import Actor, system_in
from gkapply.casework.application import APPLICATION_PAPER, PAPERS, PROOF
from gkapply.casework.dating import enter_fact
from gkapply.casework.deliberation_causes import keep_called
from gkapply.casework.demanded import read_again
from gkapply.casework.flow import fire
from gkapply.casework.journal import canonical
from gkapply.casework.numbering import request_number
from gkapply.casework.people_data import contact_of, seal_contact
from gkapply.casework.records import Applicant, Case, Item
from gkapply.casework.reply import add_note
from gkapply.clock import day_of
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks
from workflows.application import APPLICATION

ARTICLE = "条例第四十五条"
MOST_PARTS = 20
DIVIDED_NOTE = "divided"
"""Kind of the note that keeps why a request was divided."""
FEE = "fee"
REASONS = {
    "matters": "申请内容涉及互不相关的事项，须分别检索、分别答复",
    "units": "各部分由不同的科室或者单位承办",
    "progress": "各部分的办理进度不同，分开可以使一部分先得到答复",
    "applicant": "申请人要求分别答复",
    FEE: "仅为按件计收信息处理费",
}
"""Why a request may be divided, and the one reason for which it may not (国办函〔2020〕109号)."""
INHERITED = ("channel", "submitted_at", "carrier", "way", "accepts_other_form", "assistance", "late_reason")


def divide(
    session: Session, case: Case, quotes: Sequence[str], reason: str, words: str, actor: Actor, now: datetime
) -> list[Case]:
    """Divide the request into one new request for each of ``quotes``; gives them back in their order.

    ``reason`` is a code of REASONS, ``words`` its explanation. Raises Refusal for fewer than two parts or too many, without a
    reason, for the sake of the fee alone, and after any letter but the 收件回执.
    """
    parts = [quote.strip() for quote in quotes if quote.strip()]
    _check(parts, reason, words)
    fire(session, case, "divide", actor, now, detail={"into": len(parts), "reason": reason})
    add_note(session, case, DIVIDED_NOTE, {"why": REASONS[reason], "text": words.strip()}, day_of(now), actor, now)
    made = [_split_off(session, case, quote, actor, now) for quote in parts]
    _hand_down(session, case, made, actor, now)
    case.ended_on, case.report_row = day_of(now), None
    read_again(case)
    detail = {"into": [one.number for one in made]}
    enter_fact(session, case, ledger.DIVIDED, day_of(now), actor, now, article=ARTICLE, detail=detail)
    told = {
        "children": [{"number": one.reference, "quote": one.description} for one in made],
        "reason": words.strip().rstrip("。"),
    }
    letterbook.draft(session, case, LetterKind.SPLIT_NOTICE, told, actor, now)
    return made


def _hand_down(session: Session, parent: Case, made: Sequence[Case], actor: Actor, now: datetime) -> None:
    """What a person ticked as weighty and nobody has conferred about or waived stays so in every part; a 会商 that goes on ends."""
    ticked = [one for one in parent.undeliberated if one.trigger.by_hand]
    for part in made:
        for one in ticked:
            keep_called(session, part, one.trigger, one.why, actor, now)
    for deliberation in parent.deliberations:
        if deliberation.is_open:
            fire(session, deliberation, "end_with_case", system_in(parent.organ_id), now)


def _check(parts: Sequence[str], reason: str, words: str) -> None:
    if not 2 <= len(parts) <= MOST_PARTS:
        raise Refusal(f"须拆分为2至{MOST_PARTS}件，现为{len(parts)}件", ARTICLE, field="quotes", do="每行写一件")
    if reason not in REASONS:
        raise Refusal("请选择拆分的理由", ARTICLE, field="reason")
    if reason == FEE:
        raise Refusal(
            "不能仅为计收信息处理费而拆分申请",
            "国办函〔2020〕109号",
            field="reason",
            do="没有其他理由的，请按一件申请办理",
        )
    if not words.strip():
        raise Refusal("请写明拆分的具体理由", ARTICLE, field="words")
    for text in (*parts, words):
        refuse_secret_marks(text, field="quotes")


def _split_off(session: Session, parent: Case, quote: str, actor: Actor, now: datetime) -> Case:
    """One new request with what it inherits: day of receipt, applicants, papers, name in which it is answered."""
    assert parent.received_on is not None, "the workflow divides received requests only"
    number = request_number(session, parent.organ_id, day_of(now).year)
    case = Case(
        uid=uuid4().hex,
        organ_id=parent.organ_id,
        organ=parent.organ,
        origin=parent,
        number=number,
        reference=f"{parent.organ.code}-{number}",
        state=APPLICATION.start,
        version=0,
        content_hash=_content_hash(parent, quote),
        entered_at=now,
        received_on=parent.received_on,
        description=quote,
        signing_name=parent.signing_name,
        applicants=[same_applicant(session, one) for one in parent.applicants],
        items=[Item(organ_id=parent.organ_id, ordinal=1, quote=quote)],
        **{name: getattr(parent, name) for name in INHERITED},
    )
    likeness_index.prepare(case)
    session.add(case)
    fire(session, case, "split_off", actor, now, detail={"origin": parent.number, "content": case.content_hash})
    likeness_index.add(session, case)
    for paper in [one for one in parent.documents if one.role in (APPLICATION_PAPER, *PAPERS, PROOF)]:
        documents.keep_again(session, case, paper, actor, now)
    detail = {"channel": parent.channel, "origin": parent.number}
    enter_fact(session, case, ledger.RECEIVED, parent.received_on, actor, now, article="条例第三十一条", detail=detail)
    return case


def same_applicant(session: Session, one: Applicant) -> Applicant:
    """The applicant as a snapshot of the new request, sealed for it."""
    uid = uuid4().hex
    return Applicant(
        uid=uid,
        organ_id=one.organ_id,
        ordinal=one.ordinal,
        kind=one.kind,
        name=one.name,
        person_id=one.person_id,
        sealed=seal_contact(session, uid, contact_of(session, one)),
    )


def _content_hash(parent: Case, quote: str) -> str:
    """SHA-256 over the part applied for and the whole that it is a part of."""
    return hashlib.sha256(canonical({"of": parent.content_hash, "description": quote}).encode()).hexdigest()
