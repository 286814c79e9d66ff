"""The search of the desk on its page: where words stand, paging, and a number that leads straight to its case."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

import pytest

from gkapply.casework import case_hits
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from tests.casework.conftest import Office, life_in
from tests.web.browser import Browser, parsed, words
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
HITS = "//ol[@class='hits']/li"


@pytest.fixture
def lives(office: Office) -> list[Life]:
    """Three requests in nearly the same words."""
    made = []
    for number in range(1, 4):
        life = life_in(office)
        asked = walked_in(replace(PERSON, name=f"石{number}泉"), f"某县ＧＤＰ统计台账，第{number}季度")
        made.append(life.register(asked, life.at_the_counter()))
    return made


def test_hits_say_where_the_words_stand(login: Login, lives: list[Life]) -> None:
    browser = login(Duty.OFFICER)
    page = browser.page(f"/desk/search?q={quote('gdp统计 2泉')}")
    (hit,) = page.xpath(HITS)
    assert hit.xpath(".//h3/a/@href") == [f"/desk/cases/{lives[1].reference}"]
    assert hit.xpath(".//mark/text()") == ["2泉", "gdp统计"]
    told = " ".join(hit.text_content().split())
    assert "申请人：石2泉" in told
    assert "申请内容：某县gdp统计台账，第2季度" in told
    assert "没有找到" in words(browser.get("/desk/search?q=没有这样的话"))


def test_pages_follow_each_other_and_narrow(login: Login, lives: list[Life], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_hits, "PAGE", 2)
    browser = login(Duty.OFFICER)
    first = browser.page("/desk/search?q=台账&within=open")
    (following,) = first.xpath("//a[@rel='next']/@href")
    found = [page.xpath(f"{HITS}//h3/a/text()") for page in (first, browser.page(following))]
    assert found == [["2026-0003", "2026-0002"], ["2026-0001"]]
    assert not browser.page("/desk/search?q=台账&within=archived").xpath(HITS)
    assert browser.get("/desk/search?q=台账&after=x").status_code == 422
    assert browser.get("/desk/search?q=台账&within=x").status_code == 422


def test_a_number_leads_to_its_case_and_every_page_has_the_box(login: Login, lives: list[Life]) -> None:
    browser = login(Duty.REGISTRAR)
    for number in ("2026-0002", lives[1].reference):
        answer = browser.get(f"/desk/search?q={number}")
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/desk/cases/{lives[1].reference}")
    assert len(browser.page("/desk/search?q=2026-").xpath(HITS)) == 3
    assert parsed(browser.get("/desk")).xpath("//form[@action='/desk/search']//input[@name='q']")
    assert not parsed(login(Duty.SYSADMIN).get("/admin")).xpath("//form[@action='/desk/search']")
