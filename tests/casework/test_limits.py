"""A limit holds however many processes look at it at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from gkapply.casework import attempts, limits
from gkapply.casework.attempts import Blocked
from gkapply.database import transaction
from tests.casework.conftest import Office

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
LIMIT = limits.Limit("submission", 3)
AT_ONCE = 8


def test_tries_at_the_same_moment_see_each_other(office: Office) -> None:
    ready = Barrier(AT_ONCE)

    def attempt(number: int) -> bool:
        ready.wait(10)
        try:
            with transaction() as session:
                limits.require_within(session, LIMIT, "192.0.2.1", NOW)
                limits.count(session, LIMIT, str(number), "192.0.2.1", NOW, succeeded=True)
        except Blocked:
            return False
        return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert sum(pool.map(attempt, range(AT_ONCE))) == LIMIT.most


def test_another_address_and_a_later_hour_are_free(office: Office) -> None:
    for number in range(LIMIT.most):
        with transaction() as session:
            limits.count(session, LIMIT, str(number), "192.0.2.1", NOW, succeeded=True)
    with transaction() as session:
        with pytest.raises(Blocked):
            limits.require_within(session, LIMIT, "192.0.2.1", NOW)
        limits.require_within(session, LIMIT, "192.0.2.2", NOW)
        limits.require_within(session, LIMIT, "192.0.2.1", NOW + timedelta(hours=1, seconds=1))


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_whoever_has_a_network_of_ipv6_is_counted_once(address: str, counted: str) -> None:
    assert attempts.network_of(address) == counted


def test_another_address_of_the_same_network_is_no_other_visitor(office: Office) -> None:
    for number in range(LIMIT.most):
        with transaction() as session:
            limits.require_within(session, LIMIT, f"2001:db8::{number}", NOW)
            limits.count(session, LIMIT, str(number), f"2001:db8::{number}", NOW, succeeded=True)
    with pytest.raises(Blocked), transaction() as session:
        limits.require_within(session, LIMIT, "2001:db8::ffff", NOW)
    with transaction() as session:
        limits.require_within(session, LIMIT, "2001:db8:0:1::1", NOW)
