"""What doors keep: messages until they are answered, chats that spoke, ids that were looked up."""

import asyncio
from datetime import timedelta

import pytest

from domain.intake import Chat
from domain.ports import MessageKey
from storage.chats import SqlAliases, SqlChats
from storage.engine import Database
from storage.intake import SqlIntake
from tests.integration.storage.stories import NOW

SOON = NOW + timedelta(seconds=60)
FIRST, SECOND = MessageKey("wecom-bot", "b1", "m1"), MessageKey("wecom-bot", "b1", "m2")


@pytest.fixture
def intake(database: Database) -> SqlIntake:
    """Nothing has arrived."""
    return SqlIntake(database)


async def test_a_message_is_kept_once_until_it_is_answered_once(intake: SqlIntake):
    assert await intake.keep(FIRST, {"text": "17 通过"}, NOW, SOON)
    assert not await intake.keep(FIRST, {"text": "17 通过"}, NOW, SOON)

    assert await intake.done(FIRST)
    assert not await intake.done(FIRST)
    assert await intake.claim("wecom-bot", "b1", SOON, SOON, 10) == ()


async def test_what_somebody_works_on_is_not_claimed_before_that_ends(intake: SqlIntake):
    await intake.keep(FIRST, {"text": "一"}, NOW, SOON)
    await intake.keep(SECOND, {"text": "二"}, NOW + timedelta(seconds=1), SOON)

    assert await intake.claim("wecom-bot", "b1", NOW, SOON, 10) == ()
    first, second = await intake.claim("wecom-bot", "b1", SOON, SOON + timedelta(seconds=60), 10)

    assert (first.key, first.document, first.attempts, first.at) == (FIRST, {"text": "一"}, 2, NOW)
    assert second.key == SECOND
    assert await intake.claim("wecom-bot", "b1", SOON, SOON, 10) == ()


async def test_two_processes_never_claim_the_same_and_each_door_its_own(intake: SqlIntake):
    for number in range(6):
        await intake.keep(MessageKey("wecom-bot", "b1", f"m{number}"), {}, NOW, NOW)
    later = SOON + timedelta(seconds=60)

    claimed = await asyncio.gather(*(intake.claim("wecom-bot", "b1", SOON, later, 4) for _ in range(3)))

    keys = [one.key.key for batch in claimed for one in batch]
    assert len(keys) == len(set(keys))
    assert await intake.claim("wecom-bot", "b2", SOON, later, 4) == ()


async def test_a_chat_is_known_from_its_first_word_on(database: Database):
    chats = SqlChats(database)
    lina = Chat("lina", "wo-encrypted", single=True)

    assert await chats.of("wecom-bot", "b1", "lina") is None
    assert await chats.spoke("wecom-bot", "b1", lina, NOW)
    assert not await chats.spoke("wecom-bot", "b1", lina, NOW)
    assert await chats.of("wecom-bot", "b1", "lina") == lina
    assert await chats.of("wecom-bot", "b2", "lina") is None


async def test_a_person_whose_id_is_shown_otherwise_is_reached_by_the_new_one(database: Database):
    chats = SqlChats(database)
    await chats.spoke("wecom-bot", "b1", Chat("lina", "wo-encrypted", single=True), NOW)

    await chats.spoke("wecom-bot", "b1", Chat("lina", "LiNa", single=True), NOW)

    assert await chats.of("wecom-bot", "b1", "lina") == Chat("lina", "LiNa", single=True)


async def test_an_id_looked_up_is_remembered_and_forgotten_after_its_time(database: Database):
    aliases = SqlAliases(database)
    await aliases.keep("wecom-bot", "b1", "woX", "lina", NOW)
    await aliases.keep("wecom-bot", "b1", "woX", "LiNa", NOW)

    assert await aliases.get("wecom-bot", "b1", "woX") == "LiNa"
    assert await aliases.forget(NOW) == 0
    assert await aliases.forget(NOW + timedelta(seconds=1)) == 1
    assert await aliases.get("wecom-bot", "b1", "woX") is None
