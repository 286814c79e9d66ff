"""Areas suggested for requests: 100 labelled texts of citizens, each half by itself, and texts that were written for something else."""

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from gkapply.law.area_suggestion import Voice, decided, suggest_areas
from gkapply.law.areas import areas
from gkapply.law.themes import area_of_theme, one_width, said_in, words

HERE = Path(__file__)
REQUESTS = HERE.with_name("area_requests.csv")
LIKENESS_PAIRS = HERE.parents[1] / "casework" / "likeness_pairs.csv"
LEAST_RIGHT = 0.8


def _labelled(remainder: int) -> list[tuple[str, str]]:
    """Text and area of the requests with odd (1) or even (0) numbers. The words were never tried on the even ones."""
    with REQUESTS.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["area"]) for row in csv.DictReader(file) if int(row["number"]) % 2 == remainder]


def _of_likeness() -> list[tuple[str, str]]:
    """Text and area of requests that somebody else wrote, to compare texts: the half that no rule was built on."""
    with LIKENESS_PAIRS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["half"] == "held out"]
    found = {row["other"]: row["area"] for row in rows if row["label"] == "near"}
    return list((found | {row["one"]: row["area"] for row in rows}).items())


@pytest.mark.parametrize(
    ("requests", "least"), [(_labelled(1), 50), (_labelled(0), 50), (_of_likeness(), 70)], ids=["odd", "even", "others"]
)
def test_four_in_five_are_suggested_rightly(requests: Sequence[tuple[str, str]], least: int) -> None:
    confused: Counter[tuple[str, str]] = Counter()
    for text, area in requests:
        found = suggest_areas(text)
        said = found[0].area if found else "-"
        if said != area:
            confused[area, said] += 1
    assert len(requests) >= least
    assert 1 - confused.total() / len(requests) >= LEAST_RIGHT, confused.most_common()


def test_every_area_has_labelled_requests_and_words() -> None:
    names = {one.name for one in areas()}
    assert {area for _, area in _labelled(1) + _labelled(0)} == names
    assert {tells.area for word in words().values() for tells in word.areas} == names
    fields = {tells.field for word in words().values() for tells in word.areas}
    assert fields == {"", "征地补偿", "国土空间规划"}


def test_the_longest_word_wins_and_names_its_theme() -> None:
    said = said_in(one_width("请公开土地增值税减免依据"))
    assert [one.word.word for one in said if one.word.areas] == ["土地增值税"]
    assert area_of_theme("增值税") == "税收管理"
    assert area_of_theme("与此无关") == ""


def test_the_reason_names_the_words_and_the_pilot_area() -> None:
    found = suggest_areas("请公开我村的征地补偿标准和青苗费发放情况")
    assert (found[0].area, found[0].field) == ("自然资源", "征地补偿")
    assert "“征地补偿标准”" in found[0].reason
    assert decided(found)


def test_nothing_is_suggested_where_nothing_tells() -> None:
    assert suggest_areas("请公开贵单位的有关材料") == []
    found = suggest_areas("请公开贵单位的有关材料", [Voice("统计", 2.0, "公开目录中最接近的“统计公报”属于“统计”")])
    assert [one.area for one in found] == ["统计"]
    assert not decided(found)
