"""Subscribing on the page: the same answer for every address, and a button behind the link."""

from gkapply.casework.services import ring
from gkapply.casework.subscription_records import Subscription
from gkapply.database import reading
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
