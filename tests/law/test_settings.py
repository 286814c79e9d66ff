"""The settings of an office: defaults where the law is silent, bounds that hold, one reading for pages and clocks."""

from typing import Any

import pytest

from gkapply.law.refusal import Refusal
from gkapply.law.setting_choices import OnlineReceipt
from gkapply.law.settings import SETTINGS, ClockSettings, OfficeSettings, read_settings, settle


def test_an_office_that_has_chosen_nothing_has_the_cautious_defaults() -> None:
    settings = read_settings("{}")
    assert settings == OfficeSettings()
    assert settings.clock == ClockSettings()
    assert (settings.online_receipt_basis, settings.lapse_grace, settings.hold_days) == (
        OnlineReceipt.CONFIRMATION,
        5,
        5,
    )


def test_the_clocks_read_what_the_office_has_chosen() -> None:
    settings = read_settings('{"organ_answer": 5, "stop_begins": "received", "a setting of another edition": 1}')
    assert settings.clock == ClockSettings(organ_answer=5, stop_begins=ClockSettings().stop_begins.RECEIVED)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("correction_answer", 0),
        ("correction_answer", 61),
        ("correction_answer", True),
        ("late_correction_restarts", 1),
        ("stop_begins", "opened"),
    ],
)
def test_a_value_that_a_setting_does_not_take_is_refused_by_its_name(name: str, value: Any) -> None:
    with pytest.raises(Refusal) as caught:
        settle({name: value})
    assert caught.value.field == name
    assert "设置项「" in caught.value.reason


def test_every_setting_says_what_it_is() -> None:
    assert all(one.metadata["label"] for one in SETTINGS)
