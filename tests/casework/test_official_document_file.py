"""Tables of official documents: usual heads and words are understood, every bad cell is named, nothing is half read."""

from datetime import date

import pytest

from gkapply.casework.official_document_columns import FILE_COLUMNS, day_in
from gkapply.casework.official_document_file import BadDocuments, read_documents
from gkapply.casework.official_documents import DocumentDetails, known_by, require_no_opening, years_on
from gkapply.law.attributes import Attribute, attribute_called, ground_called, ground_words
from gkapply.law.refusal import Refusal
from gkapply.law.replies import REFUSALS, ReplyKind
from gkapply.sheets import write_csv
from gkapply.workbooks import write_workbook

TODAY = date(2026, 6, 1)
HEADS = ("标题", "发文字号", "印发日期", "公开方式", "不公开依据", "不公开理由", "备注")
ROWS = (
    (
        "关于调整县级储备粮轮换计划的请示",
        "安府〔2025〕3号",
        "2025年3月4日",
        "不公开",
        "过程性信息",
        "报上级决定之前的请示",
        "",
    ),
    ("县政府常务会议制度", "", "2024/1/5", "主动公开", "", "", "已发布"),
    ("道路改造工程初步设计批复", "安发改〔2024〕8号", "20240506", "依申请", "", "篇幅较大，按需提供", ""),
)


def test_a_table_as_offices_keep_it_is_understood() -> None:
    for content in (write_csv(HEADS, ROWS), write_workbook("登记", HEADS, ROWS, [10]), write_csv(HEADS, ROWS)[3:]):
        file = read_documents(content, TODAY)
        first, second, third = (row.details for row in file.rows)
        assert (first.attribute, first.ground) == (Attribute.WITHHELD, ReplyKind.REFUSED_PROCESS.value)
        assert (first.formed_on, first.number) == (date(2025, 3, 4), "安府〔2025〕3号")
        assert (second.attribute, second.formed_on) == (Attribute.PROACTIVE, date(2024, 1, 5))
        assert (third.attribute, third.formed_on) == (Attribute.ON_REQUEST, date(2024, 5, 6))
        assert file.unused == ["备注"]


BAD = [
    ("公开方式", "保密", "应为「主动公开」"),
    ("公开方式", "", "没有填写"),
    ("不公开依据", "第十四条", "看不出是哪一种"),
    ("不公开依据", "", "应当写明依据"),
    ("不公开理由", "", "应当写明理由"),
    ("不公开理由", "=1+1", "是公式"),
    ("印发日期", "1301-01-01", "1949年"),
    ("印发日期", "2026-06-02", "今天之间"),
    ("印发日期", "2025-02-30", "没有这一天"),
    ("印发日期", "45720", "不是日期"),
    ("标题", "", "没有填写"),
    ("标题", "某计划（机密★）", "国家秘密标志"),
    ("发文字号", "安发改〔2024〕8号", "重复"),
]


@pytest.mark.parametrize(("head", "text", "why"), BAD)
def test_every_bad_cell_is_named(head: str, text: str, why: str) -> None:
    row = list(ROWS[0])
    row[HEADS.index(head)] = text
    # write_csv guards formulas, a spreadsheet does not.
    line = ",".join(row).encode()
    with pytest.raises(BadDocuments) as refused:
        read_documents(write_csv(HEADS, ROWS[1:]) + line, TODAY)
    said = [str(one) for one in refused.value.problems]
    assert len(said) == 1
    assert said[0].startswith("第4行")
    assert why in said[0]


@pytest.mark.parametrize("content", [b"a,b\r\n1,2\r\n", b"", "题名,标题,公开属性\n".encode()])
def test_what_has_no_heads_or_two_for_one_thing_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal, match=r"表头|两列"):
        read_documents(content, TODAY)


def test_every_head_and_attribute_has_one_meaning() -> None:
    heads = [text for one in FILE_COLUMNS for text in (one.head, *one.also)]
    assert len(heads) == len(set(heads))
    assert all(attribute_called(word) is one for one in Attribute for word in one.words)


def test_every_ground_is_known_by_what_the_register_calls_it() -> None:
    assert [ground_called(ground_words(one)) for one in REFUSALS] == list(REFUSALS)
    assert ground_called("《条例》第15条") is ReplyKind.REFUSED_THIRD_PARTY
    assert ground_called("条例第16条第1款") is ReplyKind.REFUSED_INTERNAL
    with pytest.raises(Refusal, match="不能并列"):
        ground_called("内部事务信息、过程性信息")


def test_a_document_is_known_by_its_number_else_by_title_and_day() -> None:
    one = DocumentDetails("甲", Attribute.PROACTIVE, "安府〔2025〕3号")
    assert known_by(one) == known_by(DocumentDetails("乙", Attribute.WITHHELD, "安府 〔2025〕3号"))
    dated = [DocumentDetails("甲", Attribute.PROACTIVE, formed_on=day) for day in (None, TODAY)]
    assert len({known_by(one), *map(known_by, dated)}) == 3


def test_a_correction_opens_nothing() -> None:
    require_no_opening(Attribute.PROACTIVE, Attribute.WITHHELD)
    with pytest.raises(Refusal, match="评估审查"):
        require_no_opening(Attribute.WITHHELD, Attribute.ON_REQUEST)


def test_a_year_from_a_leap_day() -> None:
    assert years_on(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert day_in("") is None
