"""What the questions to legal advisers (法律顾问) about a letter must look like for a step to be taken."""

from collections.abc import Mapping
from typing import Any

from gkapply.law.refusal import WrongState


def advice_is_awaited(letter: Any, given: Mapping[str, Any]) -> None:
    """An adviser was asked and the day for the answer is not over."""
    if not any(one.is_open_on(given["today"]) for one in letter.advice):
        raise WrongState("没有尚待答复的征求")


def an_adviser_was_asked(letter: Any, given: Mapping[str, Any]) -> None:
    """Only a question that the adviser has not opened can be taken back."""
    if not any(one.is_withdrawable for one in letter.advice):
        raise WrongState("没有法律顾问尚未打开的征求")
