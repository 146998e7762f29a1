"""Who is not at work, or does not want to be disturbed, is told later what is not urgent, in one message."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from domain.facts import Notice
from tests.acceptance.pushing.conftest import arrivals
from tests.world import DEMO_COMPANY, World

NIGHT = 10  # hours after ten in the morning: eight in the evening


@pytest.fixture
def working_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company with an office that closes."""
    folder = tmp_path_factory.mktemp("office") / "company"
    shutil.copytree(DEMO_COMPANY, folder)
    text = (folder / "company.yaml").read_text()
    text = text.replace('shifts: ["00:00-24:00"]', 'shifts: ["08:30-12:00", "13:00-18:00"]')
    text = text.replace("weekdays: [1, 2, 3, 4, 5, 6, 7]", "weekdays: [1, 2, 3, 4, 5]")
    (folder / "company.yaml").write_text(text)
    return folder


class TestQuietHours:
    @pytest.fixture
    def world_company(self, working_day: Path) -> Path:
        return working_day

    async def test_in_the_evening_only_what_is_urgent_is_told_and_the_rest_comes_in_the_morning_as_one(
        self, world: World
    ):
        await world.passes(hours=NIGHT)
        await owe(world, *arrivals(range(1, 4)), *arrivals([9], urgent=[9]))
        await world.passes(minutes=1)
        await owe(world, *arrivals([4]))
        await world.passes(hours=12)

        [urgent] = world.told("group:warehouse")
        assert "#9" in urgent
        assert await world.program.store.outbox.oldest_due(world.now) is None
        await world.passes(minutes=30)

        [_, morning] = world.told("group:warehouse")
        assert all(f"#{number}" in morning for number in (1, 2, 3, 4))
        assert world.pushed[-1].at.strftime("%H:%M") == "00:30"

    async def test_the_evening_report_is_not_held_back_with_what_was_said_before_it(self, world: World):
        await world.passes(hours=8)
        await owe(world, *arrivals([1], "group:managers"))
        await world.passes(minutes=11)

        [report] = world.told("group:managers")
        assert report.startswith("**日报** 11-23 周一（今天）")

    async def test_the_weekend_is_quiet_and_monday_tells(self, world: World):
        await world.passes(days=4, hours=NIGHT)
        await owe(world, *arrivals(range(1, 3)))

        await world.passes(days=2)
        assert world.told("group:warehouse") == []
        await world.passes(hours=13)

        assert len(world.told("group:warehouse")) == 1

    async def test_at_noon_of_a_working_day_everything_is_told_at_once(self, world: World):
        await owe(world, *arrivals(range(1, 3)))
        await world.passes(minutes=0)

        assert len(world.told("group:warehouse")) == 2


class TestNotWanted:
    async def test_a_company_may_do_without(self, working_day: Path):
        from bot.company.load import load

        rules = working_day / "company.yaml"
        rules.write_text(rules.read_text().replace("quiet_hours: yes", "quiet_hours: no"))
        assert not load(working_day).company.quiet_hours
        rules.write_text(rules.read_text().replace("quiet_hours: no", "quiet_hours: sometimes"))
        [problem] = load(working_day).errors
        assert problem.file == "company.yaml"
        assert problem.line > 1


async def test_somebody_who_wants_to_be_left_alone_gets_one_message_afterwards(world: World):
    reply = await world.says("lina", "免打扰 到18:30")
    assert "18:30" in reply.text
    assert "加急" in reply.text
    await owe(world, *arrivals(range(1, 4), "user:lina"), *arrivals([9], "user:lina", urgent=[9]))
    await world.passes(hours=8)

    [urgent] = world.told("user:lina")
    assert "#9" in urgent
    assert (await world.says("lina", "可乐还有吗")).text
    assert world.told("user:lina") == [urgent]
    await world.passes(minutes=30)

    [_, digest] = world.told("user:lina")
    assert all(f"#{number}" in digest for number in (1, 2, 3))


async def test_groups_are_told_whoever_in_them_wants_to_be_left_alone(world: World):
    await world.says("lina", "免打扰 两小时")
    await owe(world, *arrivals(range(1, 3)))
    await world.passes(minutes=0)

    assert len(world.told("group:warehouse")) == 2


async def test_what_was_held_back_comes_at_once_when_somebody_wants_it_again(world: World):
    await world.says("lina", "免打扰 到明早8点")
    await owe(world, *arrivals(range(1, 4), "user:lina"))
    await world.passes(minutes=3)
    assert world.told("user:lina") == []

    reply = await world.says("lina", "取消免打扰")

    assert "取消" in reply.text
    [digest] = world.told("user:lina")
    assert all(f"#{number}" in digest for number in (1, 2, 3))


async def test_a_late_reply_is_never_held_back(world: World):
    await world.says("lina", "免打扰 两小时")
    facts: dict[str, object] = {"text": "库存 12 箱", "buttons": [], "order": None}
    await owe(world, Notice("reply", "user:lina", lane="urgent", facts=facts))
    await world.passes(minutes=0)

    assert world.told("user:lina") == ["库存 12 箱"]


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("免打扰", "到什么时候"),
        ("免打扰 随便", "没看懂「随便」"),
        ("免打扰 到25点", "没看懂"),
        ("免打扰 到2月29日", "没看懂"),
        ("免打扰 到昨天8点", "已经过了"),
        ("免打扰 到下下周一", "最长 7 天"),
        ("免打扰 <@all> 到明早", "没看懂"),
    ],
)
async def test_a_moment_that_is_none_is_asked_about_and_nothing_is_held_back(
    world: World, said: str, answered: str
):
    reply = await world.says("lina", said)
    await owe(world, *arrivals([1], "user:lina"))
    await world.passes(minutes=0)

    assert answered in reply.text
    assert "<" not in reply.text
    assert len(world.told("user:lina")) == 1


async def test_after_a_stop_what_is_old_comes_as_one_message_for_each_destination(world: World):
    await owe(world, *arrivals(range(1, 10)), *arrivals(range(1, 4), "group:sales"))
    world.clock.move(timedelta(minutes=6))  # nobody delivers
    await owe(world, *arrivals([20]))
    await world.passes(minutes=0)

    [summary, fresh] = world.told("group:warehouse")
    assert all(f"#{number}" in summary for number in range(1, 10))
    assert "#20" in fresh
    assert len(world.told("group:sales")) == 1


async def owe(world: World, *notices: Notice) -> None:
    """Put notices into the outbox; nobody delivers them yet."""
    async with world.program.units() as uow:
        await uow.tell(notices, world.now, "test")
        await uow.commit()
