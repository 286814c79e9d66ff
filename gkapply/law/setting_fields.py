"""How a setting of an office is described: label, bounds or choices, article, hint."""

from collections.abc import Mapping
from typing import Any

from gkapply.law.ladders import LetterClass, choices_for

About = Mapping[str, Any]


def number(label: str, least: int, most: int, basis: str = "", hint: str = "") -> About:
    """A whole number within bounds."""
    return {"label": label, "least": least, "most": most, "basis": basis, "hint": hint}


def switch(label: str, basis: str = "", hint: str = "") -> About:
    """Yes or no."""
    return {"label": label, "basis": basis, "hint": hint}


def choice(label: str, choices: Mapping[str, str], basis: str = "", hint: str = "") -> About:
    """One of several values, each with its words."""
    return {"label": label, "choices": choices, "basis": basis, "hint": hint}


def ladder(letters: LetterClass, label: str, basis: str) -> About:
    """Which ladder letters of a class climb."""
    words = {path.value: said for path, said in choices_for(letters).items()}
    return choice(f"审批层级：{label}", words, basis, HINTS.get(letters, ""))


HINTS = {
    LetterClass.EXTENSION: "都须经公开机构负责人同意",
    LetterClass.REFUSING: "不予公开、部分公开、无法提供、不予处理等；一般应当经合法性审查",
    LetterClass.WEIGHTY: "经过会商、同一事项有复议诉讼、不采纳第三方意见而公开的；与上一类不同的，以较长的为准",
}
