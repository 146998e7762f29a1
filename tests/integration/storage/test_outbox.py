"""The outbox owes each notice until it is sent or given up, and keeps a destination in order."""

import time
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.facts import Notice
from domain.outbox import Batch, Delivery, Detour
from domain.ports import UnitsOfWork
from storage.engine import Database
from storage.outbox import Outbox
from storage.outbox_claim import MOST
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


def kinds(given: tuple[Batch | Delivery, ...]) -> list[str]:
    """What they are about, one destination after the other."""
    batches = [one.deliveries if isinstance(one, Batch) else (one,) for one in given]
    return [delivery.notice.kind for deliveries in batches for delivery in deliveries]


async def claimed(outbox: Outbox, now: datetime = NOW, who: str = "p") -> tuple[Delivery, ...]:
    """What the only destination with something due is given."""
    (batch,) = await outbox.claim(now, 10, LEASE, who)
    return batch.deliveries


async def test_a_destination_gets_all_that_is_due_at_once_and_nothing_beside_it(
    units: UnitsOfWork, outbox: Outbox
):
    await owe(units, "a", "b")
    (batch,) = await outbox.claim(NOW, 10, LEASE, "p1")
    await owe(units, "c", "urgent")

    assert (batch.way, batch.address) == ("console", "user:lina")
    assert [(one.notice.kind, one.attempts) for one in batch.deliveries] == [("a", 1), ("b", 1)]
    assert await outbox.claim(NOW, 10, LEASE, "p2") == ()
    await outbox.sent([one.id for one in batch.deliveries], NOW)
    assert kinds(await outbox.claim(NOW, 10, LEASE, "p2")) == ["c", "urgent"]


async def test_destinations_do_not_wait_for_one_another(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "a", "b")
    await owe(units, "c", to="user:wang")
    await owe(units, "d", to="group:warehouse")

    claimed = await outbox.claim(NOW, 10, LEASE, "p")
    assert kinds(claimed) == ["a", "b", "c", "d", "d"]
    assert {batch.way for batch in claimed if kinds((batch,)) == ["d"]} == {"robot", "console"}
    assert await outbox.claim(NOW, 10, LEASE, "p") == ()


async def test_a_claim_takes_no_more_destinations_than_asked_for(units: UnitsOfWork, outbox: Outbox):
    for name in "abc":
        await owe(units, name, name, to=f"user:{name}")

    assert kinds(await outbox.claim(NOW, 2, LEASE, "p")) == ["a", "a", "b", "b"]
    assert kinds(await outbox.claim(NOW, 2, LEASE, "p")) == ["c", "c"]


async def test_what_another_process_has_in_its_hands_is_left_to_it(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "d", to="group:warehouse")
    await owe(units, "a")

    mine = await outbox.claim(NOW, 10, LEASE, "p", ("robot",))
    (theirs,) = await outbox.claim(NOW, 10, LEASE, "q")

    assert {batch.way for batch in mine} == {"console"}
    assert (theirs.way, theirs.deliveries[0].attempts) == ("robot", 1)


async def test_a_claim_takes_a_bounded_number_of_notices(units: UnitsOfWork, outbox: Outbox):
    await owe(units, *["a"] * (MOST + 5))

    assert len(await claimed(outbox)) == MOST


async def test_a_claim_costs_the_same_however_much_is_held_back(units: UnitsOfWork, outbox: Outbox):
    for number in range(8):
        await owe(units, *["a"] * 1000, to=f"user:{number}")
        await outbox.hush("console", f"user:{number}", NOW + timedelta(hours=1))

    began = time.perf_counter()
    for _ in range(50):
        assert await outbox.claim(NOW, 100, LEASE, "p") == ()

    # Looking at each notice that waits took seconds.
    assert time.perf_counter() - began < 1


async def test_urgent_ones_go_first_and_each_lane_in_its_order(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "later", lane="digest", at=NOW - timedelta(minutes=1))
    await owe(units, "usual", "usual too")
    await owe(units, "urgent", lane="urgent")

    assert kinds(await outbox.claim(NOW, 1, LEASE, "p")) == ["urgent", "usual", "usual too", "later"]


async def test_what_gathers_waits_for_half_a_minute_and_takes_the_later_ones_along(
    units: UnitsOfWork, outbox: Outbox
):
    await owe(units, "first", lane="digest")
    await owe(units, "second", lane="digest", at=NOW + timedelta(seconds=20))

    assert await outbox.claim(NOW + timedelta(seconds=29), 10, LEASE, "p") == ()
    assert kinds(await outbox.claim(NOW + timedelta(seconds=30), 10, LEASE, "p")) == ["first", "second"]


async def test_a_destination_that_rests_for_a_moment_gives_nothing(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "a", "b")
    await owe(units, "urgent", lane="urgent")
    await owe(units, "c", to="user:wang")
    await outbox.rest("console", "user:lina", NOW + MINUTE)

    assert kinds(await outbox.claim(NOW + MINUTE / 2, 10, LEASE, "p")) == ["c"]
    assert kinds(await outbox.claim(NOW + MINUTE, 10, LEASE, "p")) == ["urgent", "a", "b"]


async def test_a_destination_that_rests_for_long_gives_its_urgent_ones_to_other_ways(
    units: UnitsOfWork, outbox: Outbox
):
    await owe(units, "a")
    await owe(units, "urgent", lane="urgent")
    await outbox.trouble("console", "user:lina", "setting", "no robot", NOW, NOW + 10 * MINUTE)

    (batch,) = await outbox.claim(NOW, 10, LEASE, "p")

    assert kinds((batch,)) == ["urgent"]
    condition = batch.condition
    assert (condition.trouble, condition.failures, condition.since) == ("setting", 1, NOW)
    assert condition.rests_until == NOW + 10 * MINUTE


async def test_while_people_rest_only_urgent_ones_are_given(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "a")
    await owe(units, "urgent", lane="urgent")
    await outbox.hush("console", "user:lina", NOW + MINUTE)

    (batch,) = await outbox.claim(NOW, 10, LEASE, "p")
    await outbox.sent([one.id for one in batch.deliveries], NOW)

    assert kinds((batch,)) == ["urgent"]
    assert await outbox.claim(NOW + MINUTE / 2, 10, LEASE, "p") == ()
    (batch,) = await outbox.claim(NOW + MINUTE, 10, LEASE, "p")
    assert (kinds((batch,)), batch.condition.held_until) == (["a"], NOW + MINUTE)


async def test_trouble_is_counted_until_it_is_over(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "a")
    for failed in range(3):
        at = NOW + failed * MINUTE
        await outbox.trouble("console", "user:lina", "setting", "no robot", at, at)
    await outbox.told("console", "user:lina", NOW)

    (batch,) = await outbox.claim(NOW + 3 * MINUTE, 10, LEASE, "p")
    assert (batch.condition.failures, batch.condition.since) == (3, NOW)
    assert await outbox.known("console", "no robot")
    assert not await outbox.known("console", "another")
    await outbox.give_back([batch.deliveries[0].id])
    await outbox.recovered("console", "user:lina")

    (batch,) = await outbox.claim(NOW + 3 * MINUTE, 10, LEASE, "p")
    assert (batch.condition.trouble, batch.condition.failures, batch.condition.told_at) == ("", 0, None)
    assert not await outbox.known("console", "no robot")


async def test_an_attempt_counts_unless_it_is_given_back(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "a", "b")
    first, second = await claimed(outbox)
    await outbox.failed([first.id], "timeout")
    await outbox.give_back([second.id])

    first, second = await claimed(outbox)
    assert (first.attempts, first.error, second.attempts, second.error) == (2, "timeout", 1, "")


async def test_an_attempt_is_counted_when_claimed_and_a_lost_claim_comes_back(
    units: UnitsOfWork, outbox: Outbox
):
    await owe(units, "a", "b")
    await outbox.claim(NOW, 10, LEASE, "killed")

    assert await outbox.claim(NOW + LEASE - timedelta(microseconds=1), 10, LEASE, "p") == ()
    first, second = await claimed(outbox, NOW + LEASE)
    assert (first.notice.kind, first.attempts, second.attempts) == ("a", 2, 2)


async def test_what_went_together_is_known_to(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "a", "b", "c")
    first, second, third = await claimed(outbox)
    await outbox.together([first.id, third.id], "parcel-1")
    await outbox.give_back([first.id, second.id, third.id])

    assert [one.parcel for one in await claimed(outbox)] == ["parcel-1", "", "parcel-1"]


async def test_one_that_is_put_off_keeps_no_other_waiting(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "a", "b")
    first, second = await claimed(outbox)
    await outbox.put_off(first.id, NOW + MINUTE, "KeyError")
    await outbox.give_back([second.id])

    assert [one.notice.kind for one in await claimed(outbox)] == ["b"]


async def test_a_detour_takes_the_place_of_a_notice_at_once(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "a")
    (stuck,) = await claimed(outbox)
    instead = Detour(replace(stuck.notice, to="user:wang"), (("wecom", "wang"),))

    await outbox.detour(stuck, [instead], NOW + MINUTE, "robot removed")
    await outbox.detour(stuck, [instead], NOW + MINUTE, "robot removed")

    assert await outbox.dead() == ()
    (owed,) = await outbox.pending()
    assert (owed.way, owed.address, owed.notice.to, owed.notice.kind) == ("wecom", "wang", "user:wang", "a")
    assert owed.source == f"outbox:{stuck.id}"


async def test_what_was_given_up_may_still_go_another_way(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "a")
    (stuck,) = await claimed(outbox)
    await outbox.give_up(stuck.id, NOW, "robot removed")

    await outbox.detour(stuck, [Detour(stuck.notice, (("wecom", "wang"),))], NOW, "robot removed")

    assert await outbox.dead() == ()
    assert [one.way for one in await outbox.pending()] == ["wecom"]


async def test_a_group_is_reached_when_another_of_its_ways_has_the_notice_or_can_have_it(
    units: UnitsOfWork, outbox: Outbox
):
    await owe(units, "a", to="group:warehouse")
    by_way = {batch.way: batch.deliveries[0] for batch in await outbox.claim(NOW, 10, LEASE, "p")}

    assert await outbox.reached_otherwise(by_way["robot"], NOW)
    await outbox.rest("console", "group:warehouse", NOW + MINUTE)
    assert not await outbox.reached_otherwise(by_way["robot"], NOW)
    await outbox.sent([by_way["console"].id], NOW)
    assert await outbox.reached_otherwise(by_way["robot"], NOW)

    await owe(units, "b")
    assert not await outbox.reached_otherwise((await claimed(outbox))[0], NOW)


async def test_when_the_next_may_leave(units: UnitsOfWork, outbox: Outbox):
    assert await outbox.next_due() is None
    await owe(units, "usual")
    assert await outbox.next_due() == NOW

    await outbox.hush("console", "user:lina", NOW + 3 * MINUTE)
    assert await outbox.next_due() == NOW + 3 * MINUTE
    assert await outbox.oldest_due(NOW) is None
    await owe(units, "urgent", lane="urgent")
    assert await outbox.next_due() == NOW
    await outbox.rest("console", "user:lina", NOW + 2 * MINUTE)
    assert await outbox.next_due() == NOW + 2 * MINUTE
    await outbox.claim(NOW + 2 * MINUTE, 10, LEASE, "p")
    assert await outbox.next_due() == NOW + 3 * MINUTE
    assert await outbox.oldest_due(NOW + 3 * MINUTE) == NOW


async def test_what_is_not_due_is_not_given(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "tomorrow", at=NOW + MINUTE)
    await owe(units, "now")

    assert kinds(await outbox.claim(NOW, 10, LEASE, "p")) == ["now"]
    assert await outbox.oldest_due(NOW) == NOW
    assert await outbox.oldest_due(NOW - MINUTE) is None


async def test_what_is_given_up_stands_as_dead_until_retried(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "a", "b")
    first, second = await claimed(outbox)
    await outbox.give_up(first.id, NOW + MINUTE, "robot removed")
    await outbox.give_back([second.id])

    (dead,) = await outbox.dead()
    assert (dead.id, dead.dead_at, dead.error, dead.attempts) == (first.id, NOW + MINUTE, "robot removed", 1)
    assert kinds(await outbox.pending()) == ["b"]
    assert [one.notice.kind for one in await claimed(outbox)] == ["b"]

    assert await outbox.retry(first.id, NOW + 2 * MINUTE)
    assert not await outbox.retry(first.id, NOW + 2 * MINUTE)
    assert await outbox.dead() == ()
    await outbox.sent([second.id], NOW)
    (again,) = await claimed(outbox, NOW + 2 * MINUTE)
    assert (again.notice.kind, again.attempts, again.due_at) == ("a", 1, NOW + 2 * MINUTE)


async def test_what_was_sent_stays_sent(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "a")
    (first,) = await claimed(outbox)
    await outbox.sent([first.id], NOW)
    await outbox.put_off(first.id, NOW, "late news")
    await outbox.give_up(first.id, NOW, "late news")

    assert not await outbox.retry(first.id, NOW)
    assert await outbox.claim(NOW + 2 * LEASE, 10, LEASE, "p") == ()
    assert await outbox.dead() == ()


async def test_what_was_sent_long_ago_is_forgotten_and_nothing_else(units: UnitsOfWork, outbox: Outbox):
    await owe(units, "old", "new", "owed", "dead")
    old, new, *_ = await claimed(outbox)
    await outbox.sent([old.id], NOW)
    await outbox.sent([new.id], NOW + MINUTE)
    last = (await outbox.pending())[-1]
    await outbox.give_up(last.id, NOW, "x")

    assert await outbox.forget(NOW + MINUTE) == 1
    assert await outbox.forget(NOW + MINUTE) == 0
    assert kinds(await outbox.pending()) == ["owed"]
    assert kinds(await outbox.dead()) == ["dead"]
