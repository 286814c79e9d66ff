"""Our reference (参考号) on what goes to the post: number of the request, place of the letter in its file, place of the recipient.

It names nobody and stays the same for ever: letters are never taken out of a file. Several letters in one item of mail are written
one after the other, with ； between them.
"""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.papers import Letter
from gkapply.casework.recipients import recipients
from gkapply.casework.records import Case
from gkapply.casework.undelivered import HANDED_OVER_AT_ONCE
from gkapply.law.refusal import Refusal

BETWEEN = "；"
_SPLIT = re.compile(r"[；;、,，\s]+")
_ONE = re.compile(r"(?P<case>.+)/(?P<letter>[1-9][0-9]{0,3})/(?P<recipient>[1-9][0-9]{0,2})")


def reference_of(letter: Letter, key: str) -> str:
    """The reference of one letter to one recipient. Raises ValueError for a stranger to the letter."""
    place = [one.id for one in letter.case.letters].index(letter.id) + 1
    return f"{letter.case.reference}/{place}/{[one.key for one in recipients(letter)].index(key) + 1}"


def resolve(session: Session, text: str, actor: Actor) -> list[tuple[Letter, str]]:
    """Letter and key of the recipient of each reference in ``text``. Raises Refusal for one that the actor's organ does not have."""
    return [_resolve(session, one, actor) for one in _SPLIT.split(text.strip()) if one]


def _resolve(session: Session, text: str, actor: Actor) -> tuple[Letter, str]:
    match = _ONE.fullmatch(text)
    case = None
    if match:
        case = session.scalars(select(Case).where(Case.reference == match["case"], visible_cases(actor))).one_or_none()
    if match and case is not None and int(match["letter"]) <= len(case.letters):
        letter = case.letters[int(match["letter"]) - 1]
        # The receipt is given with the request: nothing posts it, and its place in the file is the first.
        everybody = () if letter.kind in HANDED_OVER_AT_ONCE else recipients(letter)
        if int(match["recipient"]) <= len(everybody):
            return letter, everybody[int(match["recipient"]) - 1].key
    raise Refusal(f"没有参考号为「{text}」的文书", do="请使用导出文件备注栏的参考号", field="file")
