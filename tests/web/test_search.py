"""The search over what is already public, on its page and while somebody types."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from gkapply.casework import public_search
from gkapply.database import reading, transaction
from gkapply.web.taken import note_taken
from tests.casework.conftest import Office
from tests.web.browser import Browser, parsed, words

HITS = "//ol[@class='hits']/li"
NOW = datetime(2026, 3, 1, 17, tzinfo=UTC)


@pytest.fixture
def shown(office: Office) -> None:
    """A dozen entries that anybody may read."""
    with transaction() as session:
        for number in range(12):
            public_search.index(
                session,
                "catalogue" if number else "disclosed",
                f"e{number}",
                organ_id=office.organ_id,
                area="社会救助",
                title=f"低保对象名单（第{number}批）",
                words="户主姓名、保障人数" * 20,
                now=NOW,
            )


def test_the_page_says_of_each_hit_what_it_is_and_where_it_is_read(client: Browser, shown: None) -> None:
    answer = client.get("/search?q=吃低保的有哪些人")
    page, text = parsed(answer), words(answer)
    assert len(page.xpath(HITS)) == 10
    for said in ("公开目录事项", "社会救助", "安岳县人民政府", "2026年3月2日公开", "0次查阅"):
        assert said in text
    (following,) = page.xpath("//a[@rel='next']/@href")
    rest = client.page(following)
    assert len(rest.xpath(HITS)) == 2
    assert not set(rest.xpath("//h3/a/@href")) & set(page.xpath("//h3/a/@href"))
    (disclosed,) = client.page("/search?q=低保&kind=disclosed").xpath("//h3/a/@href")
    assert disclosed == "/reading/e0"


def test_it_ends_with_applying_in_the_words_that_were_asked(client: Browser, shown: None) -> None:
    page = client.page("/search?q=垃圾填埋场")
    assert "没有找到" in page.text_content()
    places = page.xpath("//section[@class='box']//a/@href")
    assert places[0] == "/apply?about=%E5%9E%83%E5%9C%BE%E5%A1%AB%E5%9F%8B%E5%9C%BA"


def test_nothing_asked_nothing_found(client: Browser) -> None:
    assert not client.page("/search").xpath("//*[@id='found']")
    assert parsed(client.get("/")).xpath("//form[@role='search']//input[@name='q']/@data-suggest")


def test_a_few_are_suggested_while_somebody_types(client: Browser, shown: None) -> None:
    answer = client.get("/search/suggest.json?q=低保")
    told: Any = answer.json
    assert len(told["hits"]) == 5
    assert told["hits"][0].keys() == {"title", "kind", "organ", "href", "taken"}
    assert told["all"] == "/search?q=%E4%BD%8E%E4%BF%9D"
    assert answer.headers["Cache-Control"] == "private, max-age=60"
    assert len(answer.data) < 3000
    again = client.get("/search/suggest.json?q=低保", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/search/suggest.json?q=" + "长" * 3000).json == {"all": "", "hits": []}
    assert "Set-Cookie" not in answer.headers


def test_a_browser_counts_once(app: Flask, shown: None, client: Browser) -> None:
    app.add_url_rule("/read", "read", _read)
    for _ in range(3):
        client.get("/read")
    Browser(app, app.response_class).get("/read")
    with reading() as session:
        assert [hit.taken for hit in public_search.search(session, "低保", kind="disclosed")] == [2]


def test_the_application_form_suggests_too(client: Browser) -> None:
    page = client.page("/apply")
    assert page.xpath("//textarea[@name='description']/@data-suggest") == ["/search/suggest.json"]
    assert page.xpath("//script[contains(@src, 'suggest.js')]/@defer")


def _read() -> dict[str, str]:
    note_taken("disclosed", "e0")
    return {}
