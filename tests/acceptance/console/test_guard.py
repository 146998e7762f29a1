"""Who may reach the console."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from tests.fakes.console import ConsoleWorld

Client = TestClient[web.Request, web.Application]
SAYING = {"as": "lina", "in": None, "text": "帮助"}


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "10.0.0.7", ""]
)
@pytest.mark.parametrize("path", ["/", "/console/state", "/console/feed", "/console/assets/console.js"])
async def test_another_name_for_this_machine_is_refused(client: Client, host: str, path: str):
    response = await client.get(path, headers={"Host": host})

    assert response.status == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8080", "LOCALHOST", "[::1]:8080"])
async def test_loopback_by_any_of_its_names_is_served(client: Client, host: str):
    assert (await client.get("/console/state", headers={"Host": host})).status == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://localhost:3000", "null", "https://127.0.0.1:8080", ""]
)
async def test_a_post_from_another_page_does_nothing(client: Client, lone: ConsoleWorld, origin: str):
    headers = {"Origin": origin, "Host": "127.0.0.1:8080"}

    said = await client.post("/console/say", json=SAYING, headers=headers)
    moved = await client.post("/console/clock", json={"advance_s": 60}, headers=headers)

    assert (said.status, moved.status) == (403, 403)
    assert lone.bot.heard == []
    assert lone.now.minute == 0


async def test_the_page_itself_and_programs_may_post(client: Client, lone: ConsoleWorld):
    own = {"Origin": "http://127.0.0.1:8080", "Host": "127.0.0.1:8080"}

    assert (await client.post("/console/say", json=SAYING, headers=own)).status == 200
    assert (await client.post("/console/say", json=SAYING)).status == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_what_a_form_of_another_page_could_send_is_refused(
    client: Client, lone: ConsoleWorld, kind: str
):
    body = '{"as": "lina", "in": null, "text": "确认"}'

    response = await client.post("/console/say", data=body, headers={"Content-Type": kind})

    assert (response.status, "application/json" in (await response.json())["error"]) == (400, True)
    assert lone.bot.heard == []
