import asyncio
import logging
from collections.abc import Collection
from datetime import datetime, timedelta

import pytest

from domain.notices import REPORT
from domain.outbox import Batch
from domain.sending import Misconfigured, TryLater, Undeliverable
from scheduler.backoff import ATTEMPTS, FIRST, FIRST_SETTING
from scheduler.post import AT_ONCE, CLAIMED, LEASE, Post
from tests.fakes.office import Office
from tests.fakes.outbox import NOON, FakeDestination


async def test_what_is_owed_arrives_once():
    robot = FakeDestination()
    office = Office(robot=robot)
    notice = office.outbox.owe("robot", "a")

    await office.post.drain()
    await office.post.drain()

    assert robot.arrived == [notice]
    assert office.outbox.rows[notice].sent_at == NOON
    assert office.outcomes == [("robot", "sent")]


async def test_to_one_destination_it_keeps_its_order_although_the_first_fails_at_first():
    robot = FakeDestination(TryLater("busy"))
    office = Office(robot=robot)
    first, second = office.outbox.owe("robot", "a"), office.outbox.owe("robot", "a")

    await office.post.drain()
    assert robot.arrived == []
    office.clock.move(FIRST)
    await office.post.drain()

    assert robot.arrived == [first, second]


async def test_a_destination_that_hangs_blocks_no_other():
    hanging, other = FakeDestination(), FakeDestination()
    hanging.gate.clear()
    office = Office(hanging=hanging, other=other)
    for number in range(AT_ONCE // 2):
        office.outbox.owe("hanging", f"h{number}")
    wanted = [office.outbox.owe("other", "a") for _ in range(5)]

    wake = asyncio.Event()
    running = asyncio.create_task(office.post.run(wake))
    async with asyncio.timeout(2):
        await other.has(5)
    hanging.gate.set()
    office.post.end()
    wake.set()
    await running
    await office.post.finish(timedelta(seconds=2))

    assert other.arrived == wanted
    assert len(hanging.arrived) == AT_ONCE // 2


async def test_a_wait_the_platform_asked_for_is_honoured():
    robot = FakeDestination(TryLater("banned", timedelta(minutes=10)))
    office = Office(robot=robot)
    notice = office.outbox.owe("robot", "a")

    await office.post.drain()

    assert office.outbox.conditions["robot", "a"].rests_until == NOON + timedelta(minutes=10) + FIRST
    assert office.outbox.rows[notice].attempts == 1
    assert office.outcomes == [("robot", "later")]


async def test_after_the_last_attempt_it_is_dead_and_stands_on_the_process_owners_list():
    robot = FakeDestination(*[TryLater("busy")] * ATTEMPTS)
    office = Office(robot=robot)
    notice = office.outbox.owe("robot", "a")

    for _ in range(ATTEMPTS):
        await office.post.drain()
        office.clock.move(timedelta(hours=1))

    assert office.outbox.rows[notice].dead_at is not None
    [todo] = office.todos
    assert todo.kind == "undeliverable"
    assert "group:a" in todo.text
    assert "busy" in todo.text
    assert robot.arrived == []


async def test_what_can_never_arrive_is_given_up_at_once_and_the_next_one_goes_out():
    robot = FakeDestination(Undeliverable("no such group"))
    office = Office(robot=robot)
    lost, kept = office.outbox.owe("robot", "a"), office.outbox.owe("robot", "a")

    await office.post.drain()

    assert office.outbox.rows[lost].dead_at == NOON
    assert robot.arrived == [kept]
    assert [todo.kind for todo in office.todos] == ["undeliverable"]


async def test_a_wrong_setting_is_told_once_and_delivery_goes_on_when_it_is_mended():
    robot = FakeDestination(*[Misconfigured("robot removed")] * 3)
    office = Office(robot=robot)
    notices = [office.outbox.owe("robot", "a") for _ in range(2)]

    tried = []
    for _ in range(17):
        await office.post.drain()
        tried.append(3 - len(robot.trouble))
        office.clock.move(FIRST_SETTING / 2)

    # After two minutes, four more, and eight more.
    assert tried == [1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3]
    assert [todo.kind for todo in office.todos] == ["misconfigured"]
    assert office.said == [("way_blocked", "robot", "robot removed"), ("way_free", "robot", "")]
    # By then they are late: they came in one message, at the first attempt that was not refused.
    assert len(robot.arrived) == 1
    assert all(office.outbox.rows[notice].attempts == 1 for notice in notices)


async def test_a_way_with_one_wrong_setting_is_told_of_once_for_all_addresses():
    office = Office(robot=FakeDestination(*[Misconfigured("secret wrong")] * 3))
    for address in "abc":
        office.outbox.owe("robot", address)

    await office.post.drain()

    assert [todo.kind for todo in office.todos] == ["misconfigured"]
    assert len(office.said) == 1


async def test_of_several_robots_that_are_removed_each_is_told_of():
    office = Office(**{"wecom-robot": FakeDestination(*[Misconfigured("robot removed")] * 3)})
    for address in "ab":
        office.outbox.owe("wecom-robot", address)

    await office.post.drain()

    assert len(office.todos) == len(office.said) == 2


async def test_a_way_nobody_set_up_is_a_wrong_setting():
    office = Office()
    notice = office.outbox.owe("wecom-robot", "a")

    await office.post.drain()

    assert [todo.kind for todo in office.todos] == ["misconfigured"]
    assert office.outbox.rows[notice].dead_at is None


async def test_an_urgent_one_goes_another_way_while_a_setting_is_wrong_and_later_ones_too():
    office = Office(robot=FakeDestination(Misconfigured("robot removed")))
    office.elsewhere = "user:wangqiang"
    urgent, usual = office.outbox.owe("robot", "a", lane="urgent"), office.outbox.owe("robot", "a")

    await office.post.drain()
    later = office.outbox.owe("robot", "a", lane="urgent")
    await office.post.drain()

    assert set(office.outbox.detours) == {urgent, later}
    assert office.outbox.detours[urgent][0].notice.to == "user:wangqiang"
    assert office.outbox.rows[usual].sent_at is None


async def test_two_ways_of_a_group_that_fail_together_do_not_count_on_each_other():
    office = Office(robot=FakeDestination(Undeliverable("too long")))
    office.elsewhere = "user:wangqiang"
    office.outbox.otherwise.append(True)  # a moment later the other one has failed as well
    notice = office.outbox.owe("robot", "a")

    await office.post.drain()

    assert office.outbox.detours[notice][0].notice.to == "user:wangqiang"
    assert await office.outbox.dead() == ()


async def test_a_report_waits_for_its_group():
    office = Office(robot=FakeDestination(Misconfigured("robot removed")))
    office.elsewhere = "user:wangqiang"
    report = office.outbox.owe("robot", "a", kind="report", lane="urgent", order=None)

    await office.post.drain()
    assert office.outbox.detours == {}
    office.clock.move(FIRST_SETTING)
    await office.post.drain()

    assert office.outbox.rows[report].sent_at


async def test_an_urgent_one_that_can_go_nowhere_else_waits_for_its_destination():
    robot = FakeDestination(Misconfigured("robot removed"))
    office = Office(robot=robot)
    urgent = office.outbox.owe("robot", "a", lane="urgent")

    await office.post.drain()
    await office.post.drain()
    assert office.outbox.rows[urgent].due_at == NOON + FIRST_SETTING
    office.clock.move(FIRST_SETTING)
    await office.post.drain()

    assert robot.arrived == [urgent]


async def test_a_report_waits_for_the_readers_it_was_worded_for():
    robot = FakeDestination(Misconfigured("robot removed"))
    office = Office(robot=robot)
    office.elsewhere = "user:wangqiang"
    report = office.outbox.owe("robot", "a", lane="urgent", kind=REPORT)

    await office.post.drain()
    assert office.outbox.detours == {}
    office.clock.move(FIRST_SETTING)
    await office.post.drain()

    assert robot.arrived == [report]


async def test_what_can_never_arrive_goes_another_way_where_there_is_one():
    office = Office(robot=FakeDestination(Undeliverable("no such group")))
    office.elsewhere = "user:wangqiang"
    lost = office.outbox.owe("robot", "a")

    await office.post.drain()

    assert set(office.outbox.detours) == {lost}
    assert office.todos == []


async def test_a_ban_keeps_the_whole_destination_waiting_and_no_other():
    robot = FakeDestination(TryLater("too fast", timedelta(minutes=10)))
    office = Office(robot=robot)
    banned = [office.outbox.owe("robot", "a") for _ in range(2)]
    await office.post.drain()
    other = office.outbox.owe("robot", "b")
    banned.append(office.outbox.owe("robot", "a"))

    await office.post.drain()
    assert robot.arrived == [other]
    office.clock.move(timedelta(minutes=10))
    await office.post.drain()
    assert robot.arrived == [other]
    office.clock.move(FIRST)
    await office.post.drain()

    # Ten minutes are late: they come in one message.
    assert len(robot.arrived) == 2
    assert all(office.outbox.rows[notice].sent_at for notice in banned)


async def test_a_sender_that_never_ends_has_failed(monkeypatch):
    monkeypatch.setattr("scheduler.delivery.PATIENCE", timedelta(milliseconds=10))
    robot = FakeDestination()
    robot.gate.clear()
    office = Office(robot=robot)
    notice = office.outbox.owe("robot", "a")

    await office.post.drain()

    assert office.outbox.conditions["robot", "a"].rests_until == NOON + FIRST
    assert "no end" in office.outbox.rows[notice].error


async def test_a_bug_costs_its_own_notice_only(caplog):
    robot = FakeDestination()
    office = Office(robot=robot)
    bad, good = office.outbox.owe("robot", "a", kind="bug"), office.outbox.owe("robot", "b")

    with caplog.at_level(logging.ERROR):
        await office.post.drain()

    assert robot.arrived == [good]
    assert office.outbox.rows[bad].due_at == NOON + FIRST
    assert "KeyError" in caplog.text


async def test_what_a_killed_process_had_claimed_comes_back_after_its_lease():
    robot = FakeDestination()
    office = Office(robot=robot)
    notice = office.outbox.owe("robot", "a")
    await office.outbox.claim(office.clock(), 1, LEASE, "killed")

    await office.post.drain()
    assert robot.arrived == []
    office.clock.move(LEASE)
    await office.post.drain()

    assert robot.arrived == [notice]
    assert office.outbox.rows[notice].attempts == 2


async def test_an_arrival_that_cannot_be_written_down_is_logged_and_sent_again_after_the_lease(caplog):
    robot = FakeDestination()
    office = Office(robot=robot)
    notice = office.outbox.owe("robot", "a")
    office.outbox.away_once = True

    with caplog.at_level(logging.ERROR):
        await office.post.drain()
    office.clock.move(LEASE)
    await office.post.drain()

    assert robot.arrived == [notice, notice]
    assert "delivery not recorded" in caplog.text


@pytest.mark.parametrize("released", [True, False])
async def test_at_the_end_what_is_under_way_may_finish_and_what_does_not_is_cut(released):
    robot = FakeDestination()
    robot.gate.clear()
    office = Office(robot=robot)
    notice = office.outbox.owe("robot", "a")
    wake = asyncio.Event()
    running = asyncio.create_task(office.post.run(wake))
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    office.post.end()
    wake.set()
    await running
    if released:
        robot.gate.set()
    await office.post.finish(timedelta(milliseconds=20))

    assert robot.arrived == ([notice] if released else [])


async def test_another_reason_in_the_same_outage_is_not_told_again():
    office = Office(robot=FakeDestination(Misconfigured("robot stopped"), Misconfigured("robot removed")))
    office.outbox.owe("robot", "a")

    await office.post.drain()
    office.clock.move(FIRST_SETTING)
    await office.post.drain()

    assert office.outbox.conditions["robot", "a"].failures == 2
    assert [todo.kind for todo in office.todos] == ["misconfigured"]
    assert len(office.said) == 1


async def test_a_destination_is_looked_at_again_at_the_moment_its_delivery_named():
    office = Office()
    office.outbox.owe("robot", "a")
    looked = []
    twice = asyncio.Event()

    async def deliver(batch: Batch) -> datetime:
        again = office.clock() + timedelta(milliseconds=200)
        await office.outbox.rest(batch.way, batch.address, again)
        await office.outbox.give_back([one.id for one in batch.deliveries])
        looked.append(batch)
        if len(looked) == 2:
            twice.set()
        # After the look that follows every delivery, and before the moment named.
        asyncio.get_running_loop().call_later(0.1, office.clock.move, timedelta(milliseconds=200))
        return again

    post, wake = Post(office.outbox, deliver, office.clock, "test"), asyncio.Event()
    running = asyncio.create_task(post.run(wake))
    async with asyncio.timeout(5):
        await twice.wait()
    post.end()
    wake.set()
    await running


async def test_many_destinations_are_taken_a_few_with_each_look():
    robot = FakeDestination()
    office = Office(robot=robot)
    owed = [office.outbox.owe("robot", str(address)) for address in range(2 * CLAIMED + 1)]
    claim, looks = office.outbox.claim, []

    async def noted(
        now: datetime, limit: int, lease: timedelta, who: str, elsewhere: Collection[str] = ()
    ) -> tuple[Batch, ...]:
        looks.append(len(found := await claim(now, limit, lease, who, elsewhere)))
        return found

    office.outbox.claim = noted  # type: ignore[method-assign]
    await office.post.drain()

    assert sorted(robot.arrived) == sorted(owed)
    assert max(looks) == CLAIMED
