import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta

import pytest

from domain.facts import Notice
from domain.ports import Todo
from domain.sending import Misconfigured, Rendered, TryLater, Undeliverable
from scheduler.backoff import ATTEMPTS, FIRST
from scheduler.delivery import SETTING_PAUSE, Deliverer
from scheduler.post import AT_ONCE, LEASE, Post
from scheduler.rates import MINUTE, Rate, Windows
from tests.fakes.outbox import NOON, FakeClock, FakeDestination, MemoryOutbox


class Office:
    """An outbox with its post; every way is a destination of the test's."""

    def __init__(self, rates: Mapping[str, tuple[Rate, ...]] | None = None, **ways: FakeDestination) -> None:
        self.outbox, self.clock = MemoryOutbox(), FakeClock()
        self.todos: list[Todo] = []
        self.outcomes: list[tuple[str, str]] = []
        deliverer = Deliverer(
            self.outbox,
            ways,
            self.words,
            self.todo,
            self.clock,
            lambda way, outcome: self.outcomes.append((way, outcome)),
            Windows(rates or {}),
            lambda: 1.0,
        )
        self.post = Post(self.outbox, deliverer.deliver, self.clock, "test")

    async def todo(self, todo: Todo) -> None:
        self.todos.append(todo)

    def words(self, notice: Notice) -> Rendered:
        if notice.kind == "bug":
            raise KeyError(notice.kind)
        return Rendered(notice.kind)


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

    assert office.outbox.rows[notice].due_at == NOON + timedelta(minutes=10) + FIRST
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

    for _ in range(4):
        await office.post.drain()
        office.clock.move(SETTING_PAUSE)

    assert [todo.kind for todo in office.todos] == ["misconfigured"]
    assert robot.arrived == notices


async def test_a_way_nobody_set_up_is_a_wrong_setting():
    office = Office()
    notice = office.outbox.owe("wecom-robot", "a")

    await office.post.drain()

    assert [todo.kind for todo in office.todos] == ["misconfigured"]
    assert office.outbox.rows[notice].dead_at is None


async def test_a_sender_that_never_ends_has_failed(monkeypatch):
    monkeypatch.setattr("scheduler.delivery.PATIENCE", timedelta(milliseconds=10))
    robot = FakeDestination()
    robot.gate.clear()
    office = Office(robot=robot)
    notice = office.outbox.owe("robot", "a")

    await office.post.drain()

    assert office.outbox.rows[notice].due_at == NOON + FIRST
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


async def test_a_destination_is_told_no_more_than_its_platform_allows():
    robot = FakeDestination()
    office = Office(rates={"robot": (Rate(2, MINUTE),)}, robot=robot)
    for _ in range(5):
        office.outbox.owe("robot", "a")

    counts = []
    for _ in range(3):
        await office.post.drain()
        counts.append(len(robot.arrived))
        office.clock.move(MINUTE)

    assert counts == [2, 4, 5]
    assert ("robot", "held") in office.outcomes


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
