"""The outbox owes each notice until it is sent or given up, and keeps a destination in order."""

import time
from datetime import datetime, timedelta

import pytest

from domain.facts import Notice
from domain.ports import UnitsOfWork
from domain.queues import Delivery
from storage.engine import Database
from storage.outbox import Outbox
from tests.integration.storage.stories import NOW

LEASE = timedelta(minutes=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def outbox(database: Database) -> Outbox:
    """The outbox on the database."""
    return Outbox(database)


async def owe(
    units: UnitsOfWork, *kinds: str, to: str = "user:lina", lane: str = "normal", at: datetime = NOW
):
    """Put notices of these kinds in."""
    async with units() as uow:
        await uow.tell([Notice(kind, to, lane=lane) for kind in kinds], at, "s")
        await uow.commit()


def kinds(deliveries: tuple[Delivery, ...]) -> list[str]:
    """What they are about."""
    return [delivery.notice.kind for delivery in deliveries]


async def test_a_destination_gets_one_after_the_other(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "a", "b")
    (first,) = await outbox.claim(NOW, 10, LEASE, "p1")

    assert (first.notice.kind, first.attempts, first.way, first.address) == ("a", 1, "console", "user:lina")
    assert await outbox.claim(NOW, 10, LEASE, "p2") == ()
    await outbox.sent(first.id, NOW)
    assert kinds(await outbox.claim(NOW, 10, LEASE, "p2")) == ["b"]


async def test_destinations_do_not_wait_for_one_another(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "a", "b")
    await owe(units, "c", to="user:wang")
    await owe(units, "d", to="group:warehouse")

    claimed = await outbox.claim(NOW, 10, LEASE, "p")
    assert kinds(claimed) == ["a", "c", "d", "d"]
    assert {one.way for one in claimed if one.notice.kind == "d"} == {"robot", "console"}
    assert await outbox.claim(NOW, 10, LEASE, "p") == ()


async def test_a_claim_takes_no_more_than_asked_for(units: UnitsOfWork, outbox: Outbox):
    for name in "abc":
        await owe(units, name, to=f"user:{name}")

    assert kinds(await outbox.claim(NOW, 2, LEASE, "p")) == ["a", "b"]
    assert kinds(await outbox.claim(NOW, 2, LEASE, "p")) == ["c"]


async def test_a_claim_costs_the_same_however_much_is_owed(units: UnitsOfWork, outbox: Outbox):
    for number in range(8):
        await owe(units, *["a"] * 1000, to=f"user:{number}")

    began = time.perf_counter()
    for _ in range(5):
        claimed = await outbox.claim(NOW, 100, LEASE, "p")
        assert len(claimed) == 8
        for delivery in claimed:
            await outbox.sent(delivery.id, NOW)

    # Looking at each notice for each other one of its destination took seconds.
    assert time.perf_counter() - began < 1


async def test_urgent_ones_go_first(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "later", lane="digest")
    await owe(units, "usual")
    await owe(units, "urgent", lane="urgent")
    order = []
    while claimed := await outbox.claim(NOW, 1, LEASE, "p"):
        order += kinds(claimed)
        await outbox.sent(claimed[0].id, NOW)

    assert order == ["urgent", "usual", "later"]


async def test_even_an_urgent_one_waits_for_the_one_under_way(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "usual")
    (under_way,) = await outbox.claim(NOW, 1, LEASE, "p")
    await owe(units, "urgent", lane="urgent")

    assert await outbox.claim(NOW, 1, LEASE, "p") == ()
    await outbox.sent(under_way.id, NOW)
    assert kinds(await outbox.claim(NOW, 1, LEASE, "p")) == ["urgent"]


async def test_what_is_put_off_keeps_its_destination_waiting_and_no_other(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "a", "b")
    await owe(units, "c", to="user:wang")
    failing, _ = await outbox.claim(NOW, 10, LEASE, "p")
    await outbox.put_off(failing.id, NOW + MINUTE, "timeout")
    await owe(units, "d", to="user:zhao")
    await owe(units, "urgent", lane="urgent")

    assert kinds(await outbox.claim(NOW + MINUTE / 2, 10, LEASE, "p")) == ["d"]
    (again, *_) = await outbox.claim(NOW + MINUTE, 10, LEASE, "p")
    assert (again.notice.kind, again.attempts) == ("urgent", 1)
    await outbox.sent(again.id, NOW)
    (again, *_) = await outbox.claim(NOW + MINUTE, 10, LEASE, "p")
    assert (again.notice.kind, again.attempts, again.error) == ("a", 2, "timeout")


async def test_an_attempt_is_counted_when_claimed_and_a_lost_claim_comes_back(
    units: UnitsOfWork, outbox: Outbox
):
    await owe(units, "a", "b")
    await outbox.claim(NOW, 10, LEASE, "killed")

    assert await outbox.claim(NOW + LEASE - timedelta(microseconds=1), 10, LEASE, "p") == ()
    (again,) = await outbox.claim(NOW + LEASE, 10, LEASE, "p")
    assert (again.notice.kind, again.attempts) == ("a", 2)


async def test_what_is_not_due_is_not_given(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "tomorrow", at=NOW + MINUTE)
    await owe(units, "now")

    assert kinds(await outbox.claim(NOW, 10, LEASE, "p")) == ["now"]
    assert await outbox.oldest_due(NOW) == NOW
    assert await outbox.oldest_due(NOW - MINUTE) is None


async def test_what_is_given_up_stands_as_dead_until_retried(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "a", "b")
    (first,) = await outbox.claim(NOW, 10, LEASE, "p")
    await outbox.give_up(first.id, NOW + MINUTE, "robot removed")

    (dead,) = await outbox.dead()
    assert (dead.id, dead.dead_at, dead.error, dead.attempts) == (first.id, NOW + MINUTE, "robot removed", 1)
    assert kinds(await outbox.pending()) == ["b"]
    assert kinds(await outbox.claim(NOW, 10, LEASE, "p")) == ["b"]

    assert await outbox.retry(first.id, NOW + 2 * MINUTE)
    assert not await outbox.retry(first.id, NOW + 2 * MINUTE)
    assert await outbox.dead() == ()
    (again,) = await outbox.claim(NOW + 2 * MINUTE, 10, LEASE, "p")
    assert (again.notice.kind, again.attempts, again.due_at) == ("a", 1, NOW + 2 * MINUTE)


async def test_what_was_sent_stays_sent(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "a")
    (first,) = await outbox.claim(NOW, 10, LEASE, "slow")
    await outbox.sent(first.id, NOW)
    await outbox.put_off(first.id, NOW, "late news")
    await outbox.give_up(first.id, NOW, "late news")

    assert not await outbox.retry(first.id, NOW)
    assert await outbox.claim(NOW + 2 * LEASE, 10, LEASE, "p") == ()
    assert await outbox.dead() == ()


async def test_what_was_sent_long_ago_is_forgotten_and_nothing_else(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "old", "new", "owed", "dead")
    for at in (NOW, NOW + MINUTE):
        (claimed,) = await outbox.claim(NOW, 1, LEASE, "p")
        await outbox.sent(claimed.id, at)
    last = (await outbox.pending())[-1]
    await outbox.give_up(last.id, NOW, "x")

    assert await outbox.forget(NOW + MINUTE) == 1
    assert await outbox.forget(NOW + MINUTE) == 0
    assert kinds(await outbox.pending()) == ["owed"]
    assert kinds(await outbox.dead()) == ["dead"]
