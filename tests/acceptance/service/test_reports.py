"""What the company is told unasked, each report once."""

from datetime import timedelta

from tests.world import World

HOUR = timedelta(hours=1)


async def test_the_managers_are_told_the_day_in_the_evening(world: World):
    await world.passes(hours=7.9)
    assert world.told("group:managers") == []

    await world.passes(hours=0.4)

    (told,) = world.told("group:managers")
    assert told.startswith("**日报**")
