"""One message, one transaction, one answer: also when something goes wrong on the way."""

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import DatabaseAway, Stale
from domain.ports import MessageKey
from handlers.areas import router
from handlers.dispatch import Dispatcher
from handlers.message import Message, Reply
from handlers.router import Router

KEY = MessageKey("console", "console", "m1")


def a_message(world, text="看板", person="lina", key=KEY):
    """Somebody says something."""
    return Message(key, person, text, world.now)


def losing(units, times, error=Stale):
    """Units of work whose commit loses against somebody else so many times."""
    left = [times]

    class Losing:
        def __init__(self, uow):
            self._uow = uow

        def __getattr__(self, name):
            return getattr(self._uow, name)

        async def commit(self):
            if left[0] > 0:
                left[0] -= 1
                raise error("somebody was first")
            await self._uow.commit()

    @asynccontextmanager
    async def opened():
        async with units() as uow:
            yield Losing(uow)

    return opened


def dispatcher(world, **changes):
    """The program's dispatcher with some parts replaced."""
    whole = Dispatcher(world.program.units, world.program.rulebook, world.clock, router())
    return replace(whole, **changes)


async def test_losing_once_goes_unnoticed(world):
    reply = await dispatcher(world, units=losing(world.program.units, 1)).handle(a_message(world))

    assert reply.text.startswith("**看板**")


async def test_losing_again_gets_a_clear_answer_that_is_kept(world):
    desk = dispatcher(world, units=losing(world.program.units, 2))
    reply = await desk.handle(a_message(world))

    assert "没有生效" in reply.text
    assert await desk.handle(a_message(world)) == reply


async def test_the_platform_sends_again_when_the_database_is_away(world):
    desk = dispatcher(world, units=losing(world.program.units, 1, DatabaseAway))
    with pytest.raises(DatabaseAway):
        await desk.handle(a_message(world))

    assert (await desk.handle(a_message(world))).text.startswith("**看板**")


async def test_a_bug_loses_no_message(world, caplog):
    async def broken(request, ctx, uow):
        raise RuntimeError("planted")

    desk = dispatcher(world, router=Router({"report.board": broken}))
    reply = await desk.handle(a_message(world))

    assert "原话已记下" in reply.text
    assert await desk.handle(a_message(world)) == reply
    assert "看板" in (await world.says("linxiaomei", "我的待办")).text
    assert "planted" in caplog.text


async def test_an_intent_is_registered_once():
    async def nothing(request, ctx, uow):
        return request

    with pytest.raises(ValueError, match="help"):
        router().with_handlers({"help": nothing})


@pytest.mark.parametrize("kind", ["event:subscribe", "event:enter_agent", "event:click"])
async def test_an_event_is_answered_without_effect(world, kind):
    reply = await world.says("lina", "", kind=kind)

    assert ("您可以这样说" in reply.text) == (kind == "event:subscribe")


async def test_somebody_who_left_is_refused_and_told_why(world):
    inside = world.program.rulebook.latest
    people = dict(inside.company.catalogue.staff)
    people["lina"] = replace(people["lina"], active=False)
    company = replace(inside.company, catalogue=replace(inside.company.catalogue, staff=people))

    class Gone:
        latest = replace(inside, company=company)

        async def of(self, version, register):
            return self.latest

    reply = await dispatcher(world, rules=Gone()).handle(a_message(world))

    assert "已经离职" in reply.text


async def test_a_redelivery_asks_nobody_again(world):
    asked = []

    async def counting(request, ctx, uow):
        asked.append(request.intent)
        return Reply("once")

    desk = dispatcher(world, router=Router({"report.board": counting}))
    first = await desk.handle(a_message(world))

    assert await desk.handle(a_message(world)) == first
    assert asked == ["report.board"]


async def test_who_loses_twice_gets_the_answer_that_was_given_meanwhile(world):
    commits: list[object] = []

    @asynccontextmanager
    async def overtaken():
        """Loses twice; then somebody else has answered the message."""
        async with losing(world.program.units, 1 if len(commits) < 2 else 0)() as uow:
            commits.append(uow)
            yield uow

    async def once_more(request, ctx, uow):
        if len(commits) == 2:
            await dispatcher(world).handle(a_message(world))
        return Reply("too late")

    desk = dispatcher(world, units=overtaken, router=Router({"report.board": once_more}))

    assert (await desk.handle(a_message(world))).text.startswith("**看板**")


@pytest.mark.parametrize("known_before", [True, False])
async def test_rules_that_another_process_changed_hold_from_the_next_message_on(world, known_before):
    newest = world.program.rulebook.latest
    people = {**newest.company.catalogue.staff}
    if not known_before:
        del people["lina"]
    older = replace(
        newest.company, version=0, catalogue=replace(newest.company.catalogue, staff=people), bot_name="旧"
    )
    versions = []

    class Behind:
        latest = replace(newest, company=older)

        async def of(self, version, register):
            versions.append(version)
            return newest

    reply = await dispatcher(world, rules=Behind()).handle(a_message(world))

    assert reply.text.startswith("**看板**")
    assert versions == [newest.company.version]


async def test_a_draft_that_ran_out_unseen_says_so_and_is_not_written(world):
    await world.says("lina", "人民路华联 罐装可乐20箱")
    world.clock.move(timedelta(minutes=31))

    late = await world.says("lina", "确认")

    assert "已过期" in late.text
    assert late.order is None
    assert "已过期" not in (await world.says("lina", "看板")).text


async def test_the_order_talked_about_outlives_a_draft(world):
    await world.says("lina", "人民路华联 罐装可乐20箱")
    number = (await world.says("lina", "确认")).order
    await world.says("lina", "解放路华联 罐装可乐20箱")
    world.clock.move(timedelta(minutes=31))

    assert (await world.says("lina", "刚才那单备注 后门卸货")).order == number


async def test_an_offer_to_take_back_runs_out(world):
    await world.says("lina", "人民路华联 罐装可乐20箱")
    number = (await world.says("lina", "确认")).order
    await world.says("lina", "撤销")
    world.clock.move(timedelta(minutes=31))

    assert "没有等您确认" in (await world.says("lina", "确认")).text
    assert (await world.order(number)).step == "picking"
