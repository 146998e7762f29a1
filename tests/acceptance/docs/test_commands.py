"""docs/commands.md is what the code makes of it, and every line in it is read, and answered, as it says there."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.company.demo_orders import play
from bot.company.tables import read_catalogue
from bot.manual.commands import COMMANDS, OWN, Command
from bot.manual.page import page
from handlers.dialogue.house import house_word
from handlers.understanding import Understanding
from handlers.understanding.reading import INTENTS
from tests.world import DEMO_COMPANY, World

PAGE = Path(__file__).parents[3] / "docs" / "commands.md"
MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
ALL = [one for commands in COMMANDS.values() for one in commands]
# Needs a step of the company's own, which the demo company does not have.
NOT_IN_THE_DEMO = {"order.finish"}


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding(read_catalogue(DEMO_COMPANY))


def test_the_page_is_written_from_the_code():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make manual"


def test_every_intent_of_the_contract_is_there_once_with_three_ways():
    assert sorted(one.intent for one in ALL) == sorted(INTENTS)
    assert {len({way.text for way in one.ways}) for one in (*ALL, *OWN)} == {3}


@pytest.mark.parametrize("command", ALL, ids=lambda one: one.intent)
def test_every_way_is_read_as_its_intent_and_leaves_nothing_open(
    command: Command, understanding: Understanding
):
    for way in command.ways:
        history = [way.after] if way.after else []
        reading = understanding.read(way.text, sender=command.by, now=MONDAY, history=history)

        assert (reading.intent, reading.settled, reading.also) == (command.intent, True, ()), way.text


@pytest.mark.parametrize("command", OWN, ids=lambda one: one.intent)
def test_every_word_of_the_bots_own_is_one(command: Command):
    for way in command.ways:
        reading = house_word(way.text)

        assert reading is not None, way.text
        assert reading.intent == command.intent


async def test_the_first_of_each_is_answered_as_it_says(world: World):
    await play(world.program.desk.answer)
    await world.program.worker.settle()
    wrong = []
    for command in (*ALL, *OWN):
        first = command.ways[0]
        if first.after:
            await world.says(command.by, first.after)
        reply = await world.says(command.by, first.text)
        if command.says not in reply.text and command.intent not in NOT_IN_THE_DEMO:
            wrong.append(f"{command.by}: {first.text}\n  wanted: {command.says}\n  got: {reply.text}")

    assert not wrong, "\n".join(wrong)
