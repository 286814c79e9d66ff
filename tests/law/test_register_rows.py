"""The words and rows of a register that an office brings along: what is understood, what is told, what is merely odd."""

from datetime import date

import pytest

from gkapply.law.annual_rows import COLUMNS, RESULT_ROWS
from gkapply.law.bad_cells import Problem
from gkapply.law.refusal import Refusal
from gkapply.law.register_heads import COLUMNS as REGISTER
from gkapply.law.register_heads import find_head
from gkapply.law.register_oddities import oddities
from gkapply.law.register_rows import Odd, number_key, read_row
from gkapply.law.register_words import Formula, read_channel, read_day, read_delivery, read_kind, read_result
from gkapply.law.workdays import national_calendar

TODAY = date(2026, 7, 1)
SOUND = {
    "number": "2026-0001",
    "received_on": "2026-03-02",
    "channel": "网上",
    "kind": "自然人",
    "name": "某甲",
    "description": "申请公开甲地块征地批复",
}
CLOSED = {**SOUND, "result": "3.1", "replied_on": "2026-03-10", "delivered_on": "2026-03-10"}
HEADS = [one.head for one in REGISTER]


@pytest.mark.parametrize(
    "text",
    ["2026-03-02", "2026/3/2", "2026.3.2", "2026年3月2日", "２０２６-０３-０２", "20260302", "2026-03-02 14:30:00"],
)
def test_a_day_is_read_however_registers_write_it(text: str) -> None:
    assert read_day(text, TODAY) == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1301-01-01", "不可能的年份"),
        ("2008-04-30", "不可能的年份"),
        ("2026-02-30", "没有这一天"),
        ("2026-07-02", "晚于今天"),
        ("46083", "日期序号"),
        ("三月二日", "不是日期"),
        ("2026-3/2", "不是日期"),
    ],
)
def test_an_impossible_day_is_told(text: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        read_day(text, TODAY)


def test_every_result_is_known_by_code_and_by_label() -> None:
    for row in RESULT_ROWS:
        assert read_result(row.code) == read_result(row.label) == row.code
        if row.group is not None and row.group.startswith("（"):
            assert read_result(f"{row.group}{row.label}") == row.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", ""),
        ("在办", ""),
        ("部分公开", "3.2"),
        ("信息不存在", "3.4.1"),
        ("申请人撤回", "3.6.3"),
        ("（三）不予公开 4.保护第三方合法权益", "3.3.4"),
    ],
)
def test_results_in_the_words_of_offices(text: str, code: str) -> None:
    assert read_result(text) == code


def test_a_refusal_that_does_not_say_which_is_told() -> None:
    with pytest.raises(Refusal, match="须写明是哪一种"):
        read_result("不予公开")
    with pytest.raises(Refusal, match="不是年度报告表三的处理结果"):
        read_result("3.7")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("互联网", "online"),
        ("EMS", "signed_post"),
        ("挂号信", "signed_post"),
        ("平信", "ordinary_post"),
        ("窗口（当面）", "counter"),
        ("其他", "other"),
    ],
)
def test_channels_in_the_words_of_offices(text: str, code: str) -> None:
    assert read_channel(text) == code


def test_kinds_and_deliveries() -> None:
    assert [read_kind(one.label) for one in COLUMNS] == [one.code for one in COLUMNS]
    assert [read_kind(one) for one in ("公民", "企业", "律所")] == ["natural_person", "enterprise", "legal_service"]
    assert [read_delivery(one) for one in ("", "EMS", "当面领取")] == ["", "邮寄", "当面"]
    for reader in (read_kind, read_channel, read_delivery):
        with pytest.raises(Refusal, match="不认识"):
            reader("飞鸽")


def told(cells: dict[str, str]) -> list[tuple[str, str]]:
    found: list[Problem] = []
    assert read_row("", 2, cells, TODAY, found) is None
    return [(one.column, one.reason) for one in found]


@pytest.mark.parametrize(
    ("change", "column", "said"),
    [
        ({"name": ""}, "申请人", "不能为空"),
        ({"replied_on": ""}, "答复日期", "须有答复日期"),
        ({"result": ""}, "答复日期", "没有处理结果"),
        ({"replied_on": "2026-03-01"}, "答复日期", "早于收到日期"),
        ({"delivered_on": "2026-03-09"}, "送达日期", "早于答复日期"),
        ({"description": Formula("=A1")}, "申请内容", "公式"),
        ({"id_number": "5.1E+17"}, "证件号码", "科学计数"),
        ({"name": "甲" * 201}, "申请人", "超过200个字"),
        ({"remark": "原件机密★"}, "备注", "国家秘密标志"),
    ],
)
def test_what_cannot_be_so_is_told_by_column(change: dict[str, str], column: str, said: str) -> None:
    (heading, reason), *_ = told({**CLOSED, **change})
    assert heading == column
    assert said in reason


def test_every_bad_cell_of_a_row_is_told() -> None:
    assert [column for column, _ in told({**CLOSED, "received_on": "1301-01-01", "kind": "外星人", "channel": ""})] == [
        "收到日期",
        "受理渠道",
        "申请人类型",
    ]


def test_history_is_odd_and_never_refused() -> None:
    found: list[Problem] = []
    row = read_row("", 2, {**CLOSED, "replied_on": "2026-05-02", "delivered_on": ""}, TODAY, found)
    assert row is not None
    assert list(oddities(row, national_calendar(), None)) == [Odd.REST_DAY, Odd.NO_PROOF, Odd.LATE]


def test_a_result_without_a_letter_has_no_reply() -> None:
    row = read_row("", 2, {**CLOSED, "result": "3.6.1"}, TODAY, [])
    assert row is not None
    assert (row.replied_on, row.answered_on) == (date(2026, 3, 10), None)


def test_a_number_is_known_again_in_full_width() -> None:
    assert number_key("２０２６－０００１ ") == number_key("2026-0001")


GROUPED = ["登记编号", "收到日期", "受理渠道", "申请人", "", "", "申请内容", "答复", ""]
PARTS = ["", "", "", "类型", "姓名", "联系方式", "", "日期", "文号"]


@pytest.mark.parametrize(
    "rows",
    [
        [["2026年台账"], [], HEADS],
        [[f" {head} " for head in HEADS]],
        [[f"{head}（必填）" for head in HEADS]],
        [[*HEADS, "序号", "年份", "办理情况"]],
    ],
)
def test_heads_are_found_below_titles_and_in_other_dress(rows: list[list[str]]) -> None:
    lines = [(number, row) for number, row in enumerate(rows, 1) if row]
    head = find_head(lines, REGISTER)
    assert (head.last_line, list(head.places.values())) == (len(rows), [one.code for one in REGISTER])


def test_a_group_over_its_parts_is_one_head() -> None:
    data = ["2026-0001", "2026-03-02", "网上", "自然人", "某甲", "", "内容", "", ""]
    head = find_head([(1, ["台账"]), (2, GROUPED), (3, PARTS), (4, data)], REGISTER)
    assert head.last_line == 3
    codes = ["number", "received_on", "channel", "kind", "name", "phone", "description", "replied_on", "letter_number"]
    assert [head.places[place] for place in range(9)] == codes


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        ([], "没有找到表头"),
        (["甲", "乙", "丙", "丁"], "没有找到表头"),
        (HEADS[1:], "缺少列：登记编号"),
        ([*HEADS, "申请人"], "两列都表示「申请人」"),
    ],
)
def test_heads_that_do_not_tell_are_refused(heads: list[str], said: str) -> None:
    with pytest.raises(Refusal, match=said):
        find_head([(1, heads)], REGISTER)
