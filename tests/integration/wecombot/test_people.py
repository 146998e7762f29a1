"""Encrypted ids: looked up once with the app's token, kept, and no colleague taken for a stranger by an outage."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.platforms.http import open_http
from bot.platforms.wecom.api import WecomApi
from bot.platforms.wecombot.people import People
from domain.sending import TryLater
from storage.chats import SqlAliases
from storage.engine import Database
from tests.fakes.wecom_server import Fault, WecomServer
from tests.fakes.wecombot_chat import BOT
from tests.integration.wecombot.conftest import clock

PATH = "batch/openuserid_to_userid"


@pytest.fixture
async def app() -> AsyncIterator[WecomServer]:
    async with WecomServer() as server:
        server.api.open_ids = {"woAJ2GCAAAd1": "LiNa"}
        yield server


@pytest.fixture
async def people(app: WecomServer, database: Database) -> AsyncIterator[People]:
    async with open_http(timedelta(seconds=1)) as http:
        yield made(app, database, WecomApi(app.app, http, clock))


def made(app: WecomServer, database: Database, api: WecomApi | None) -> People:
    """Who knows only `keeper` from the staff's table."""
    return People(BOT, lambda user_id: user_id.lower() == "keeper", SqlAliases(database), clock, api)


async def test_an_encrypted_id_is_looked_up_once_and_kept_for_the_next_process(
    app: WecomServer, people: People, database: Database
):
    assert await people.resolve("woAJ2GCAAAd1") == "LiNa"
    assert await people.resolve("woAJ2GCAAAd1") == "LiNa"
    async with open_http(timedelta(seconds=1)) as http:
        another = made(app, database, WecomApi(app.app, http, clock))
        assert await another.resolve("woAJ2GCAAAd1") == "LiNa"

    assert app.api.calls.count(PATH) == 1


async def test_nobody_is_asked_about_ids_that_the_table_knows_or_people_of_another_corp(
    app: WecomServer, people: People
):
    assert await people.resolve("Keeper") == "Keeper"
    assert await people.resolve("ww2/lina") == "ww2/lina"
    assert app.api.calls == []


async def test_whom_wecom_does_not_know_stays_a_stranger_and_is_not_asked_about_again_at_once(
    app: WecomServer, people: People
):
    assert await people.resolve("woUnknown") == "woUnknown"
    assert await people.resolve("woUnknown") == "woUnknown"

    assert app.api.calls.count(PATH) == 1


async def test_while_wecom_cannot_be_asked_the_message_waits(app: WecomServer, people: People):
    app.api.fault(PATH, Fault.BUSY)

    with pytest.raises(TryLater):
        await people.resolve("woAJ2GCAAAd1")
    assert await people.resolve("woAJ2GCAAAd1") == "LiNa"


@pytest.mark.parametrize("code", [60020, 48002, 40001])
async def test_an_app_that_may_not_ask_leaves_ids_as_they_are(app: WecomServer, people: People, code: int):
    app.api.fault(PATH, code)

    assert await people.resolve("woAJ2GCAAAd1") == "woAJ2GCAAAd1"


async def test_without_an_app_an_id_is_what_it_is(app: WecomServer, database: Database):
    assert await made(app, database, None).resolve("woAJ2GCAAAd1") == "woAJ2GCAAAd1"
