"""Files through the console's door."""

import io
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from domain.files import LARGEST
from tests.fakes.console import ConsoleWorld

Client = TestClient[web.Request, web.Application]
BYTES = {"Content-Type": "application/octet-stream"}


async def send(
    client: Client, data: bytes, query: dict[str, str], headers: dict[str, str] = BYTES
) -> tuple[int, Any]:
    response = await client.post("/console/file", params=query, data=io.BytesIO(data), headers=headers)
    return response.status, await response.json()


async def test_a_file_is_handed_on_with_its_name_and_answered(client: Client, lone: ConsoleWorld):
    status, answer = await send(
        client, b"a,b\x00", {"as": "Lina", "in": "sales", "name": "订单.csv", "key": "k-1"}
    )

    assert (status, answer["reply"]["text"]) == (200, "听到了:")
    (message,) = lone.bot.heard
    assert (message.sender, message.place, message.kind, message.text) == ("lina", "sales", "file", "")
    assert message.attachment is not None
    assert (message.attachment.name, message.attachment.data) == ("订单.csv", b"a,b\x00")
    assert str(message.key) == "console:console:lina/k-1"
    assert "a,b" not in repr(message)


async def test_bytes_beyond_what_is_taken_are_not_handed_on(client: Client, lone: ConsoleWorld):
    assert (await send(client, b"x" * LARGEST, {"as": "lina", "name": "a"}))[0] == 200
    assert (await send(client, b"x" * (LARGEST + 1), {"as": "lina", "name": "b"}))[0] == 200

    fits, large = lone.bot.heard
    assert fits.attachment is not None
    assert large.attachment is not None
    assert (len(fits.attachment.data or b""), large.attachment.data) == (LARGEST, None)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"name": "a.csv"}, '"as"'),
        ({"as": "lina"}, '"name"'),
        ({"as": "lina", "name": " "}, '"name" 不能为空'),
        ({"as": "lina", "name": "a", "in": "nowhere"}, "没有"),
        ({"as": "x" * 201, "name": "a"}, "最多"),
    ],
)
async def test_what_is_missing_is_said(client: Client, lone: ConsoleWorld, query: dict[str, str], words: str):
    status, answer = await send(client, b"a,b", query)

    assert (status, words in answer["error"]) == (400, True)
    assert lone.bot.heard == []


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/json"]
)
async def test_what_a_form_of_another_page_could_send_is_refused(
    client: Client, lone: ConsoleWorld, kind: str
):
    status, answer = await send(client, b"a,b", {"as": "lina", "name": "a"}, {"Content-Type": kind})

    assert (status, "application/octet-stream" in answer["error"]) == (400, True)
    assert lone.bot.heard == []


async def test_another_page_sends_nothing(client: Client, lone: ConsoleWorld):
    status, _ = await send(
        client, b"a,b", {"as": "lina", "name": "a"}, {**BYTES, "Origin": "http://evil.example"}
    )

    assert status == 403
    assert lone.bot.heard == []
