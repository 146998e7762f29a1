"""People are told where they wrote last, or where they prefer, and at the next door where that one fails."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bot.detours import Detours
from bot.office import amending
from bot.whereabouts import EVERY, Whereabouts
from bot.wiring.program import reaching
from domain.facts import Notice
from domain.ports import MessageKey
from handlers.areas import router
from handlers.dispatch import Dispatcher
from handlers.message import Message, Reply
from tests.acceptance.identity.people import KEYS, OWNER
from tests.world import DEMO_COMPANY, World

DOORS = frozenset({"wecom", "dingtalk", "feishu"})


class Desk:
    """One process that can write to all three platforms; its notices stay in the outbox."""

    def __init__(self, world: World, doors: frozenset[str] = DOORS) -> None:
        self.world = world
        store, self.rulebook = world.program.store, world.program.rulebook
        self.reach, self.whereabouts = reaching(store, self.rulebook, world.clock, doors, "")
        self.units = store.units(self.reach, self.rulebook)
        heard = self.whereabouts.heard
        self.dispatcher = Dispatcher(self.units, self.rulebook, world.clock, router(), heard)

    async def says(self, platform: str, sender: str, text: str) -> Reply:
        """A line there, a second later."""
        self.world.clock.move(timedelta(seconds=1))
        key = MessageKey(platform, "app", f"d{next(KEYS)}")
        reply = await self.dispatcher.handle(Message(key, sender, text, self.world.now))
        await self.rulebook.turn()
        return reply

    def doors(self, person: str = "lina") -> list[str]:
        """Where they are told, first to last."""
        return [door for door, _ in self.reach(f"everywhere:{person}")]


@pytest.fixture
async def desk(world: World, tmp_path: Path) -> Desk:
    """The company tells people on WeCom, DingTalk and Feishu, in this order."""
    folder = tmp_path / "company"
    shutil.copytree(DEMO_COMPANY, folder)
    rules = folder / "company.yaml"
    rules.write_text(
        rules.read_text("utf-8").replace("people: [console, wecom]", "people: [wecom, dingtalk, feishu]"),
        "utf-8",
    )
    await amending(world.program.store).apply(folder, OWNER, "three platforms")
    await world.program.rulebook.turn()
    return Desk(world)


async def test_at_first_as_the_company_says(desk: Desk):
    assert desk.doors() == ["wecom", "dingtalk", "feishu"]


async def test_where_somebody_wrote_last_goes_first(desk: Desk):
    await desk.says("feishu", "lina", "我的待办")
    assert desk.doors() == ["feishu", "wecom", "dingtalk"]

    await desk.says("dingtalk", "lina", "我的待办")
    assert desk.doors() == ["dingtalk", "feishu", "wecom"]
    assert desk.doors("wangqiang") == ["wecom", "dingtalk", "feishu"]


async def test_what_a_colleague_does_is_told_there(desk: Desk):
    await desk.says("feishu", "lina", "我的待办")

    await desk.says("wecom", "wangqiang", "我明天请假，李娜代")

    async with desk.world.program.store.database.session() as session:
        from sqlalchemy import select

        from storage.prepared import Prepared
        from storage.tables import outbox

        rows = await session.rows(Prepared(select(outbox.c.way, outbox.c.address, outbox.c.destination)))
    assert [(row["way"], row["address"]) for row in rows if row["destination"] == "user:lina"] == [
        ("feishu", "lina")
    ]


async def test_another_process_knows_within_seconds_and_also_after_a_restart(desk: Desk):
    other = Desk(desk.world)
    await other.whereabouts.turn()
    await desk.says("feishu", "lina", "我的待办")
    assert other.doors()[0] == "wecom"

    desk.world.clock.move(EVERY)
    await other.whereabouts.turn()

    assert other.doors()[0] == "feishu"
    later = Desk(desk.world)
    await later.whereabouts.turn()
    assert later.doors()[0] == "feishu"


async def test_who_prefers_a_door_is_told_there_wherever_they_write(desk: Desk):
    reply = await desk.says("feishu", "lina", "通知 钉钉")
    assert "先发钉钉" in reply.text
    await desk.says("feishu", "lina", "我的待办")
    assert desk.doors() == ["dingtalk", "feishu", "wecom"]

    assert "最后说话的地方" in (await desk.says("feishu", "lina", "通知 自动")).text
    assert desk.doors() == ["feishu", "wecom", "dingtalk"]


async def test_a_preference_holds_for_other_processes_and_later_ones(desk: Desk):
    await desk.says("wecom", "lina", "通知企微")
    await desk.says("feishu", "lina", "我的待办")

    assert Desk(desk.world).doors()[0] == "wecom"


async def test_a_bound_id_is_the_address(desk: Desk):
    from re import search

    code = search(r"\d{6}", (await desk.says("wecom", "lina", "绑定")).text)
    assert code is not None
    await desk.says("feishu", "ou_1", f"绑定 {code[0]}")

    assert desk.reach("user:lina") == (("feishu", "ou_1"),)


async def test_where_it_fails_it_goes_to_the_next_door_and_never_back(desk: Desk):
    await desk.says("feishu", "lina", "我的待办")
    detours = Detours(desk.rulebook.company, desk.reach)
    notice, way = Notice("leave", "user:lina"), "feishu"
    tried = [way]

    while (found := detours(notice, way, ""))[0].notice.to == "user:lina":
        notice, way = found[0].notice, found[0].ways[0][0]
        tried.append(way)
        await desk.says(tried[0], "lina", "我的待办")

    assert tried == ["feishu", "wecom", "dingtalk"]
    assert [one.notice.to for one in found] == [f"user:{OWNER}"]


async def test_not_to_be_disturbed_holds_at_every_door(desk: Desk):
    await desk.says("feishu", "lina", "免打扰 两小时")

    store, now = desk.world.program.store, desk.world.now
    held = {one.way for one in await store.outbox.destinations(now) if one.address == "lina"}
    assert held == DOORS


async def test_a_door_the_company_does_not_use_is_no_choice(world: World):
    assert "没有开钉钉通知" in (await world.says("lina", "通知 钉钉")).text


async def test_where_there_is_one_door_the_inbox_is_not_read(desk: Desk):
    async def wrote(since):
        raise AssertionError("read for nothing")

    alone = Desk(desk.world, frozenset({"wecom"}))
    whereabouts = Whereabouts(wrote, lambda: alone.reach.several, desk.world.clock)

    assert await whereabouts.turn() == 0
    assert alone.doors() == ["wecom"]
