"""The annual report on its pages: written with sentences taken over, checked, explained, frozen, delivered, read from above."""

import re
from collections.abc import Callable
from io import BytesIO

from werkzeug.test import TestResponse

from gkapply.demo.county import COUNTY_CODE, DEPARTMENTS
from tests.web.browser import Browser, parsed, words
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
PAGE = "/report/annual/2025"
TABLE2 = (
    "项目,甲,乙,丙\n规章,0,0,0\n行政规范性文件,3,1,22\n行政许可,1200\n行政处罚,86\n行政强制,4\n行政事业性收费,12.34\n"
)


def on(browser: Browser, response: TestResponse) -> TestResponse:
    """The page that the answer leads to."""
    assert response.status_code == 303, words(response)
    return browser.get(response.location.split("#")[0])


def test_the_report_is_written_explained_frozen_delivered_and_drawn_up_anew(login: Login) -> None:
    clerk, head = login(Duty.STATISTICIAN), login(Duty.HEAD)
    assert parsed(clerk.get(PAGE)).xpath("//button[@name='take']/@value")[:2] == ["received", "done"]
    assert clerk.get("/report/annual").location.endswith(PAGE)
    assert "尚未定稿" in words(clerk.get("/report/form?year=2025"))
    assert "应于2026年3月31日前公布" in words(clerk.get(PAGE))
    assert "已过期限" not in words(clerk.get(PAGE))
    text = {"part_1": "本机关", "part_5": "无", "part_6": "无"}
    taken = on(clerk, clerk.submit(PAGE, PAGE, take="received", **text))
    assert "本机关2025年，新收政府信息公开申请0件；上年结转0件。" in taken.text
    table = (BytesIO(TABLE2.encode()), "表二.csv")
    filled = on(clerk, clerk.submit(taken, f"{PAGE}/table2", file=table))
    assert parsed(filled).xpath("//input[@name='normative_2']/@value") == ["22"]
    wrong = clerk.submit(filled, PAGE, licences="约十件")
    assert wrong.status_code == 422
    assert "行政许可本年处理决定数量须为0或者正整数" in words(wrong)
    said = on(clerk, clerk.submit(filled, PAGE, part_1="新收政府信息公开申请7件"))
    assert "写的是“新收政府信息公开申请7件”，表三第一项总计为“新收政府信息公开申请0件”" in words(said)
    assert clerk.forge(f"{PAGE}/freeze", version="4").status_code == 403
    refused = head.forge(f"{PAGE}/freeze", version="4")
    assert refused.status_code == 422
    assert "有2项核对不符，也没有说明原因" in words(refused)
    for code in parsed(refused).xpath("//input[@name='code']/@value"):
        version = parsed(clerk.get(PAGE)).xpath("//input[@name='version']/@value")[0]
        assert clerk.forge(f"{PAGE}/explain", version=version, code=code, reason="另有统计口径").status_code == 303
    assert head.forge(f"{PAGE}/freeze", version="1").status_code == 409
    stale = clerk.forge(f"{PAGE}/explain", version="1", code="x", reason="写好的原因")
    assert (stale.status_code, "您填写的内容：写好的原因" in words(stale)) == (409, True)
    frozen = on(head, head.submit(PAGE, f"{PAGE}/freeze"))
    assert "原因：另有统计口径" in words(frozen)
    assert parsed(frozen).xpath("//textarea[@name='part_1']") == []
    how = {"way": "published", "on": "2026-03-02", "where": "县政府网站年度报告专栏"}
    assert "2026年3月2日第1版向社会公布：县政府网站年度报告专栏" in words(
        on(clerk, clerk.submit(PAGE, f"{PAGE}/deliver", **how))
    )
    assert "第1版已于2026年" in words(clerk.get("/report?year=2025"))
    assert "与这一版一致" in words(clerk.get("/report?year=2025"))
    again = on(head, head.submit(PAGE, f"{PAGE}/reopen", reason="文字有误"))
    assert "决定编制第2版，理由：文字有误" in words(again)
    shown = words(login(Duty.SUPERVISOR).get(f"{PAGE}/versions/1"))
    assert re.search("散列值（SHA-256） ?[0-9a-f]{64}", shown)
    assert "这是第一版" in shown
    assert "计入的申请没有变化" in words(clerk.get(f"{PAGE}/corrections"))
    assert clerk.get(f"{PAGE}/versions/2").status_code == 404


def test_a_year_reported_elsewhere_is_typed_and_held_against(login: Login) -> None:
    clerk, path = login(Duty.STATISTICIAN), "/report/annual/2024/earlier"
    form = "/report/annual/2024/earlier"
    names = parsed(clerk.get(path)).xpath("//input[starts-with(@name, 'row_4')]/@name")
    figures = dict.fromkeys(names, "0")
    assert len(parsed(clerk.get(path)).xpath("//input[starts-with(@name, 'row_4')][@required]")) == len(names) == 6
    wrong = clerk.submit(path, form, **{**figures, "row_4_research": "x", "source": "门户网站"})
    assert (wrong.status_code, "须为0或者正整数" in words(wrong)) == (422, True)
    back = on(clerk, clerk.submit(wrong, form, row_4_research="2"))
    assert "科研机构：上一年度公布结转2件，登记的上年结转0件" in words(back)
    assert "录入已公布的报告：门户网站" in words(clerk.get("/report/annual/2024/versions/1"))


def test_who_may_read_and_what_is_no_report(login: Login) -> None:
    supervisor, below = login(Duty.SUPERVISOR), f"{PAGE}?organ={DEPARTMENTS[0].code}"
    assert parsed(supervisor.get(below)).xpath("//textarea") == []
    assert "应于2026年1月31日前报送、公布（条例第四十九条） 已过期限" in words(supervisor.get(below))
    assert "已过期限" not in words(supervisor.get(below.replace("2025", "2024"))), "what was done before is not known"
    assert "没有在本系统定稿" in words(supervisor.get(f"{PAGE}/corrections?organ={DEPARTMENTS[0].code}"))
    assert login(Duty.STATISTICIAN).get(below).status_code == 404
    assert login(Duty.OFFICER).get(PAGE).status_code == 403
    assert login(Duty.HEAD).get("/report/annual/2018").status_code == 404
    assert f"/report/annual/2026?organ={COUNTY_CODE}" in parsed(supervisor.get("/report")).xpath("//main//a/@href")


def test_a_year_that_no_report_can_be_of_is_refused(login: Login) -> None:
    clerk = login(Duty.STATISTICIAN)
    for year in ("0", "10000", "9" * 20):
        for page in ("", "/corrections", "/versions/1", "/earlier"):
            assert clerk.get(f"/report/annual/{year}{page}").status_code == 404
        assert clerk.get(f"/report/form?year={year}").status_code == 422
    assert clerk.get(f"/report?year={'9' * 4400}").status_code == 422
