"""Finding out and deciding (办理): items, search record, outcome of each item, the reply letter."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import letterbook
from gkapply.casework.access import Actor
from gkapply.casework.answers import WITHHELD
from gkapply.casework.branches import UNREASONABLE
from gkapply.casework.earlier_reply import RESTS_ON_EARLIER, require_earlier_reply
from gkapply.casework.flow import fire
from gkapply.casework.gaps import require_reciprocity
from gkapply.casework.journal import canonical
from gkapply.casework.ledger import standing
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case, Item, Note
from gkapply.clock import day_of
from gkapply.law.evidence import CORRECTION_RECORD, EvidenceForm
from gkapply.law.facts import FactKind
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.replies import ReplyKind, grounds, kinds_for, letter_for, reply_kind
from gkapply.law.secrecy import refuse_secret_marks

MOST_ITEMS = 50
SEARCH = "search"
SEARCH_FIELDS = {
    "units": "检索的科室或单位",
    "systems": "检索的系统或档案",
    "archive_room": "本机关档案室的检索情况",
    "period": "检索的起止时段",
    "words": "检索用词",
    "result": "检索结果",
}


def accept(session: Session, case: Case, actor: Actor, now: datetime) -> None:
    """The content is clear: handling begins. Raises Refusal where reciprocity is still to be noted (条例第二十七条)."""
    require_reciprocity(session, case)
    fire(session, case, "accept", actor, now)


def itemise(session: Session, case: Case, quotes: Sequence[str], actor: Actor, now: datetime) -> None:
    """Set the items applied for, each quoted from the request; outcomes given before are dropped with their items.

    Raises Refusal for none, too many, or an empty one.
    """
    wanted = [quote.strip() for quote in quotes if quote.strip()]
    if not wanted:
        raise Refusal("至少要有一项申请事项", "条例第二十九条", field="quotes")
    if len(wanted) > MOST_ITEMS:
        raise Refusal(f"一件申请最多拆分为{MOST_ITEMS}项", field="quotes")
    fire(session, case, "itemise", actor, now, detail={"items": len(wanted)})
    for item in list(case.items):
        session.delete(item)
    session.flush()
    case.items = [
        Item(organ_id=case.organ_id, ordinal=ordinal, quote=quote) for ordinal, quote in enumerate(wanted, start=1)
    ]
    session.flush()


def record_search(
    session: Session, case: Case, fields: Mapping[str, str], on: date, actor: Actor, now: datetime
) -> Note:
    """Keep the search statement: which units, systems, period and words, and what was found (条例第三十六条第四项).

    A court asks whether the search was full and reasonable, so every field is obligatory; what lies in the organ's own 档案室 is
    still its information. Raises Refusal.
    """
    for name, label in SEARCH_FIELDS.items():
        if not str(fields.get(name, "")).strip():
            raise Refusal(f"请填写{label}", "条例第三十六条第四项", field=name)
    fire(session, case, "record_search", actor, now)
    return add_note(session, case, SEARCH, {name: fields[name].strip() for name in SEARCH_FIELDS}, on, actor, now)


def record_note(session: Session, case: Case, text: str, kind: str, on: date, actor: Actor, now: datetime) -> Note:
    """Keep a telephone or working note. Raises Refusal when it is empty or from the future."""
    if not text.strip():
        raise Refusal("请填写记录内容", field="text")
    fire(session, case, "record_note", actor, now)
    return add_note(session, case, kind, {"text": text.strip()}, on, actor, now)


def add_note(
    session: Session, case: Case, kind: str, content: Mapping[str, str], on: date, actor: Actor, now: datetime
) -> Note:
    """Write a note of ``kind`` (search, phone, work, confirmation); its deed has been fired by the caller."""
    if on > day_of(now):
        raise Refusal("记录日期不能晚于今天", field="on")
    for text in content.values():
        refuse_secret_marks(text, field="text")
    note = Note(
        organ_id=case.organ_id,
        case=case,
        kind=kind,
        on_=on,
        recorded_at=now,
        actor=actor.signature,
        content=canonical(dict(content)),
    )
    session.add(note)
    session.flush()
    return note


def decide_item(
    session: Session, case: Case, ordinal: int, outcome: str, evidence: Mapping[str, Any], actor: Actor, now: datetime
) -> Item:
    """Give one item its outcome with the evidence that its kind demands.

    Raises Refusal naming the evidence that is missing: an outcome without it is not saved. What the kind does not demand is
    not kept.
    """
    item = next((one for one in case.items if one.ordinal == ordinal), None)
    if item is None:
        raise Refusal(f"没有第{ordinal}项申请事项", field="ordinal")
    kind, given = proved(case, item, outcome, evidence)
    if kind in RESTS_ON_EARLIER:
        require_earlier_reply(session, case, given)
    fire(session, case, "decide_item", actor, now, detail={"item": ordinal, "outcome": kind.value})
    settle(item, kind, given, actor, now)
    return item


def settle(item: Item, kind: ReplyKind, given: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """Write the outcome with what ``proved`` found sufficient; the deed has been fired by the caller."""
    item.outcome = kind.value
    item.evidence = canonical(dict(given))
    item.decided_at = now
    item.decided_by = actor.user_id


def proved(case: Case, item: Item, outcome: str, evidence: Mapping[str, Any]) -> tuple[ReplyKind, dict[str, Any]]:
    """The kind of reply and what its outcome rests on, when nothing is missing. Raises Refusal naming what is."""
    ordinal = item.ordinal
    if not outcome:
        raise Refusal("请选择答复类型", "条例第三十六条", field="outcome")
    kind = reply_kind(outcome)
    if kind not in kinds_for(case.kind):
        raise Refusal(f"“{kind.label}”不是{case.kind.label}的答复类型", kind.article, field="outcome")
    if kind is ReplyKind.EXCESSIVE and case.explanation_verdict != UNREASONABLE:
        raise Refusal(
            "只有公开机构负责人认定申请理由不合理的，才能以此不予处理",
            kind.article,
            field="outcome",
            do="请先要求申请人说明理由，再由负责人认定",
        )
    given = {one.code: evidence[one.code] for one in kind.evidence if evidence.get(one.code)}
    for demand in kind.evidence:
        if demand.required and not _is_met(demand.code, case, given):
            raise Refusal(
                f"第{ordinal}项认定为「{kind.label}」，缺少：{demand.label}", demand.article, field=demand.code
            )
    for code, value in given.items():
        refuse_secret_marks(str(value), field=code)
    _check_choices(kind, given)
    if kind is ReplyKind.PARTIAL:
        _check_parts(given[WITHHELD])
    return kind, given


def _check_choices(kind: ReplyKind, given: Mapping[str, Any]) -> None:
    """What was chosen is in the list, and what a choice needs is given with it. Raises Refusal."""
    labels = {demand.code: demand.label for demand in kind.evidence}
    for demand in kind.evidence:
        if demand.form is not EvidenceForm.CHOICE or demand.code not in given:
            continue
        chosen = demand.chosen(given[demand.code])
        if chosen is None:
            raise Refusal(f"“{demand.label}”没有这一选项", demand.article, field=demand.code)
        if chosen.needs is not None and not given.get(chosen.needs):
            raise Refusal(
                f"“{demand.label}”选择了“{chosen.label}”，缺少：{labels[chosen.needs]}",
                demand.article,
                field=chosen.needs,
            )


def _check_parts(parts: Sequence[Mapping[str, str]]) -> None:
    """Each part that is held back says what it is, as which kind, and why (条例第三十七条). Raises Refusal."""
    article = ReplyKind.PARTIAL.article
    for number, part in enumerate(parts, start=1):
        if not (part.get("as") and part.get("what", "").strip() and part.get("reason", "").strip()):
            raise Refusal(
                f"不予公开的第{number}部分没有写全，每一部分都要写明类型、内容和理由", article, field=WITHHELD
            )
    grounds(ReplyKind.PARTIAL, [reply_kind(part["as"]) for part in parts])


def draft_reply(session: Session, case: Case, actor: Actor, now: datetime) -> Letter:
    """Begin the one reply letter that answers every item; its kind follows from the outcomes.

    An earlier draft of another kind is given up. Raises Refusal while an item is undecided or a draft of the kind exists.
    """
    fire(session, case, "draft_reply", actor, now)
    kind = letter_for([reply_kind(item.outcome) for item in case.items if item.outcome])
    give_up_drafts(session, case, kind, actor, now)
    return letterbook.draft(session, case, kind, {}, actor, now)


def give_up_drafts(session: Session, case: Case, kind: LetterKind, actor: Actor, now: datetime) -> None:
    """Discard the drafts of replies of other kinds. Raises Refusal when there is one of ``kind`` already."""
    for letter in case.letters:
        if not LetterKind(letter.kind).ends_case or letter.state.value != "draft":
            continue
        if letter.kind == kind.value:
            raise Refusal("答复书已有草稿", do="请打开草稿修改或送审")
        letterbook.discard(session, letter, actor, now)


def evidence_of(item: Item) -> dict[str, Any]:
    """What the officer gave for the item's outcome."""
    return dict(json.loads(item.evidence))


def _is_met(code: str, case: Case, given: Mapping[str, Any]) -> bool:
    """Records of the file meet the demands for them; everything else is written with the outcome."""
    if code == "search_record":
        return any(note.kind == SEARCH for note in case.notes)
    if code == CORRECTION_RECORD.code:
        told = {fact.kind for fact in standing(case.facts)}
        return {FactKind.CORRECTION_ASKED, FactKind.CORRECTION_RECEIVED} <= told
    if code == "third_party_record":
        return bool(given.get(code)) or any(
            question.party_kind == "third_party" and question.state.value in ("answered", "silent", "returned")
            for question in case.consultations
        )
    return code in given
