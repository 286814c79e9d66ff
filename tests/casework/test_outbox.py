"""Errands: posted with the unit that causes them, handed out under lease, taken up once, never lost."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from gkapply.casework import outbox
from gkapply.casework.outbox import LEASE, Claim, Errand, Handed
from gkapply.database import reading, transaction

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SOON = timedelta(seconds=1)


def post(key: str, *, now: datetime = NOW, run_at: datetime | None = None) -> None:
    with transaction() as session:
        outbox.post(session, outbox.RENDER_LETTER, key, now, run_at=run_at, letter="uid")


def post_and_fail(key: str) -> None:
    """Post in a unit that rolls back."""
    try:
        with transaction() as session:
            outbox.post(session, outbox.RENDER_LETTER, key, NOW)
            raise ZeroDivisionError
    except ZeroDivisionError:
        return


def rows() -> list[Errand]:
    with reading() as session:
        return list(session.scalars(select(Errand).order_by(Errand.id)))


def take(handed: Handed, now: datetime = NOW) -> Claim:
    claim = outbox.take_up(handed.id, handed.lease_until, now)
    assert claim is not None
    return claim


def hand_out_one(now: datetime = NOW) -> Handed:
    (handed,) = outbox.hand_out(now, limit=10)
    return handed


@pytest.mark.usefixtures("engine")
def test_an_errand_of_a_unit_that_rolled_back_does_not_exist() -> None:
    post_and_fail("letter:1")
    assert rows() == []


@pytest.mark.usefixtures("engine")
def test_two_postings_under_one_key_are_one_errand() -> None:
    post("letter:1")
    post("letter:1")
    assert [row.key for row in rows()] == ["letter:1"]


@pytest.mark.usefixtures("engine")
def test_only_known_errands_are_posted() -> None:
    with pytest.raises(KeyError), transaction() as session:
        outbox.post(session, "unheard_of", "key", NOW)


@pytest.mark.usefixtures("engine")
def test_a_nudge_comes_after_the_commit_and_never_without_one() -> None:
    seen: list[int] = []
    outbox.on_posting(lambda: seen.append(len(rows())))
    try:
        post("letter:1")
        post_and_fail("letter:2")
    finally:
        outbox.on_posting(None)
    assert seen == [1]


@pytest.mark.usefixtures("engine")
def test_errands_are_handed_out_when_due_oldest_first() -> None:
    post("later", run_at=NOW + timedelta(hours=1))
    post("second", run_at=NOW - SOON)
    post("first", run_at=NOW - 2 * SOON)
    handed = outbox.hand_out(NOW, limit=10)
    keys = {row.id: row.key for row in rows()}
    assert [keys[one.id] for one in handed] == ["first", "second"]


@pytest.mark.usefixtures("engine")
def test_a_handed_out_errand_is_passed_by_until_its_lease_ends() -> None:
    post("letter:1")
    first = hand_out_one()
    assert outbox.hand_out(NOW + LEASE - SOON, limit=10) == []
    assert hand_out_one(NOW + LEASE).id == first.id


@pytest.mark.usefixtures("engine")
def test_no_more_are_under_way_than_the_limit() -> None:
    for number in range(5):
        post(f"letter:{number}")
    assert len(outbox.hand_out(NOW, limit=3)) == 3
    assert outbox.hand_out(NOW, limit=3) == []
    assert len(outbox.hand_out(NOW, limit=4)) == 1


@pytest.mark.usefixtures("engine")
def test_a_message_that_a_broker_loses_costs_no_attempt() -> None:
    post("letter:1")
    now = NOW
    for _ in range(outbox.MAX_ATTEMPTS * 3):
        hand_out_one(now)
        now += LEASE
    assert take(hand_out_one(now), now).attempt == 1


@pytest.mark.usefixtures("engine")
def test_a_message_delivered_twice_is_taken_up_once() -> None:
    post("letter:1")
    handed = hand_out_one()
    later = NOW + SOON
    assert take(handed, later).arguments == {"letter": "uid"}
    assert outbox.take_up(handed.id, handed.lease_until, later) is None


@pytest.mark.usefixtures("engine")
def test_a_message_that_comes_after_its_lease_is_an_old_one() -> None:
    post("letter:1")
    old = hand_out_one()
    new = hand_out_one(NOW + LEASE)
    assert outbox.take_up(old.id, old.lease_until, NOW + LEASE) is None
    assert take(new, NOW + LEASE).attempt == 1


@pytest.mark.usefixtures("engine")
def test_taking_up_renews_the_lease() -> None:
    post("letter:1")
    begun = NOW + LEASE - SOON
    take(hand_out_one(), begun)
    assert outbox.hand_out(begun + LEASE - SOON, limit=10) == []
    assert hand_out_one(begun + LEASE)


@pytest.mark.usefixtures("engine")
def test_a_finished_errand_is_never_handed_out_again() -> None:
    post("letter:1")
    outbox.finish(take(hand_out_one()).id, NOW + SOON)
    post("letter:1")
    assert outbox.hand_out(NOW + timedelta(days=400), limit=10) == []
    assert [row.done_at for row in rows()] == [NOW + SOON]


@pytest.mark.usefixtures("engine")
def test_a_failing_errand_waits_twice_as_long_each_time_and_then_for_the_administrator() -> None:
    post("letter:1")
    now, pauses = NOW, []
    for _ in range(outbox.MAX_ATTEMPTS):
        claim = take(hand_out_one(now), now)
        outbox.fail(claim, "模板缺失", now)
        (row,) = rows()
        pauses.append((row.run_at - now).total_seconds())
        now = row.run_at
    assert pauses == [2, 4, 8, 16, 32, 64, 128, 256]
    assert outbox.hand_out(now + timedelta(days=1), limit=10) == []
    assert (row.attempts, row.last_error, row.done_at) == (outbox.MAX_ATTEMPTS, "模板缺失", None)


@pytest.mark.usefixtures("engine")
def test_a_runner_whose_lease_ended_cannot_undo_the_next_one() -> None:
    post("letter:1")
    late = take(hand_out_one())
    now = NOW + LEASE
    current = take(hand_out_one(now), now)
    outbox.fail(late, "到期", now)
    assert [row.lease_until for row in rows()] == [current.lease_until]
    outbox.finish(current.id, now)
    outbox.fail(late, "到期", now)
    (row,) = rows()
    assert row.done_at == now
    assert row.last_error == ""


@pytest.mark.usefixtures("engine")
def test_an_errand_of_a_newer_edition_is_left_to_it() -> None:
    post("letter:1")
    with transaction() as session:
        session.execute(update(Errand).values(task="from_the_future"))
    assert outbox.hand_out(NOW, limit=10) == []


@pytest.mark.usefixtures("engine")
def test_a_runner_begins_several_at_once_and_finishes_them_with_the_next() -> None:
    for number in range(3):
        post(f"letter:{number}", run_at=NOW - (3 - number) * SOON)
    first = outbox.claim(NOW, limit=2)
    assert [(one.id, one.attempt, one.lease_until) for one in first] == [(1, 1, NOW + LEASE), (2, 1, NOW + LEASE)]
    (last,) = outbox.claim(NOW, limit=2, finished=[one.id for one in first])
    assert outbox.claim(NOW, limit=2, finished=[last.id]) == []
    assert [row.done_at for row in rows()] == [NOW] * 3


@pytest.mark.usefixtures("engine")
def test_one_that_may_have_killed_its_runner_counts_no_other_down() -> None:
    post("deadly", run_at=NOW - SOON)
    post("harmless")
    assert len(outbox.claim(NOW, limit=10)) == 2
    now = NOW
    for _ in range(3):
        now += LEASE
        assert [one.id for one in outbox.claim(now, limit=10)] == [1]
    deadly, harmless = rows()
    assert (deadly.attempts, harmless.attempts) == (4, 1)


@pytest.mark.usefixtures("engine")
def test_what_a_runner_did_not_get_to_is_as_it_was() -> None:
    post("first", run_at=NOW - SOON)
    post("second")
    first, second = outbox.claim(NOW, limit=10)
    outbox.give_back([second])
    assert [one.id for one in outbox.claim(NOW, limit=10, finished=[first.id])] == [second.id]
    assert rows()[1].attempts == 1


@pytest.mark.usefixtures("engine")
def test_what_somebody_else_has_now_is_not_given_back() -> None:
    post("letter:1")
    (mine,) = outbox.claim(NOW, limit=1)
    (theirs,) = outbox.claim(NOW + LEASE, limit=1)
    outbox.give_back([mine])
    (row,) = rows()
    assert (row.lease_until, row.attempts) == (theirs.lease_until, 2)
