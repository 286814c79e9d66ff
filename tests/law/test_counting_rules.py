"""The row in which a case counts, and the rules in words as they stand under the tables."""

from dataclasses import replace

import pytest

from gkapply.law.annual_rows import result_row, weight
from gkapply.law.counting_rules import DEFAULTS, CaseRow, row_of_case, row_of_item, rules_of_table3, rules_of_table4
from gkapply.law.replies import ReplyKind
from gkapply.law.setting_choices import MixedResultRule, OtherBodyRow


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        (["3.1"], "3.1"),
        (["3.1", "3.1"], "3.1"),
        (["3.2"], "3.2"),
        (["3.1", "3.2"], "3.2"),
        (["3.2", "3.3.1", "3.4.1"], "3.2"),
        (["3.1", "3.3.4"], "3.2"),
        (["3.5.2", "3.1"], "3.2"),
        (["3.4.1", "3.3.7"], "3.3.7"),
        (["3.3.6", "3.3.1"], "3.3.1"),
        (["3.6.3", "3.4.1", "3.5.2"], "3.4.1"),
        (["3.6.3", "3.5.2"], "3.5.2"),
        (["3.6.3"], "3.6.3"),
    ],
)
def test_a_case_counts_in_one_row(rows: list[str], row: str) -> None:
    found = row_of_case(rows)
    assert found.code == row
    assert found == row_of_case(list(reversed(rows)))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (["3.6.3"], "各项结果相同，计入“（六）其他处理3.其他”"),
        (["3.1"], "各项结果相同，计入“（一）予以公开”"),
        (["3.2", "3.4.1"], "有一项作了区分处理，只计部分公开，不计其他情形"),
        (["3.1", "3.4.1"], "有的项予以公开，有的项为其他结果，按混合结果规则计入部分公开"),
        (
            ["3.4.1", "3.3.4"],
            "各项均未公开且结果不同，按混合结果规则计入次序在先的“（三）不予公开4.保护第三方合法权益”",
        ),
    ],
)
def test_the_row_says_why(rows: list[str], reason: str) -> None:
    assert row_of_case(rows) == CaseRow(row_of_case(rows).code, reason)


@pytest.mark.parametrize(
    ("rows", "row"),
    [(["3.1", "3.3.4"], "3.1"), (["3.2", "3.1"], "3.2"), (["3.4.1", "3.3.7"], "3.3.7"), (["3.5.2"], "3.5.2")],
)
def test_an_office_may_count_as_partial_only_what_was_separated(rows: list[str], row: str) -> None:
    assert row_of_case(rows, MixedResultRule.SEPARATED_THEN_FIRST).code == row


def test_the_matter_of_another_body_counts_where_the_office_says() -> None:
    unable = replace(DEFAULTS, other_body_row=OtherBodyRow.UNABLE)
    kind = ReplyKind.NOT_GOVERNMENT_INFORMATION
    assert [row_of_item(kind, "party", one) for one in (DEFAULTS, unable)] == ["3.6.3", "3.4.1"]
    assert row_of_item(kind, "criminal_justice", unable) == "3.6.3"
    assert row_of_item(ReplyKind.DISCLOSED, "", unable) == "3.1"
    assert row_of_item(ReplyKind.RECORD_CORRECTED) is None


def test_every_setting_changes_what_is_printed_under_the_table() -> None:
    mixed = replace(DEFAULTS, mixed_result_rule=MixedResultRule.SEPARATED_THEN_FIRST)
    other = replace(DEFAULTS, other_body_row=OtherBodyRow.UNABLE)
    once = replace(DEFAULTS, disputes_carried_over=False)
    assert len({tuple(rules_of_table3(one)) for one in (DEFAULTS, mixed, other)}) == 3
    assert "计入部分公开" in "".join(rules_of_table3(DEFAULTS))
    assert rules_of_table4(DEFAULTS) != rules_of_table4(once)


@pytest.mark.parametrize("rows", [[], ["1"], ["3.7"], ["disclosed"]])
def test_a_case_without_a_result_row_is_a_mistake_of_the_caller(rows: list[str]) -> None:
    with pytest.raises(ValueError, match=r"no result row|without items"):
        row_of_case(rows)


def test_result_rows_are_weighed_in_the_order_of_the_table() -> None:
    assert result_row("3.4.2").label == "2.没有现成信息需要另行制作"
    assert weight("3.3.8") < weight("3.4.1") < weight("3.5.1") < weight("3.6.1")
