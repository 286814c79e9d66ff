"""What an address carries in place of a key or a day is never handed to the database as it stands."""

from datetime import date

import pytest

from gkapply.casework.seal_sheet import month_of
from gkapply.casework.supervision_list import Place
from gkapply.casework.supervision_period import Period
from gkapply.law.refusal import Refusal
from gkapply.web.row_key import row_key


@pytest.mark.parametrize("typed", ["", "-1", "x", "1" * 20, str(2**63), "9" * 5000])
def test_what_no_page_wrote_is_no_key(typed: str) -> None:
    assert row_key("12") == 12
    with pytest.raises(ValueError, match="no key"):
        row_key(typed)
    with pytest.raises(Refusal, match="翻页"):
        Place.read(f"2026-01-01~{typed}")


def test_no_period_reaches_to_the_end_of_days() -> None:
    with pytest.raises(Refusal, match="时段"):
        Period(date(9999, 12, 30), date.max)
    with pytest.raises(Refusal, match="月份"):
        month_of("9999-12")
