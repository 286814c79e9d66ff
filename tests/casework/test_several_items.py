"""Several things and several applicants in one application, and a guardian: each checked at its own fields."""

from dataclasses import replace
from datetime import date

import pytest

from gkapply.casework.application import Application
from gkapply.casework.application_check import BadForm, check
from gkapply.casework.guardian import unproved_guardian
from gkapply.casework.joint_applicants import OtherApplicant
from gkapply.casework.several_items import MOST_WANTED, Wanted, in_one, quotes

TODAY = date(2026, 3, 2)
FORM = Application(
    kind="natural_person",
    name="申请人甲",
    id_number="110101190001010014",
    phone="13800000000",
    description="道路改造工程的批复",
    carrier="paper",
    way="pickup",
)
CHILD = "110101201503020010"


def wrong(application: Application, *, on_paper: bool = False) -> list[str]:
    """The fields that are wrong."""
    try:
        check(application, TODAY, on_paper=on_paper)
    except BadForm as several:
        return list(several.errors)
    return []


def test_a_single_thing_stays_as_it_was_written_and_several_are_counted() -> None:
    first, second = Wanted("某批复", "", "道路改造\n工程"), Wanted("", "安府发〔2024〕3号", "施工合同")
    assert (in_one([first]), quotes([first])) == ("道路改造\n工程", ["道路改造\n工程"])
    told = ["道路改造 工程（名称：某批复）", "施工合同（文号：安府发〔2024〕3号）"]
    assert quotes([first, second]) == told
    assert in_one([first, second]) == f"1. {told[0]}\n2. {told[1]}"


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"further": (Wanted(description="施工合同"),)}, []),
        ({"further": (Wanted(),)}, []),
        ({"further": (Wanted(name="某合同"),)}, ["further-0-description"]),
        ({"further": (Wanted(description="标有机密★的"),)}, ["further-0-description"]),
        ({"further": (Wanted(description="甲"),) * MOST_WANTED}, ["further"]),
        ({"others": (OtherApplicant("申请人乙", "11010119900101004X", "13800000001"),)}, []),
        ({"others": (OtherApplicant(id_number="11010119900101004X"),)}, ["others-0-name"]),
        ({"others": (OtherApplicant("申请人乙", "110101199001010041"),)}, ["others-0-id_number"]),
        ({"others": (OtherApplicant("申请人乙", "", "1"),)}, ["others-0-phone"]),
        ({"id_number": CHILD}, ["guardian_name"]),
        ({"id_number": CHILD, "guardian_name": "申请人乙"}, []),
        ({"guardian_phone": "13800000000"}, ["guardian_name"]),
        ({"guardian_name": "申请人乙", "guardian_id_number": "110101199001010041"}, ["guardian_id_number"]),
    ],
)
def test_each_is_wrong_at_its_own_field(changes: dict[str, object], fields: list[str]) -> None:
    assert wrong(replace(FORM, **changes)) == fields  # type: ignore[arg-type]


def test_a_letter_that_names_no_guardian_is_entered_and_corrected_later() -> None:
    child = replace(FORM, id_number=CHILD)
    assert wrong(child, on_paper=True) == []
    assert "不满十四周岁" in unproved_guardian(check(child, TODAY, on_paper=True), (), TODAY)[0]
    guarded = check(replace(child, guardian_name="申请人乙"), TODAY)
    assert unproved_guardian(guarded, ("guardianship",), TODAY) == []
    assert "监护关系证明" in unproved_guardian(guarded, ("identity",), TODAY)[0]
