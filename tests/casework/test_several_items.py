"""Several items in one letter: remedies by the ground of each, one row of the report, and what hangs on the signing name."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from gkapply.casework.papers import Letter
from gkapply.casework.people import SigningName
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal

MASKED = (
    "partial",
    {
        "withheld_parts": [{"as": "refused_third_party", "what": "身份证号码", "reason": "属于个人隐私"}],
        "enclosures": "补偿款发放明细（隐去身份证号码，26页）",
        "release_review": "经审查可以公开",
    },
)
PROCESS = (
    "refused_process",
    {
        "discretion_reason": "公开会影响正常讨论。",
        "reason": "属于讨论中的过程稿。",
        "no_duty_to_disclose": True,
        "separation_considered": True,
    },
)
MISSING = ("not_existing", dict[str, Any]())
COUNTY, OFFICE = "安府公开", "安府办公开"
REVIEW_FIRST = (
    "如对其中不予公开的部分（{items}）不服，依照《中华人民共和国行政复议法》第二十三条第一款第四项的规定，应当自收到本答复之日起60日内先向"
    "{authority}申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向{court}提起行政诉讼。"
)
REST = "如对本答复的其他内容不服，可以自收到本答复之日起60日内向{authority}申请行政复议，或者自收到本答复之日起6个月内向{court}提起行政诉讼。"


@pytest.fixture
def database_kind() -> str:
    """What a letter says does not differ between the databases."""
    return "sqlite"


def sent(new_life: Callable[..., Life], answers: list[tuple[str, Mapping[str, Any]]], code_word: str) -> Life:
    """A request of these items, answered in that name."""
    life = new_life(date(2026, 3, 2))
    life.register(walked_in(PERSON, "发放明细、会议讨论稿、监理日志"), life.at_the_counter()).assign().accept()
    life.itemise(*(f"第{place}份材料" for place in range(len(answers)))).search("“监理日志”", "没有找到")
    with transaction() as session:
        name = session.scalars(select(SigningName.id).where(SigningName.code_word == code_word)).one()
        session.execute(update(Case).where(Case.reference == life.reference).values(signing_name_id=name))
    for place, (outcome, evidence) in enumerate(answers, start=1):
        life.decide(place, outcome, evidence)
    return life.draft_reply().submit_reply().pass_review().sign_reply().send_reply()


def the_reply(life: Life) -> tuple[Case, Letter, list[str]]:
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        letter = next(one for one in case.letters if LetterKind(one.kind).ends_case)
        return case, letter, json.loads(letter.final)["fields"]["remedies"]


@pytest.mark.parametrize(
    ("code_word", "authority", "court"),
    [(OFFICE, "安岳县人民政府", "安岳县人民法院"), (COUNTY, "资阳市人民政府", "资阳市中级人民法院")],
)
def test_masked_refused_and_missing_in_one_letter_under_either_name(
    new_life: Callable[..., Life], code_word: str, authority: str, court: str
) -> None:
    case, letter, told = the_reply(sent(new_life, [MASKED, PROCESS, MISSING], code_word))
    assert case.report_row == "3.2"
    assert letter.kind == LetterKind.REPLY_PARTIAL
    assert str(letter.number).startswith(f"{code_word}〔2026〕")
    places = {"authority": authority, "court": court}
    items = "第一项中不予公开的内容、第二项"
    assert told == [REVIEW_FIRST.format(items=items, **places), REST.format(**places)]


def test_refused_and_missing_in_one_letter_counts_as_the_refusal(new_life: Callable[..., Life]) -> None:
    case, letter, told = the_reply(sent(new_life, [PROCESS, MISSING], OFFICE))
    assert case.report_row == "3.3.6"
    assert letter.kind == LetterKind.REPLY_REFUSED
    places = {"authority": "安岳县人民政府", "court": "安岳县人民法院"}
    assert told == [REVIEW_FIRST.format(items="第一项", **places), REST.format(**places)]


def test_a_name_that_no_longer_holds_signs_nothing(new_life: Callable[..., Life]) -> None:
    life = new_life(date(2026, 3, 2))
    life.register(walked_in(PERSON, "监理日志"), life.at_the_counter()).assign().accept().itemise("监理日志")
    life.search("“监理日志”", "没有找到").decide(1, *MISSING)
    with transaction() as session:
        names = {one.code_word: one for one in session.scalars(select(SigningName))}
        session.execute(update(Case).where(Case.reference == life.reference).values(signing_name_id=names[COUNTY].id))
        names[COUNTY].valid_to = date(2026, 3, 1)
    life.draft_reply()
    with reading() as session:
        letters = session.scalars(select(Letter).where(Letter.kind == LetterKind.REPLY_NOT_EXISTING)).all()
        assert [one.signing_name.code_word for one in letters] == [OFFICE]
        assert letters[0].signing_name.holds_on(date(2026, 3, 2))
        with pytest.raises(Refusal, match="不是有效的落款"):
            names[COUNTY].require_valid(date(2026, 3, 2))
