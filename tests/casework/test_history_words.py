"""Every deed that stands in the journal of a case has words: one without them would close the page of its case."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import gkapply
from gkapply.casework import history, item_answers

SPOKEN = {
    *history.OTHER_DEEDS,
    item_answers.DEED,
    "fact.enter",
    *(f"{name}.{row.trigger}" for name, flow in history.BY_NAME.items() for row in flow.workflow.steps),
}


def recorded() -> Iterator[tuple[str, str]]:
    """Each deed that a call of ``record`` writes in plain letters into the journal of a case, and where."""
    for path in sorted(Path(gkapply.__file__).parent.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for call in ast.walk(ast.parse(text)) if "record(" in text else ():
            if not isinstance(call, ast.Call) or getattr(call.func, "attr", getattr(call.func, "id", "")) != "record":
                continue
            of_a_case = any(word.arg == "case_id" for word in call.keywords)
            if of_a_case and len(call.args) > 2 and isinstance(call.args[2], ast.Constant):
                yield str(call.args[2].value), path.name


def test_every_deed_recorded_of_a_case_has_words() -> None:
    deeds = list(recorded())
    assert len(deeds) > 15
    assert [one for one in deeds if one[0] not in SPOKEN] == []


@pytest.mark.parametrize(
    ("deed", "body", "words"),
    [
        ("referral.remind", {"of": "a", "level": 1}, "转办档案室：提醒办结时限"),
        ("incoming.settle", {"incoming": "AYX-2026-S0002"}, "收文登记转入本件（AYX-2026-S0002）"),
        ("arrival.register", {"arrival": "AYX-2026-L0001"}, "由其他来源的来件登记为申请（AYX-2026-L0001）"),
        (
            "application.remind",
            {"clock": "correction_notice", "due_on": "2026-11-26", "level": 5},
            "提醒期限将满（补正告知期限，2026年11月26日届满）",
        ),
        ("letter.rendered", {"of": "b"}, "生成文件《收件回执》"),
    ],
)
def test_deeds_that_no_workflow_names_are_told_in_words(deed: str, body: dict[str, object], words: str) -> None:
    assert history.words_of(deed, body, {"a": "转办档案室：", "b": "《收件回执》"}) == words
