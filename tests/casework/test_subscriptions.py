"""Whoever confirmed is told once of what is newly public for them; nobody else is told anything."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from gkapply.casework import message_contents, public_search, subscriptions
from gkapply.casework.attempts import Blocked
from gkapply.casework.message_records import Fate, Message
from gkapply.casework.people import Attempt
from gkapply.casework.subscription_records import Subscription
from gkapply.casework.subscriptions import Interest
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound, Refusal
from tests.casework.conftest import Office

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
DAY = timedelta(days=1)
READER = "reader@example.cn"


@pytest.fixture
def database_kind() -> str:
    """What differs between the databases is tried where the search is."""
    return "sqlite"


def publish(office: Office, uid: str, title: str, now: datetime, area: str = "社会救助") -> None:
    """Let an entry be public from ``now`` on."""
    with transaction() as session:
        public_search.index(
            session, "catalogue", uid, organ_id=office.organ_id, area=area, title=title, words="标准和名单", now=now
        )


def mails(session: Session) -> list[Message]:
    """Every mail that was posted, oldest first."""
    return list(session.scalars(select(Message).order_by(Message.id)))


def last_text() -> str:
    """What the newest mail says."""
    with reading() as session:
        contents = message_contents.contents_of(session, mails(session)[-1])
        assert contents is not None
        assert contents.to == READER
        return contents.text


def subscribe(interest: Interest, now: datetime = NOW) -> str:
    """Ask and give back the token of the link in the mail."""
    with transaction() as session:
        subscriptions.ask(session, READER, interest, now)
    return last_text().split("/subscribe/")[1].split()[0]


@pytest.fixture
def token(office: Office) -> str:
    """A confirmed subscription to 低保 in one area."""
    found = subscribe(Interest("低保", "社会救助"))
    with transaction() as session:
        subscriptions.confirm(session, found, NOW)
    return found


def test_nothing_is_told_before_the_reader_confirms(office: Office) -> None:
    subscribe(Interest("低保"))
    publish(office, "a", "低保标准", NOW + DAY)
    assert subscriptions.tell_all(NOW + 2 * DAY) == 0


def test_what_is_new_is_told_once(office: Office, token: str) -> None:
    publish(office, "a", "城乡低保标准", NOW + DAY)
    publish(office, "b", "特困人员名单", NOW + DAY)
    publish(office, "c", "低保户住房", NOW + DAY, area="保障性住房")
    assert subscriptions.tell_all(NOW + 2 * DAY) == 1
    said = last_text()
    assert "城乡低保标准" in said
    assert "1项" in said
    assert token in said
    assert "特困" not in said
    assert "住房" not in said
    assert subscriptions.tell_all(NOW + 3 * DAY) == 0


def test_a_standstill_doubles_and_loses_nothing(office: Office, token: str) -> None:
    for day in range(1, 4):
        publish(office, f"d{day}", f"低保第{day}批名单", NOW + day * DAY)
    assert subscriptions.tell_all(NOW + 4 * DAY) == 1
    assert subscriptions.tell_all(NOW + 4 * DAY) == 0
    assert all(f"低保第{day}批名单" in last_text() for day in range(1, 4))


def test_what_was_there_before_is_not_new(office: Office) -> None:
    publish(office, "old", "低保标准", NOW - DAY)
    found = subscribe(Interest("低保"))
    with transaction() as session:
        subscriptions.confirm(session, found, NOW)
    assert subscriptions.tell_all(NOW + DAY) == 0


def test_two_interests_of_one_reader_are_one_mail(office: Office, token: str) -> None:
    second = subscribe(Interest(organ_id=office.organ_id))
    with transaction() as session:
        subscriptions.confirm(session, second, NOW)
    publish(office, "a", "低保标准", NOW + DAY)
    publish(office, "b", "特困人员名单", NOW + DAY)
    assert subscriptions.tell_all(NOW + 2 * DAY) == 1
    said = last_text()
    assert "2项" in said
    assert said.count("低保标准") == 1
    assert token in said
    assert second in said


def test_ending_forgets_the_address(office: Office, token: str) -> None:
    with transaction() as session:
        subscriptions.end(session, token)
    with reading() as session:
        assert session.scalars(select(Subscription)).all() == []
        with pytest.raises(NotFound):
            subscriptions.find(session, token)


def test_what_nobody_confirms_is_forgotten(office: Office) -> None:
    subscribe(Interest("低保"))
    subscriptions.tell_all(NOW + 8 * DAY)
    with reading() as session:
        assert session.scalars(select(Subscription)).all() == []


def test_an_address_that_mail_came_back_from_is_forgotten(office: Office, token: str) -> None:
    with transaction() as session:
        last = mails(session)[-1]
        last.fate, last.fate_at = Fate.BOUNCED, NOW
    assert subscriptions.tell_all(NOW + DAY) == 0
    with reading() as session:
        assert session.scalars(select(Subscription)).all() == []


def test_asking_twice_is_one_subscription(office: Office) -> None:
    assert subscribe(Interest("低保")) == subscribe(Interest(" 低保 "), NOW + timedelta(minutes=1))


def test_nobody_floods_an_address(office: Office) -> None:
    for number in range(3):
        subscribe(Interest(f"词{number}"))
    with pytest.raises(Blocked), transaction() as session:
        subscriptions.ask(session, READER, Interest("又一个"), NOW)


def test_an_address_has_so_many_and_only_its_reader_is_told(office: Office) -> None:
    for number in range(subscriptions.MOST):
        with transaction() as session:
            session.execute(delete(Attempt))
        subscribe(Interest(f"词{number}"))
    with transaction() as session:
        session.execute(delete(Attempt))
    with transaction() as session:
        subscriptions.ask(session, READER, Interest("再一个"), NOW)
    assert f"{subscriptions.MOST}项" in last_text()


@pytest.mark.parametrize(
    ("interest", "field"),
    [
        (Interest(), "words"),
        (Interest("长" * 61), "words"),
        (Interest("见 HTTP://a.b"), "words"),
        (Interest("加 13800000000"), "words"),
        (Interest(area="没有的领域"), "area"),
        (Interest(organ_id=9999), "organ"),
    ],
)
def test_an_interest_must_say_something_known(office: Office, interest: Interest, field: str) -> None:
    with pytest.raises(Refusal) as refused, transaction() as session:
        subscriptions.ask(session, READER, interest, NOW)
    assert refused.value.field == field
