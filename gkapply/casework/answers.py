"""The items of a request as its reply answers them: rows for the letter, grounds for the remedies."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from gkapply.casework.consultation import CO_PRODUCER, OPINIONS
from gkapply.casework.ledger import EXPLANATION_ASKED, EXPLANATION_RECEIVED, standing
from gkapply.casework.papers import Consultation
from gkapply.casework.records import Case, Item
from gkapply.law.answered import answered_item
from gkapply.law.evidence import CONTENT_KIND, PUBLIC_BODY, PUBLIC_BODY_ARTICLE, PUBLIC_BODY_WORDS
from gkapply.law.facts import FactKind
from gkapply.law.numerals import ordinal
from gkapply.law.refusal import Refusal
from gkapply.law.remedies import AnsweredItem
from gkapply.law.replies import ReplyKind
from gkapply.letters.notation import chinese_date, cite

WITHHELD = "withheld_parts"
ENCLOSURES = "enclosures"
_TEXTS = (
    "reason",
    "where_to_find",
    "form_reason",
    "law_named",
    "danger_named",
    "discretion_reason",
    "competent_organ",
    "governing_rule",
    "earlier_number",
    "earlier_delivery",
    "query_place",
    "unclear_points",
    "channel",
    "publication_place",
    "counts",
    "counted_period",
    "head_judgment",
    "archive_name",
    "enquiry_answer",
    "record_check",
    "corrected_content",
    "forwarded_to",
)


def evidence_of(item: Item) -> dict[str, Any]:
    """What the officer gave for the item's outcome."""
    return dict(json.loads(item.evidence))


def kind_of(item: Item) -> ReplyKind:
    """The item's outcome. Raises Refusal while it is undecided."""
    if item.outcome is None:
        raise Refusal(f"第{item.ordinal}项尚未认定答复类型", "条例第三十六条", do="请先逐项认定")
    return ReplyKind(item.outcome)


def answered_items(case: Case, within: str = "") -> list[AnsweredItem]:
    """Each item with the grounds of its parts: what the remedies are chosen by.

    ``within`` names the request, where a letter answers several.
    """
    return [answered(case, item, kind_of(item), evidence_of(item), within) for item in case.items]


def answered(case: Case, item: Item, kind: ReplyKind, evidence: Mapping[str, Any], within: str = "") -> AnsweredItem:
    """The item so answered, as the remedies read it."""
    withheld = [ReplyKind(part["as"]) for part in evidence.get(WITHHELD, ())]
    return answered_item(
        item.ordinal,
        kind,
        withheld,
        case.organ.office_settings(),
        content_kind=evidence.get(CONTENT_KIND.code, ""),
        name=_name(case, item, within),
    )


def _name(case: Case, item: Item, within: str) -> str:
    own = f"{ordinal(item.ordinal)}项"
    return within if within and len(case.items) == 1 else within + own


def enclosures(case: Case) -> list[str]:
    """What is enclosed, in the order of the items: one line of the officer's list is one enclosure."""
    return [line for item in case.items for line in _lines(evidence_of(item).get(ENCLOSURES, ""))]


def item_rows(case: Case, enclosed: int = 0) -> list[dict[str, Any]]:
    """The rows of the letter: each item quoted, its basis with the words of the law, its decision with the evidence.

    ``enclosed`` counts what earlier requests in the same letter enclose.
    """
    rows = []
    for item in case.items:
        evidence = evidence_of(item)
        rows.append(item_row(case, item, kind_of(item), evidence, enclosed))
        enclosed += len(_lines(evidence.get(ENCLOSURES, "")))
    return rows


def item_row(case: Case, item: Item, kind: ReplyKind, evidence: Mapping[str, Any], enclosed: int = 0) -> dict[str, Any]:
    """The row of the letter for the item so answered; ``enclosed`` enclosures come before its own."""
    earlier_on = evidence.get("earlier_on", "")
    return {
        "kind": kind.letter.value,
        "ordinal_text": ordinal(item.ordinal) + "项",
        "quote": item.quote,
        **_law_of(kind, evidence),
        "way": _way(_lines(evidence.get(ENCLOSURES, "")), enclosed),
        "withheld": [_withheld(part) for part in evidence.get(WITHHELD, ())],
        "searches": [_search(json.loads(note.content), note.on_) for note in case.notes if note.kind == "search"]
        if kind is ReplyKind.NOT_EXISTING
        else [],
        "third_party_opinion": _third_party(case, evidence) if kind is ReplyKind.REFUSED_THIRD_PARTY else "",
        "earlier_on_text": chinese_date(date.fromisoformat(earlier_on)) if earlier_on else "",
        **{name: str(evidence.get(name, "")) for name in _TEXTS},
        **_chosen(kind, evidence),
    }


def _law_of(kind: ReplyKind, evidence: Mapping[str, Any]) -> dict[str, str]:
    """The basis and its words; 公共企事业单位信息 is left to sector rules by an article of its own (第五十五条)."""
    if evidence.get(CONTENT_KIND.code) == PUBLIC_BODY:
        return {"basis": cite(PUBLIC_BODY_ARTICLE), "words": PUBLIC_BODY_WORDS}
    return {"basis": cite(kind.article), "words": kind.words}


def _chosen(kind: ReplyKind, evidence: Mapping[str, Any]) -> dict[str, str]:
    """What was chosen from a list, in the words of the letter."""
    words = {
        demand.code: choice.words
        for demand in kind.evidence
        if (choice := demand.chosen(evidence.get(demand.code))) is not None
    }
    return {
        "content_code": str(evidence.get(CONTENT_KIND.code, "")),
        "content_words": words.get(CONTENT_KIND.code, ""),
        "special_law": words.get("special_law") or str(evidence.get("special_law_named", "")),
        "forwarded_how": words.get("forwarded_how", ""),
    }


def course_of_handling(case: Case) -> list[str]:
    """The paragraphs on what the office did besides searching: what it demanded, whom it asked, and what came of it."""
    return _demanded(case) + [
        f"期间，本机关于{chinese_date(question.asked_on)}书面征求了{_PARTY[question.party_kind]}的意见，"
        f"{opinion_sentence(question, _PARTY[question.party_kind])}。依照《中华人民共和国政府信息公开条例》第三十三条第三款的规定，"
        "征求意见所需时间不计算在答复期限内。"
        for question in case.consultations
        if question.asked_on is not None
    ]


def _demanded(case: Case) -> list[str]:
    """That reasons were demanded (条例第三十五条), a fee noticed and paid (第四十二条), a later day set: without it a reply looks late."""
    told = {fact.kind: fact for fact in standing(case.facts)}
    said = []
    if asked := told.get(EXPLANATION_ASKED):
        received = told.get(EXPLANATION_RECEIVED)
        came = f"于{chinese_date(received.on_)}收到理由说明" if received else "在规定的期限内没有收到理由说明"
        said.append(f"因申请的数量、频次，本机关于{chinese_date(asked.on_)}书面要求说明申请理由，{came}。")
    if delayed := told.get(FactKind.DELAYED):
        said.append(f"本机关于{chinese_date(delayed.on_)}书面告知延迟答复。")
    if paid := told.get(FactKind.FEE_PAID):
        said.append(f"信息处理费于{chinese_date(paid.on_)}缴清。")
    return said


_PARTY = {"third_party": "第三方", "co_producer": "共同制作机关", "organ": "其他机关"}


def opinion_sentence(question: Consultation, who: str) -> str:
    """What the party said, or that it said nothing, in one clause; ``who`` is how the letter calls it."""
    if question.answered_on is not None:
        late = "逾期" if question.came_late else ""
        return f"{who}于{chinese_date(question.answered_on)}{late}提出意见，{OPINIONS[question.opinion]}"
    if question.withdrawn_on is not None:
        return f"本机关于{chinese_date(question.withdrawn_on)}撤回征求意见"
    if question.returned_on is not None:
        return f"征求意见书于{chinese_date(question.returned_on)}退回，未能送达{who}"
    if question.state.value == "silent" and question.party_kind == CO_PRODUCER:
        return f"{who}逾期未提出意见，依照《中华人民共和国政府信息公开条例》第三十四条的规定视为同意公开"
    if question.state.value == "silent":
        return f"{who}逾期未提出意见"
    return f"{who}尚未提出意见"


def _third_party(case: Case, evidence: Mapping[str, Any]) -> str:
    asked = [one for one in case.consultations if one.party_kind == "third_party" and one.asked_on is not None]
    if asked:
        return "；".join(f"本机关已书面征求第三方的意见，{opinion_sentence(one, '第三方')}" for one in asked)
    return str(evidence.get("third_party_record", ""))


def _withheld(part: Mapping[str, str]) -> dict[str, str]:
    kind = ReplyKind(part["as"])
    return {
        "kind": kind.letter.value,
        "content": part["what"],
        "reason": part["reason"],
        "basis": cite(kind.article),
        "words": kind.words,
    }


def _search(content: Mapping[str, str], on: date) -> dict[str, str]:
    told = {name: content.get(name, "") for name in ("units", "systems", "period", "words", "result")}
    return {"on_text": chinese_date(on), **told}


def _way(given: list[str], before: int) -> str:
    return "；".join(f"{line}（附件{number}）" for number, line in enumerate(given, start=before + 1))


def _lines(text: object) -> list[str]:
    return [line.strip() for line in str(text).splitlines() if line.strip()]
