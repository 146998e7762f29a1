"""One message for each notice while the destination bears it, few for all of them when it does not."""

import asyncio
from datetime import timedelta

from domain.destinations import MINUTE, Destination, Dialect, Limit
from domain.sending import TryLater, Undeliverable
from scheduler.backoff import ATTEMPTS
from scheduler.planning import READABLE
from scheduler.post import LEASE
from tests.fakes.office import Office
from tests.fakes.outbox import NOON, FakeDestination

ROBOT = Destination("robot", 4096, Dialect.WECOM, (Limit(20, MINUTE),), mentions=True)
APP = Destination("app", 4096, Dialect.WECOM, idempotent=True)
BURST = ROBOT.burst or 0


def limited(robot: FakeDestination) -> Office:
    """One that takes nine at once and nine a minute."""
    return Office({"robot": ROBOT}, robot=robot)


def orders(office: Office, *numbers: int, lane: str = "normal", way: str = "robot") -> list[str]:
    """A notice about each of these."""
    return [office.outbox.owe(way, "a", order=number, lane=lane) for number in numbers]


async def test_as_many_as_there_are_tokens_go_one_by_one():
    robot = FakeDestination()
    office = limited(robot)
    owed = orders(office, *range(BURST))

    await office.post.drain()

    assert robot.arrived == owed


async def test_one_more_and_all_of_them_come_in_one_message():
    robot = FakeDestination()
    office = limited(robot)
    owed = orders(office, *range(BURST + 1))

    await office.post.drain()

    [message] = robot.shown
    assert all(f"#{number} " in message.text for number in range(BURST + 1))
    assert all(office.outbox.rows[one].sent_at == NOON for one in owed)
    assert ("robot", "merged") in office.outcomes


async def test_when_no_token_is_left_what_waits_goes_together_as_soon_as_there_is_one():
    robot = FakeDestination()
    office = limited(robot)
    orders(office, *range(BURST))
    await office.post.drain()

    orders(office, 21, 22)
    await office.post.drain()
    orders(office, 23, lane="urgent")
    await office.post.drain()
    assert len(robot.shown) == BURST
    office.clock.move(MINUTE / 9 + timedelta(milliseconds=1))
    await office.post.drain()

    assert len(robot.shown) == BURST + 1
    assert robot.shown[-1].text.split("\n")[1:] == [
        "[!noted 1]",
        "- #23 noted",
        "[noted 2]",
        "- #21 noted",
        "- #22 noted",
    ]


async def test_where_nothing_is_limited_more_than_anybody_reads_is_merged_all_the_same():
    page = FakeDestination()
    office = Office(page=page)
    orders(office, *range(READABLE), way="page")
    await office.post.drain()
    assert len(page.shown) == READABLE

    orders(office, *range(100, 100 + READABLE + 1), way="page")
    await office.post.drain()

    assert len(page.shown) == READABLE + 1


async def test_a_digest_comes_merged_beside_the_others():
    robot = FakeDestination()
    office = limited(robot)
    usual = orders(office, 1)
    for number in (2, 3):
        office.outbox.owe("robot", "a", order=number, lane="digest")

    await office.post.drain()

    assert len(robot.shown) == 2
    assert "- #2 noted\n- #3 noted" in robot.shown[0].text
    assert robot.arrived[1] == usual[0]


async def test_a_digest_of_one_reads_like_any_notice():
    robot = FakeDestination()
    office = limited(robot)
    alone = office.outbox.owe("robot", "a", order=2, lane="digest")

    await office.post.drain()

    assert robot.arrived == [alone]
    assert robot.shown[0].text == "noted #2"


async def test_what_is_late_comes_as_a_summary_and_what_is_new_by_itself():
    robot = FakeDestination()
    office = limited(robot)
    orders(office, 1, 2, 3)
    office.clock.move(timedelta(minutes=5, seconds=1))
    new = office.outbox.owe("robot", "a", order=4, at=office.clock())

    await office.post.drain()

    assert len(robot.shown) == 2
    assert "3 orders, 3 notices" in robot.shown[0].text
    assert robot.arrived[1] == new


async def test_what_is_about_no_order_is_never_listed_with_others():
    robot = FakeDestination()
    office = limited(robot)
    orders(office, *range(BURST + 5))
    alone = office.outbox.owe("robot", "a", kind="draft_expired", order=None)

    await office.post.drain()

    assert len(robot.shown) == 2
    assert robot.arrived[1] == alone


async def test_a_crash_before_the_record_repeats_the_same_message_whatever_came_meanwhile():
    robot = FakeDestination()
    office = limited(robot)
    orders(office, *range(BURST + 1))
    office.outbox.away_once = True
    await office.post.drain()

    orders(office, 100)
    office.clock.move(LEASE)
    await office.post.drain()

    first, second, *_ = robot.arrived
    assert first == second
    assert robot.shown[0].text == robot.shown[1].text
    assert "#100" not in robot.shown[1].text
    assert len(robot.arrived) == 3


async def test_what_may_have_arrived_by_itself_comes_by_itself_again_where_the_platform_knows_a_repetition():
    app = FakeDestination()
    office = Office({"app": APP}, app=app)
    [first] = orders(office, 1, way="app")
    office.outbox.away_once = True
    await office.post.drain()
    orders(office, *range(2, READABLE + 9), way="app")
    office.clock.move(LEASE)

    await office.post.drain()

    assert app.arrived[:2] == [first, first]
    assert len(app.arrived) == 3
    assert "#1 " not in app.shown[2].text


async def test_what_was_written_since_the_crash_does_not_hide_behind_the_key_of_what_it_replaces():
    robot = FakeDestination()
    office = limited(robot)
    office.outbox.owe("robot", "a", kind="entered.reviewing", order=7, entry=1)
    office.outbox.away_once = True
    await office.post.drain()

    office.outbox.owe("robot", "a", kind="entered.picking", order=7, entry=2)
    office.standings.stands(7, "picking", 2)
    office.clock.move(LEASE)
    await office.post.drain()

    first, second = robot.arrived
    assert first != second
    assert robot.shown[1].text == "entered.picking #7"


async def test_a_new_notice_does_not_join_a_message_that_may_have_arrived():
    robot = FakeDestination()
    office = limited(robot)
    for number in range(BURST + 1):
        office.outbox.owe("robot", "a", kind="entered.reviewing", order=number, entry=1)
    office.outbox.away_once = True
    await office.post.drain()

    new = office.outbox.owe("robot", "a", kind="entered.picking", order=7, entry=2)
    office.standings.stands(7, "picking", 2)
    office.clock.move(LEASE)
    await office.post.drain()

    first, second, last = robot.arrived
    assert (first, last) == (second, new)


async def test_half_of_a_merged_message_does_not_come_under_the_name_of_the_whole():
    robot = FakeDestination(TryLater("busy"))
    office = limited(robot)
    urgent = orders(office, *range(BURST), lane="urgent")
    others = orders(office, *range(20, 20 + BURST))
    await office.post.drain()
    assert len({office.outbox.rows[one].parcel for one in (*urgent, *others)}) == 1

    evening = office.clock() + timedelta(minutes=30)
    await office.outbox.hush("robot", "a", evening)
    office.clock.move(MINUTE)
    await office.post.drain()
    office.clock.now = evening
    await office.post.drain()

    assert all(office.outbox.rows[one].sent_at for one in (*urgent, *others))
    assert len(set(robot.arrived)) == len(robot.arrived)


async def test_a_merged_message_that_is_refused_for_now_is_tried_again_as_it_is():
    robot = FakeDestination(TryLater("busy"))
    office = limited(robot)
    owed = orders(office, *range(BURST + 1))
    await office.post.drain()
    assert {office.outbox.rows[one].attempts for one in owed} == {1}

    office.clock.move(MINUTE)
    await office.post.drain()

    assert len(robot.arrived) == 1
    assert {office.outbox.rows[one].parcel for one in owed} == {robot.arrived[0]}


async def test_of_a_merged_message_only_what_was_tried_often_enough_is_given_up():
    robot = FakeDestination(*[TryLater("busy")] * ATTEMPTS)
    office = limited(robot)
    old = office.outbox.owe("robot", "a", order=1)
    for _ in range(ATTEMPTS - 1):
        await office.post.drain()
        office.clock.move(timedelta(hours=1))
    new = orders(office, *range(2, 3 + BURST), lane="urgent")
    await office.post.drain()
    office.clock.move(timedelta(hours=1))
    await office.post.drain()

    assert office.outbox.rows[old].dead_at
    assert all(office.outbox.rows[one].sent_at for one in new)


async def test_of_a_merged_message_that_never_arrives_every_notice_is_looked_after():
    robot = FakeDestination(Undeliverable("gone"))
    office = limited(robot)
    owed = orders(office, *range(BURST + 1))

    await office.post.drain()

    assert all(office.outbox.rows[one].dead_at for one in owed)
    assert len(office.todos) == len(owed)


async def test_an_outdated_notice_is_told_as_the_newest_state():
    robot = FakeDestination()
    office = limited(robot)
    office.outbox.owe("robot", "a", kind="entered.reviewing", order=7, entry=1)
    office.standings.stands(7, "picking", 2)

    await office.post.drain()

    assert robot.shown[0].text == "moved_on #7"


async def test_a_long_batch_is_left_in_time_and_claimed_anew():
    robot = FakeDestination()
    office = limited(robot)
    first, *others = orders(office, 1, 2, 3)

    async def slow() -> None:
        await robot.has(1)
        office.clock.move(timedelta(seconds=31))

    await asyncio.gather(office.post.drain(), slow())

    assert robot.arrived == [first, *others]
    assert [office.outbox.rows[one].attempts for one in (first, *others)] == [1, 1, 1]


async def test_a_long_notice_alone_waits_for_its_tokens_rather_than_lose_its_words():
    robot = FakeDestination()
    narrow = Destination("robot", 250, Dialect.WECOM, (Limit(20, MINUTE),))
    office = Office({"robot": narrow}, robot=robot)
    await office.limiter.take("robot:a", narrow, office.clock(), BURST - 1)
    owed = office.outbox.owe("robot", "a", kind="noted" * 20, order=1)

    await office.post.drain()
    assert robot.arrived == []
    # One more is enough: the one that did not suffice was kept.
    office.clock.move(MINUTE / 9 + timedelta(milliseconds=1))
    await office.post.drain()

    assert robot.arrived == [owed]
    assert robot.shown[0].text == f"{'noted' * 20} #1"


async def test_a_notice_that_cannot_be_listed_or_judged_keeps_no_other_waiting():
    robot = FakeDestination()
    office = limited(robot)
    owed = orders(office, *range(BURST + 1))
    unlisted = office.outbox.owe("robot", "a", kind="line bug", order=50)
    unjudged = office.outbox.owe("robot", "a", kind="entered.picking", order=51, entry="?")
    office.standings.stands(51, "picking", 2)

    await office.post.drain()

    assert all(office.outbox.rows[one].sent_at for one in (*owed, unjudged))
    assert office.outbox.rows[unlisted].error == "a bug"
