"""What every page says of the site, the map, where a page lies, and how pages are shown to this browser."""

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
import time_machine

from gkapply import create_app
from gkapply.config import BadSettings, Settings, read_settings
from gkapply.site_identity import SiteIdentity
from gkapply.web.display import kept_in, turned
from gkapply.web.navigation import SITEMAP, Place, trail
from tests.web.browser import Browser, parsed, words

WHOLE = SiteIdentity(
    name="某县政府信息公开",
    sponsor="某县人民政府办公室",
    contact="县政务服务中心",
    code="5120210001",
    icp="蜀ICP备00000000号",
    badge="https://www.example.gov.cn/badge",
    columns=(("政府信息公开指南", "https://www.example.gov.cn/guide"),),
)


def browser_of(settings: Settings, site: SiteIdentity) -> Browser:
    app = create_app(replace(settings, site=site), relay=False)
    app.test_client_class = Browser
    return cast(Browser, app.test_client())


def foot(page: Browser) -> str:
    return " ".join(parsed(page.get("/track")).xpath("//footer")[0].text_content().split())


def test_the_foot_says_what_the_installation_tells(settings: Settings, moment: time_machine.Traveller) -> None:
    browser = browser_of(settings, WHOLE)
    for said in (
        "主办单位：某县人民政府办公室",
        "联系方式：县政务服务中心",
        "政府网站标识码：5120210001",
        "蜀ICP备00000000号",
    ):
        assert said in foot(browser)
    assert "承办单位" not in foot(browser), "what is not told is not shown"
    page = parsed(browser.get("/track"))
    assert page.findtext(".//title") == "查询进度 - 某县政府信息公开"
    assert page.xpath("//meta[@name='SiteIDCode']/@content") == ["5120210001"]
    assert page.xpath("//footer//a[.='政府信息公开指南']/@href") == ["https://www.example.gov.cn/guide"]
    assert page.xpath("//footer//a[.='党政机关网站标识']")


def test_the_foot_of_an_installation_that_tells_nothing_has_no_empty_line(client: Browser) -> None:
    assert not any(word in foot(client) for word in ("主办单位", "联系方式", "标识码", "备案", "党政机关"))
    assert client.get("/badge.png").status_code == 404


def test_the_badge_is_a_picture_of_the_site_itself(
    settings: Settings, moment: time_machine.Traveller, tmp_path: Path
) -> None:
    picture = tmp_path / "badge.png"
    picture.write_bytes(b"\x89PNG\r\n")
    browser = browser_of(settings, replace(WHOLE, badge_picture=picture))
    assert parsed(browser.get("/track")).xpath("//footer//img[@alt='党政机关网站标识']/@src") == ["/badge.png"]
    assert browser.get("/badge.png").data == b"\x89PNG\r\n"


def test_what_is_told_wrongly_is_named_at_once(tmp_path: Path) -> None:
    wrong = {
        "GKAPPLY_SITE_CODE": "12",
        "GKAPPLY_SITE_BADGE": "javascript:1",
        "GKAPPLY_SITE_BADGE_PICTURE": str(tmp_path / "none.png"),
        "GKAPPLY_SITE_COLUMNS": "政府信息公开指南",
    }
    with pytest.raises(BadSettings) as told:
        read_settings(wrong, folder=tmp_path)
    assert [next(name for name in wrong if problem.startswith(f"{name} ")) for problem in told.value.problems]
    assert len(told.value.problems) == len(wrong)


def test_the_columns_are_told_as_pairs(tmp_path: Path) -> None:
    told = read_settings(
        {"GKAPPLY_SITE_COLUMNS": "指南=https://a.example/?x=1  年报=http://b.example/"}, folder=tmp_path
    )
    assert told.site.columns == (("指南", "https://a.example/?x=1"), ("年报", "http://b.example/"))


def test_the_map_leads_to_pages(client: Browser) -> None:
    named = [place.href for _, group in SITEMAP for place in group]
    assert len(named) == len(set(named))
    assert parsed(client.get("/sitemap")).xpath("//main//ul//a/@href") == named


def test_a_page_says_where_it_lies(client: Browser) -> None:
    def where(path: str) -> list[str]:
        return [
            " ".join(one.text_content().split()) for one in parsed(client.get(path)).xpath("//nav[@class='crumbs']//li")
        ]

    assert where("/") == []
    assert where("/accessibility") == ["首页", "无障碍说明"]
    assert trail("/track/AYX-2026-0001/days") == (Place("首页", "/"), Place("查询进度", "/track"))
    assert trail("/tracking") == (Place("首页", "/"),)


@pytest.mark.parametrize(
    ("on", "pressed", "after"),
    [
        ("", "large", "large"),
        ("large", "huge", "huge large"),
        ("huge large", "huge", "large"),
        ("huge large", "large", ""),
        ("", "huge", "huge large"),
        ("large", "contrast", "contrast large"),
        ("large", "nonsense", "large"),
    ],
)
def test_the_second_size_goes_with_the_first(on: str, pressed: str, after: str) -> None:
    assert turned(frozenset(on.split()), pressed) == frozenset(after.split())


def test_large_type_is_a_simpler_page(client: Browser) -> None:
    assert "特大字" not in client.get("/").text
    client.set_cookie("gkapply_display", "huge.large")
    page = client.get("/")
    assert parsed(page).get("class") == "huge large"
    assert parsed(page).xpath("//button[@value='huge']/@aria-pressed") == ["true"]
    assert parsed(page).xpath("//ul[@class='doors large']/li/a/@href")[:2] == ["/apply", "/track"]
    assert "各领域由谁负责" not in words(page)
    assert parsed(page).xpath("//nav[@class='places']//a/@href") == ["/", "/search", "/apply", "/track", "/sitemap"]


def test_a_cookie_of_an_earlier_edition_still_counts() -> None:
    assert kept_in("contrast large") == kept_in("contrast.large") == {"contrast", "large"}
    assert kept_in("nonsense") == frozenset()
