"""One message, one transaction, one answer: also when something goes wrong on the way."""

from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from domain.errors import DatabaseAway, Stale
from domain.ports import MessageKey
from handlers.areas import router
from handlers.dispatch import Dispatcher
from handlers.message import Message
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


async def test_somebody_who_left_is_a_stranger(world):
    inside = world.program.rulebook.latest
    people = dict(inside.company.catalogue.staff)
    people["lina"] = replace(people["lina"], active=False)
    company = replace(inside.company, catalogue=replace(inside.company.catalogue, staff=people))

    class Gone:
        latest = replace(inside, company=company)

        async def of(self, version):
            return self.latest

    reply = await dispatcher(world, rules=Gone()).handle(a_message(world))

    assert "不认识" in reply.text
