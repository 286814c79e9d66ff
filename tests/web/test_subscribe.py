"""Subscribing on the page: the same answer for every address, and a button behind the link."""

from lxml import etree

from gkapply.casework import public_search
from gkapply.casework.services import ring
from gkapply.casework.subscription_records import Subscription
from gkapply.database import reading, transaction
from tests.casework.conftest import BEFORE, Office
from tests.web.browser import Browser, words

READER = "reader@example.cn"


def token() -> str:
    """The token of the one subscription there is."""
    with reading() as session:
        (one,) = session.query(Subscription)
        return ring(session).subscription_link(one.uid)


def test_asked_for_confirmed_and_ended(client: Browser) -> None:
    sent = client.submit("/subscribe?area=社会救助", words="低保", email=READER)
    assert sent.status_code == 303
    path = f"/subscribe/{token()}"
    assert "领域：社会救助" in words(client.get(path)), "opening the link confirms nothing"
    assert "确认订阅" in words(client.get(path))
    assert client.submit(path, f"{path}/confirm").status_code == 303
    assert "取消订阅" in words(client.get(path))
    assert client.submit(path, f"{path}/end").status_code == 303
    assert client.get(path).status_code == 404


def test_the_answer_does_not_tell_whether_there_was_one(client: Browser) -> None:
    answers = [client.submit("/subscribe", words="低保", email=READER) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {303}
    assert answers[0].location == answers[1].location


def test_what_is_wrong_is_told_and_nothing_lost(client: Browser) -> None:
    answer = client.submit("/subscribe", words="低保", email="no address")
    assert answer.status_code == 422
    assert "电子邮箱地址的格式不对" in words(answer)
    assert 'value="低保"' in answer.text


def test_a_program_that_fills_everything_in_is_turned_away(client: Browser) -> None:
    assert client.submit("/subscribe", words="低保", email=READER, leave_empty="x").status_code == 422


def test_the_feed_holds_what_was_asked_for(client: Browser, office: Office) -> None:
    with transaction() as session:
        for number, (title, area) in enumerate([("低保标准", "社会救助"), ("公租房名单", "保障性住房")]):
            of = office.organ_id
            public_search.index(
                session, "catalogue", str(number), organ_id=of, area=area, title=title, words="<b>&</b>", now=BEFORE
            )
    atom = "{http://www.w3.org/2005/Atom}"
    titles = {
        query: [
            one.text for one in etree.fromstring(client.get(f"/subscribe/feed.xml{query}").data).iter(f"{atom}title")
        ]
        for query in ("", "?q=低保", "?area=保障性住房", "?organ=AYX&q=没有")
    }
    assert titles[""][1:] == ["公租房名单", "低保标准"]
    assert titles["?q=低保"] == ["新公开的政府信息 · 低保", "低保标准"]
    assert titles["?area=保障性住房"][1:] == ["公租房名单"]
    assert titles["?organ=AYX&q=没有"] == ["新公开的政府信息 · 没有 · 安岳县人民政府"]
    assert client.get("/subscribe/feed.xml?organ=none").status_code == 422
    assert etree.fromstring(client.get("/subscribe/feed.xml?q=%00%0b").data).tag == f"{atom}feed"
