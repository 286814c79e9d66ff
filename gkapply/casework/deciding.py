"""Deciding one item (逐项认定): its kind of reply, and whether everything that the kind demands is in the file."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.answers import WITHHELD
from gkapply.casework.branches import UNREASONABLE
from gkapply.casework.deliberation_causes import note
from gkapply.casework.earlier_reply import RESTS_ON_EARLIER, require_earlier_reply
from gkapply.casework.flow import fire
from gkapply.casework.journal import canonical
from gkapply.casework.ledger import standing
from gkapply.casework.records import Case, Item
from gkapply.casework.reply import SEARCH
from gkapply.law.evidence import CORRECTION_RECORD, Evidence, EvidenceForm
from gkapply.law.facts import FactKind
from gkapply.law.refusal import Refusal
from gkapply.law.replies import ReplyKind, grounds, kinds_for, reply_kind
from gkapply.law.secrecy import refuse_secret_marks
from gkapply.law.seven_questions import evidence_by_question


def decide_item(
    session: Session, case: Case, ordinal: int, outcome: str, evidence: Mapping[str, Any], actor: Actor, now: datetime
) -> Item:
    """Give one item its outcome with the evidence that its kind demands.

    Raises Refusal naming the evidence that is missing: an outcome without it is not saved. What the kind does not demand is
    not kept.
    """
    item = item_of(case, ordinal)
    kind, given = sufficient(session, case, item, outcome, evidence)
    fire(session, case, "decide_item", actor, now, detail={"item": ordinal, "outcome": kind.value})
    settle(item, kind, given, actor, now)
    note(session, case, now)
    return item


def item_of(case: Case, ordinal: int) -> Item:
    """The item with that number. Raises Refusal when the request has none."""
    item = next((one for one in case.items if one.ordinal == ordinal), None)
    if item is None:
        raise Refusal(f"没有第{ordinal}项申请事项", field="ordinal")
    return item


def sufficient(
    session: Session, case: Case, item: Item, outcome: str, evidence: Mapping[str, Any]
) -> tuple[ReplyKind, dict[str, Any]]:
    """``proved``, and an earlier reply that it rests on is looked up among the letters of the office. Raises Refusal."""
    kind, given = proved(case, item, outcome, evidence)
    if kind in RESTS_ON_EARLIER:
        require_earlier_reply(session, case, given)
    return kind, given


def settle(item: Item, kind: ReplyKind, given: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """Write the outcome with what ``proved`` found sufficient; the deed has been fired by the caller.

    The answers to the seven questions are those that lead to the outcome, however it was chosen.
    """
    item.outcome = kind.value
    item.evidence = canonical(dict(given))
    item.answers = canonical(
        {code: {"answer": answer, "given": own} for code, answer, own in evidence_by_question(kind, given)}
    )
    item.decided_at = now
    item.decided_by = actor.user_id


def proved(case: Case, item: Item, outcome: str, evidence: Mapping[str, Any]) -> tuple[ReplyKind, dict[str, Any]]:
    """The kind of reply and what its outcome rests on, when nothing is missing. Raises Refusal naming what is."""
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
    return kind, met(case, f"第{item.ordinal}项认定为「{kind.label}」", kind.evidence, evidence)


def met(case: Case, said: str, demands: Sequence[Evidence], evidence: Mapping[str, Any]) -> dict[str, Any]:
    """What of the evidence these demands ask for, when nothing is missing; nothing else is kept.

    ``said`` is what was decided or answered, for the sentence that names what is missing. Raises Refusal with that sentence.
    """
    given = {one.code: evidence[one.code] for one in demands if _says_something(evidence.get(one.code))}
    for demand in demands:
        if demand.required and not _is_met(demand.code, case, given):
            raise Refusal(
                f"{said}，缺少：{demand.label}", demand.article, do=_TO_DO.get(demand.code), field=demand.code
            )
    for code, value in given.items():
        refuse_secret_marks(str(value), field=code)
    _check_choices(demands, given)
    if WITHHELD in given:
        _check_parts(given[WITHHELD])
    return given


def _says_something(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


_TO_DO = {
    "search_record": "请先“记录检索”",
    CORRECTION_RECORD.code: "没有告知过补正的，应当先“拟补正告知”；不能补正的，按现有内容办理",
}
"""What to do where evidence is a record of its own."""


def _check_choices(demands: Sequence[Evidence], given: Mapping[str, Any]) -> None:
    """What was chosen is in the list, and what a choice needs is given with it. Raises Refusal."""
    labels = {demand.code: demand.label for demand in demands}
    for demand in demands:
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
