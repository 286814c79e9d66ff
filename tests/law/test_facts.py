"""FACTS.json is read strictly: whatever is wrong is named with its place."""

from datetime import date
from typing import Any

import pytest

from gkapply.law.deadline_json import answer, read_json
from gkapply.law.facts import OPTIONAL, REQUIRED, Fact, FactKind, read_facts
from gkapply.law.refusal import Refusal

ASKED = {"kind": "third_party_asked", "on": "2026-03-10", "party": "甲公司"}
EXTENSION = {"kind": "extension", "on": "2026-03-20", "working_days": 5, "told_on": "2026-03-20"}


def payload(*facts: object, **top: object) -> dict[str, Any]:
    return {"received_on": "2026-03-02", "calendar": "CN", "facts": list(facts), **top}


def test_facts_are_sorted_by_day_and_keep_the_files_order_within_a_day() -> None:
    found = read_facts(
        payload(
            {"kind": "replied", "on": "2026-03-20"},
            {"kind": "organ_asked", "on": "2026-03-10", "party": "乙"},
            {"kind": "third_party_asked", "on": "2026-03-10", "party": "甲"},
        )
    )
    assert [fact.party for fact in found.facts] == ["乙", "甲", None]
    assert (found.received_on, found.calendar) == (date(2026, 3, 2), "CN")


def test_calendar_and_facts_may_be_left_out() -> None:
    assert read_facts({"received_on": "2026-03-02"}).calendar == "CN"
    assert answer({"received_on": "2026-03-02"})["reply_due_on"] == "2026-03-30"


@pytest.mark.parametrize(
    ("spoiled", "field", "sentence"),
    [
        ([], None, "应为 JSON 对象"),
        ("2026-03-02", None, "应为 JSON 对象"),
        ({}, "received_on", "缺少 received_on"),
        ({"received_on": None}, "received_on", "应为日期，收到的是 null"),
        ({"received_on": 20260302}, "received_on", "应为日期"),
        ({"received_on": "20260302"}, "received_on", "应为日期"),
        ({"received_on": "2026-3-2"}, "received_on", "应为日期"),
        ({"received_on": "2026-03-02T00:00"}, "received_on", "应为日期"),
        ({"received_on": "２０２６-03-02"}, "received_on", "应为日期"),
        ({"received_on": "2026-02-30"}, "received_on", "2026-02-30 不存在"),
        (payload(today="2026-03-02"), "today", "不认识的字段「today」"),
        (payload(calendar=1), "calendar", "应为非空的文字"),
        (payload(calendar="  "), "calendar", "应为非空的文字"),
        (payload(calendar="XX"), "calendar", "没有代码为「XX」"),
        (payload(facts={}), "facts", "应为列表"),
        (payload("replied"), None, "第1条事实应为 JSON 对象"),
        (payload({"on": "2026-03-10"}), "facts[1].kind", "第1条事实缺少 kind"),
        (payload({"kind": "replied"}), "facts[1].on", "第1条事实缺少 on"),
        (payload(ASKED, {"kind": "reply", "on": "2026-03-10"}), "facts[2].kind", '第2条事实的 kind "reply" 不认识'),
        (payload({"kind": ["replied"], "on": "2026-03-10"}), "facts[1].kind", "不认识"),
        (payload({"kind": "replied", "on": "2026-13-10"}), "facts[1].on", "不存在"),
        (payload({"kind": "replied", "on": "2026-03-10", "party": "甲"}), "facts[1].party", "不认识的字段「party」"),
        (payload({**ASKED, "answer_within": 5}), "facts[1].answer_within", "不认识的字段"),
        (payload({**ASKED, "party": ""}), "facts[1].party", "应为非空的文字"),
        (payload({**ASKED, "party": 7}), "facts[1].party", "应为非空的文字"),
        (payload({"kind": "third_party_asked", "on": "2026-03-10"}), "facts[1].party", "缺少 party"),
        (payload({"kind": "organ_answered", "on": "2026-03-10"}), "facts[1].party", "缺少 party"),
        (payload({**ASKED, "received_on": "明天"}), "facts[1].received_on", "应为日期"),
        (payload({**EXTENSION, "working_days": "5"}), "facts[1].working_days", "应为整数"),
        (payload({**EXTENSION, "working_days": 5.0}), "facts[1].working_days", "应为整数"),
        (payload({**EXTENSION, "working_days": True}), "facts[1].working_days", "应为整数"),
        (payload({"kind": "extension", "on": "2026-03-20", "working_days": 5}), "facts[1].told_on", "缺少 told_on"),
        (
            payload({"kind": "extension", "on": "2026-03-20", "told_on": "2026-03-20"}),
            "facts[1].working_days",
            "缺少 working_days",
        ),
        (payload({"kind": "delayed", "on": "2026-03-20"}), "facts[1].until", "缺少 until"),
        (
            payload({"kind": "correction_asked", "on": "2026-03-10", "override": "true"}),
            "facts[1].override",
            "应为 true 或 false",
        ),
        (
            payload({"kind": "correction_asked", "on": "2026-03-10", "answer_within": 0}),
            "facts[1].answer_within",
            "至少为1个工作日",
        ),
        (
            payload({"kind": "organ_asked", "on": "2026-03-10", "party": "乙", "co_producer": 1}),
            "facts[1].co_producer",
            "应为 true 或 false",
        ),
    ],
)
def test_a_malformed_file_is_refused_by_name(spoiled: object, field: str | None, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        answer(spoiled)
    assert sentence in refused.value.reason
    assert refused.value.field == field


@pytest.mark.parametrize("kind", FactKind)
def test_every_kind_has_a_label_and_knows_its_fields(kind: FactKind) -> None:
    assert kind.label
    assert not REQUIRED.get(kind, frozenset()) & OPTIONAL.get(kind, frozenset())


@pytest.mark.parametrize(
    ("kind", "details", "field"),
    [
        (FactKind.REPLIED, {"party": "甲"}, "party"),
        (FactKind.THIRD_PARTY_ASKED, {}, "party"),
        (FactKind.THIRD_PARTY_ASKED, {"party": " "}, "party"),
        (FactKind.THIRD_PARTY_ASKED, {"party": "甲", "co_producer": True}, "co_producer"),
        (FactKind.EXTENSION, {"working_days": 5}, "told_on"),
    ],
)
def test_a_fact_made_by_hand_is_checked_as_well(kind: FactKind, details: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        Fact(kind, date(2026, 3, 10), **details)
    assert refused.value.field == field


def test_a_long_value_is_cut_in_the_sentence() -> None:
    with pytest.raises(Refusal) as refused:
        read_facts({"received_on": "长" * 5000})
    assert len(refused.value.reason) < 200


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"received_on": "2026-03-02",}', "第1行第"),
        ('{\n"received_on" "2026-03-02"}', "第2行第"),
        ("", "不是合法的 JSON"),
        ("[]", "应为 JSON 对象"),
        ('{"received_on": "2026-03-02", "received_on": "2026-03-03"}', "「received_on」写了两次"),
        ('{"facts": [{"on": "2026-03-02", "on": "2026-03-03"}]}', "「on」写了两次"),
        ("[" * 100000, "嵌套过深"),
    ],
)
def test_a_file_that_is_no_json_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        read_json(text)


def test_a_file_is_read() -> None:
    assert read_json('{"received_on": "2026-03-02"}') == {"received_on": "2026-03-02"}
