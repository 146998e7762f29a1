"""Five hundred notices at once: the robot allows twenty a minute and punishes the one after."""

import re

from domain.destinations import DESTINATIONS, MINUTE
from domain.limiting import pace
from tests.acceptance.handlers.test_order_life import placed
from tests.acceptance.pushing.conftest import Street, arrivals
from tests.world import World

BURST = 500
NAMED = re.compile(r"#(\d+)")
PACE = pace(DESTINATIONS["wecom-robot"].limits[0])
LONG = "华东地区第一采购供应中心仓储物流部南区配送站"


def named(texts: list[str]) -> list[int]:
    """The orders that are named, in the order of reading."""
    return [int(number) for text in texts for number in NAMED.findall(text)]


def least_seconds(messages: int) -> float:
    """How long so many messages take at least under the token rule."""
    return max(0, messages - PACE.burst) * PACE.interval / 1_000_000


async def test_a_burst_names_every_order_once_urgent_ones_first_and_earns_no_penalty(street: Street):
    urgent = range(400, 420)
    await street.owe(arrivals(range(1, BURST + 1), urgent=urgent))

    await street.settle()

    texts = [message.text for message in street.said("warehouse")]
    assert sorted(named(texts)) == list(range(1, BURST + 1))
    assert named(texts)[: len(urgent)] == list(urgent)
    assert street.wecom.inbox.penalties == []
    assert await street.owed() == 0
    assert len(texts) < 10
    assert all("wangqiang" in message.mentions for message in street.said("warehouse"))


async def test_what_needs_more_messages_than_tokens_arrives_as_soon_as_the_rule_allows(street: Street):
    begun = street.clock().timestamp()
    urgent = range(300, 330)
    await street.owe(arrivals(range(1, BURST + 1), urgent=urgent, name=LONG))

    await street.settle()
    at_once = len(street.said("warehouse"))
    await street.passes(minutes=10)

    said = street.said("warehouse")
    assert at_once == PACE.burst < len(said)
    assert sorted(named([message.text for message in said])) == list(range(1, BURST + 1))
    assert named([message.text for message in said])[: len(urgent)] == list(urgent)
    assert street.wecom.inbox.penalties == []
    assert await street.owed() == 0
    assert said[-1].at - begun <= 1.1 * least_seconds(len(said))


async def test_what_trickles_in_all_the_time_is_told_at_the_pace_the_robot_bears(street: Street):
    for second in range(60):
        await street.owe(arrivals(range(10 * second + 1, 10 * second + 11)))
        await street.settle()
        await street.passes(minutes=1 / 60)
    await street.passes(minutes=1)

    said = street.said("warehouse")
    assert sorted(named([message.text for message in said])) == list(range(1, 601))
    assert street.wecom.inbox.penalties == []
    times = [message.at for message in said]
    assert all(sum(at <= other < at + 60 for other in times) <= 18 for at in times)
    assert said[-1].at - times[0] <= 60 + MINUTE.total_seconds() / 9


async def test_a_few_notices_stay_messages_of_their_own(street: Street):
    await street.owe(arrivals(range(1, 6)))

    await street.settle()

    texts = [message.text for message in street.said("warehouse")]
    assert [named([text])[0] for text in texts] == [1, 2, 3, 4, 5]
    assert all("待发货" in text for text in texts)


async def test_a_slow_destination_keeps_no_other_waiting(street: Street):
    street.wecom.api.slow["robot-sales"] = 0.3
    for group in ("sales", "warehouse", "review"):
        await street.owe(arrivals(range(1, BURST + 1), f"group:{group}"))

    await street.settle()

    robots = [message.robot for message in street.wecom.inbox.groups]
    second_slow = [place for place, robot in enumerate(robots) if robot == "robot-sales"][1]
    assert all(robot == "robot-sales" for robot in robots[second_slow:])
    for group in ("sales", "warehouse", "review"):
        assert sorted(named([message.text for message in street.said(group)])) == list(range(1, BURST + 1))
    assert street.wecom.inbox.penalties == []


async def test_a_program_that_has_just_begun_leaves_room_for_what_the_one_before_may_have_sent(
    street: Street,
):
    await street.owe(arrivals(range(1, 10)))
    await street.settle()
    assert len(street.said("warehouse")) == 9

    async with street.restarted() as again:
        await again.owe(arrivals(range(10, BURST), name=LONG))
        await again.settle()
        assert len(again.said("warehouse")) < 18
        await again.passes(minutes=10)

        assert await again.owed() == 0
    assert sorted(named([message.text for message in street.said("warehouse")])) == list(range(1, BURST))
    assert street.wecom.inbox.penalties == []


async def test_the_page_merges_a_burst_too_and_names_every_order(world: World):
    numbers = [await placed(world, f"人民路华联 绿茶{40 + place % 4}箱") for place in range(60)]
    await world.passes(minutes=5)

    texts = [text for text in world.told("group:review") if "待审核" in text]
    merged = [text for text in texts if "张单的通知合在一起" in text]
    titles = [text.splitlines()[0] for text in texts if text not in merged]
    assert merged
    assert sorted(named([*merged, *titles])) == numbers
    assert len(texts) < 50
