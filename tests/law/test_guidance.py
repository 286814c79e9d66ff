"""What an official is told: each piece of advice stands at a step or kind that exists and names its source."""

import pytest

from gkapply.law import guidance
from gkapply.law.replies import REFUSALS, ReplyKind
from workflows.application import APPLICATION


def test_the_steps_exist() -> None:
    assert set(guidance.STEPS) <= {step.trigger for step in APPLICATION.steps}


@pytest.mark.parametrize("kind", ReplyKind)
def test_each_hint_says_something_and_names_its_source(kind: ReplyKind) -> None:
    for hint in guidance.for_reply(kind):
        assert hint.text.endswith("。")
        assert "第" in hint.article or "号" in hint.article


@pytest.mark.parametrize("kind", REFUSALS)
def test_every_refusal_is_asked_for_a_part(kind: ReplyKind) -> None:
    assert guidance.for_reply(kind)[-1].article == "条例第三十七条"


def test_a_plain_step_says_nothing() -> None:
    assert guidance.for_step("archive") == ()
