"""One decision for a group (群体性申请): the same text applied for by many, each answered in a letter of their own.

The outcomes of one request are given to the others through the same doors, and the letters go through review and signature
together: one approval over all, each with its own text, name, 文号 and proof of delivery. Nothing is put together by itself.
"""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.deciding import decide_item
from gkapply.casework.flow import fire
from gkapply.casework.naming import naming
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case, Item
from gkapply.casework.reply import SEARCH, draft_reply, itemise, record_search
from gkapply.law.case_kinds import CaseKind
from gkapply.law.refusal import Refusal
from gkapply.law.replies import ReplyKind, reply_kind
from workflows.case_states import CaseState
from workflows.letter import LetterState

ARTICLE = "条例第三十六条"
MOST = 100
"""Requests in one group."""
THIRD_PARTY = "third_party_record"
OF_ONE_APPLICANT = frozenset(
    {ReplyKind.REPEATED, ReplyKind.ALREADY_OBTAINED, ReplyKind.EXCESSIVE, ReplyKind.STILL_UNCLEAR}
)
"""What rests on the doings of one applicant, and is decided for each alone."""


def candidates(session: Session, case: Case) -> Sequence[Case]:
    """The requests for the same in the same words that are being handled and have no letter of reply yet, the oldest first."""
    query = (
        select(Case)
        .where(
            Case.organ_id == case.organ_id,
            Case.kind == CaseKind.APPLICATION,
            Case.state == CaseState.HANDLING,
            Case.description == case.description,
            Case.id != case.id,
        )
        .order_by(Case.id)
        .limit(MOST)
    )
    return [one for one in session.scalars(query) if not _begun(one)]


def line(case: Case) -> str:
    """The request as a list of choices names it."""
    return f"{case.reference}：{case.applicant_names}"


def draft(session: Session, case: Case, others: Collection[str], actor: Actor, now: datetime) -> list[Letter]:
    """Draft the replies to ``case`` and to the ``others`` (their numbers) as one group, in the order of their keys.

    The others get the items, search statements and outcomes of ``case``. Raises Refusal for none, for a request that does not
    belong to them, for an outcome that rests on one applicant alone, and for whatever a step refuses, naming the request.
    """
    if not others:
        raise Refusal("请选择与本件一并拟稿的申请", ARTICLE, field="others")
    fitting = {one.reference: one.id for one in candidates(session, case)}
    for reference in others:
        if reference not in fitting:
            raise Refusal(
                f"申请 {reference} 不能与本件成组答复", ARTICLE, field="others", do="只能选内容相同、正在办理的申请"
            )
    for item in case.items:
        if item.outcome and reply_kind(item.outcome) in OF_ONE_APPLICANT:
            label = reply_kind(item.outcome).label
            raise Refusal(f"第{item.ordinal}项认定为「{label}」，须按每一申请人的情形分别认定", ARTICLE, field="others")
    fire(session, case, "draft_group", actor, now, detail={"with": sorted(others)})
    wanted = select(Case).where(Case.id.in_([fitting[one] for one in others])).order_by(Case.id)
    members = [case, *session.scalars(wanted.with_for_update().execution_options(populate_existing=True))]
    group, letters = uuid4().hex, []
    for one in sorted(members, key=lambda member: member.id):
        with naming(one):
            if one is not case:
                _decide_alike(session, case, one, actor, now)
            letter = draft_reply(session, one, actor, now)
        letter.group_uid = group
        letters.append(letter)
    session.flush()
    return letters


def companions(session: Session, case: Case) -> Sequence[Case]:
    """The other requests whose replies go together with that to ``case``, locked, the oldest first."""
    groups = select(Letter.group_uid).where(
        Letter.case_id == case.id, Letter.group_uid != "", Letter.state != LetterState.DISCARDED
    )
    members = select(Letter.case_id).where(Letter.organ_id == case.organ_id, Letter.group_uid.in_(groups))
    query = select(Case).where(Case.id.in_(members), Case.id != case.id).order_by(Case.id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).all()


def _begun(case: Case) -> bool:
    return any(one.kind.startswith("reply_") and one.state.value not in ("discarded",) for one in case.all_letters)


def _decide_alike(session: Session, lead: Case, other: Case, actor: Actor, now: datetime) -> None:
    """Give ``other`` the items, searches and outcomes of ``lead``, each through its own door."""
    if [item.quote for item in other.items] != [item.quote for item in lead.items]:
        itemise(session, other, [item.quote for item in lead.items], actor, now)
    known = {note.content for note in other.notes if note.kind == SEARCH}
    for note in lead.notes:
        if note.kind == SEARCH and note.content not in known:
            record_search(session, other, json.loads(note.content), note.on_, actor, now)
    for item in lead.items:
        decide_item(session, other, item.ordinal, item.outcome or "", _evidence(lead, item), actor, now)


def _evidence(lead: Case, item: Item) -> dict[str, Any]:
    """What the outcome rests on; where third parties were asked in the file of ``lead``, where that is."""
    given = dict(json.loads(item.evidence or "{}"))
    demanded = {one.code for one in reply_kind(item.outcome or "").evidence}
    if THIRD_PARTY in demanded and not given.get(THIRD_PARTY):
        given[THIRD_PARTY] = f"就同一信息征求第三方意见的记录存{lead.reference}号申请案卷"
    return given
