"""Sentences of the annual report: what they say of this year and the last, and that a text is held against the tables."""

from typing import Any

import pytest

from gkapply.law import annual_report, annual_table2
from gkapply.law.annual_claims import CLAIMS, change, found_in, plain, say, share
from gkapply.law.annual_sentences import gaps, offered, text_findings
from gkapply.law.annual_stated import Besides
from gkapply.law.refusal import Refusal

TABLE2 = {"normative": [3, 1, 22], "licences": 1200}
BESIDES = Besides(True, (1, "380"), (4, 1), (12, "4.6"), (1, "新收减少1件"), (2, "一件在年底前已经办结"))


def report(year: int, new: int, **results: int) -> dict[str, Any]:
    codes = {"given": "3.1", "third": "3.3.4", "missing": "3.4.1", "open": "4", "before": "2"}
    counts = {"1": {"natural_person": new - 3, "enterprise": 3}}
    counts |= {codes[name]: {"natural_person": number} for name, number in results.items()}
    made = annual_report.build(
        "某县人民政府", year, counts, {"review": {"upheld": 2, "corrected": 1}} if new > 9 else {}
    )
    return {**made, "table2": {**annual_table2.empty(), **TABLE2}}


NOW = report(2025, 15, before=1, given=7, third=3, missing=3, open=3)
LAST = report(2024, 7, given=6, open=1)


def texts() -> dict[str, str]:
    found: dict[str, str] = {}
    for one in offered(NOW, LAST, BESIDES):
        found[one.part] = found.get(one.part, "") + one.text
    return found


def test_the_sentences_say_numbers_shares_changes_and_outcomes() -> None:
    said = {one.code: one.text for one in offered(NOW, LAST, BESIDES)}
    assert said["received"] == "2025年，新收政府信息公开申请15件，比上年增加8件，增长114.3%；上年结转1件。"
    assert said["applicants"] == "自然人申请12件，占80%；法人或者其他组织申请3件。"
    assert said["done"] == "本年度办结13件，比上年增加7件，增长116.7%；结转下年度继续办理3件。"
    assert "不予公开3件、无法提供3件" in said["results"]
    assert "结果维持2件、结果纠正1件" in said["disputes"]
    assert said["disputes"].endswith("行政诉讼0件，与上年持平。")
    assert "行政许可处理决定1200件" in said["own_initiative"]
    assert "规章" not in said["own_initiative"]
    assert "考核通报1期" in said["supervision"]
    assert said["fees"].endswith("（国办函〔2020〕109号）收取信息处理费的申请1件，共380元。")
    assert "有1件申请的登记内容作了更正，涉及新收减少1件" in said["late"]
    assert "公布的结转下年度继续办理为2件，原因是一件在年底前已经办结" in said["carried"]


def test_a_government_that_assessed_nobody_is_left_to_say_so() -> None:
    said = {one.code: one.text for one in offered(NOW, None, Besides(government=True, assessed=(0, 0)))}
    assert said["supervision"].startswith("工作考核方面，开展情况为……；")


def test_what_is_not_known_is_not_said() -> None:
    said = {one.code: one.text for one in offered(NOW, None, Besides())}
    assert "上年增加" not in "".join(said.values())
    assert said.keys().isdisjoint({"supervision", "fees", "late", "carried"})


def test_a_text_taken_over_agrees_and_every_claim_is_found_again() -> None:
    assert text_findings(texts(), NOW, LAST, BESIDES) == []
    found = {one.claim.code for text in texts().values() for one in found_in(plain(text), 2025)}
    assert found == {one.code for one in CLAIMS} - {"regulations", "penalties", "coercion", "given_together"}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("２０２５年，收到政府信息公开申请 １,４１５ 件。", "“收到政府信息公开申请1415件”，表三第一项总计为“新收政府信息公开申请15件”"),
        ("新收政府信息公开申请15件，比上年增加9件，增长1%", "比上年增加8件，增长114.3%"),
        ("共新收政府信息公开申请共15件，占", ""),
        ("2024年，收到政府信息公开申请7件；2025年，新收政府信息公开申请15件", ""),
        ("行政复议3件，其中结果维持3件、结果纠正0件、其他结果0件、尚未审结0件", "表四行政复议为“行政复议3件，其中结果维持2件、结果纠正1件"),
        ("予以公开和部分公开占办结的55%", "占办结的53.8%"),
        ("全年没有收取信息处理费。", "收取信息处理费的申请1件，共380元"),
        ("收取信息处理费380元。", ""),
        ("收取信息处理费的申请1件，共380.00元。", ""),
        ("行政处罚处理决定5件", ""),
        ("予以公开及部分公开7件", ""),
        ("予以公开及部分公开258件", "表三第三项（一）（二）总计之和为“予以公开和部分公开7件”"),
        ("不予公开和无法提供6件，新收和上年结转16件", ""),
    ],
)  # fmt: skip
def test_a_number_that_the_tables_do_not_say_is_named(written: str, told: str) -> None:
    found = text_findings({"1": written}, NOW, LAST, BESIDES)
    assert [told in one.sentence for one in found] == ([True] if told else [])
    assert all(one.part == "1" for one in found)


def test_once_figures_change_the_text_that_was_taken_over_is_named() -> None:
    later = report(2025, 16, before=1, given=8, third=3, missing=3, open=3)
    codes = [one.code for one in text_findings(texts(), later, LAST, BESIDES)]
    assert codes == ["new", "done", "natural", "disclosed", "given"]


def test_what_a_report_must_name() -> None:
    assert gaps(texts(), government=False) == ["文字中还有没有填写完的地方（……）"]
    named = {part: text.replace("……", "没有发生") for part, text in texts().items()}
    assert gaps(named, government=True) == []
    assert len(gaps({"1": "概况", "6": "无"}, government=True)) == 3
    assert len(gaps({"1": "概况", "6": "无"}, government=False)) == 2


@pytest.mark.parametrize(("now", "before", "said"), [(3, 3, "与上年持平"), (2, 3, "比上年减少1件，下降33.3%"), (2, 0, "比上年增加2件")])  # fmt: skip
def test_a_change_in_number_and_per_cent(now: int, before: int, said: str) -> None:
    assert change(now, before) == said
    assert say(CLAIMS[0], {"new": str(now), "new_change": said}).endswith(said)


def test_shares_are_rounded_half_up() -> None:
    assert [share(1, 8), share(1, 3), share(2, 3), share(1, 16), share(5, 5)] == ["12.5", "33.3", "66.7", "6.3", "100"]


def test_table_two_is_read_from_the_official_form_and_from_a_form() -> None:
    rows = [
        ["第二十条第（一）项", "", "", ""], ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "0", "0"], ["行政规范性文件", "3", "1", "22"],
        ["行政许可", "1,200", "1,200", "1,200"], ["行政处罚", "", "86"], ["行政强制", "4"], ["行政事业性收费", "12.34"],
    ]  # fmt: skip
    table = annual_table2.from_rows(rows)
    assert table == {
        "regulations": [0, 0, 0], "normative": [3, 1, 22], "licences": 1200, "penalties": 86, "coercion": 4, "fees": "12.34",
    }  # fmt: skip
    assert annual_table2.read(annual_table2.typed(table)) == table
    assert annual_table2.is_filled(table)
    assert not annual_table2.is_filled(annual_table2.empty())


@pytest.mark.parametrize(
    ("rows", "reason"),
    [([["规章", "1"]], "应有3个数字"), ([["某表", "1"]], "没有表二的项目"), ([["行政许可", "-1"]], "0或者正整数"), ([["行政事业性收费", "约3"]], "须为数字")],
)  # fmt: skip
def test_a_spoilt_table_two_is_refused(rows: list[list[str]], reason: str) -> None:
    with pytest.raises(Refusal, match=reason) as caught:
        annual_table2.from_rows(rows)
    assert caught.value.field == "file"


@pytest.mark.parametrize(
    ("text", "code", "number"),
    [
        ("新收依申请公开申请1,204件", "new", "1204"),
        ("上年结转申请３件", "carried_in", "3"),
        ("其中部分公开2件", "partial", "2"),
        ("共办结政府信息公开申请7件", "done", "7"),
        ("结转下年度继续办理1件", "open", "1"),
        ("无法提供4件", "unable", "4"),
        ("政府信息公开行政复议3件", "review", "3"),
    ],
)
def test_numbers_are_understood_as_people_write_them(text: str, code: str, number: str) -> None:
    [found] = found_in(plain(text))
    assert (found.claim.code, found.figures[code]) == (code, number)
    assert found.claim.cells


def test_other_numbers_are_left_alone() -> None:
    text = "制发文件12件，举办培训3次，部分公开工作取得进展，2024年共有4件提案"
    assert list(found_in(plain(text))) == []
