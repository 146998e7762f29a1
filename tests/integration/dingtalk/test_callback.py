"""Both addresses of HTTP mode over real connections. What is said is a stand-in here."""

import asyncio
import dataclasses
import io
import json
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web

from bot.metrics import Metrics
from bot.middleware import observed
from bot.platforms.dingtalk import door as doors
from bot.platforms.dingtalk.api import DingTalkApi
from bot.platforms.dingtalk.cardroom import CardRoom
from bot.platforms.dingtalk.door import Desk as DoorDesk
from bot.platforms.dingtalk.door import HttpDoor
from bot.platforms.dingtalk.sender import GroupSender
from bot.platforms.http import Http
from domain.sending import Rendered
from handlers.message import Reply
from tests.fakes.dingtalk_api import Fault
from tests.fakes.dingtalk_desk import Desk, Owed
from tests.fakes.dingtalk_server import DingTalkServer
from tests.integration.dingtalk.conftest import clock


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def owed() -> Owed:
    return Owed()


@pytest.fixture(autouse=True)
async def door(dingtalk: DingTalkServer, http: Http, desk: Desk, owed: Owed) -> AsyncIterator[HttpDoor]:
    """Listening; where it does is what DingTalk is told as the public address."""
    app = web.Application(middlewares=[observed(Metrics())])
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    port = free()
    dingtalk.callback = f"http://127.0.0.1:{port}"
    dingtalk.app = dataclasses.replace(dingtalk.app, public_url=dingtalk.callback)
    made = HttpDoor(dingtalk.app, DoorDesk(desk.answer, owed, lambda chat: chat, clock, http, {}))
    made.mount(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    async with made.running():
        yield made
    await runner.cleanup()


def free() -> int:
    from tests.served import free_port

    return free_port()


async def post(url: str, headers: Mapping[str, str], body: bytes) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, headers=headers, data=io.BytesIO(body)) as response,
    ):
        assert response.status == 200 or await response.read() == b""
        return response.status


async def test_what_is_said_is_confirmed_and_answered(
    dingtalk: DingTalkServer, desk: Desk, owed: Owed
) -> None:
    confirmed = await dingtalk.say("LiNa", "罐装可乐20箱", "cid1")

    assert (confirmed.status, confirmed.body) == (200, {"msgtype": "empty"})
    async with asyncio.timeout(5):
        while not owed.done:  # noqa: ASYNC110 - the other side is a server
            await asyncio.sleep(0.01)
    assert dingtalk.inbox.said_in("cid1") == ["好"]


async def test_a_copy_is_one_message(dingtalk: DingTalkServer, desk: Desk) -> None:
    document = dingtalk.platform.text("LiNa", "确认")

    answers = await asyncio.gather(*(dingtalk.send(document) for _ in range(4)))

    assert {one.status for one in answers} == {200}
    assert len(desk.heard) == 1


@pytest.mark.parametrize("skew", [-360.0, 360.0])
async def test_a_clock_six_minutes_off_is_not_believed(
    dingtalk: DingTalkServer, desk: Desk, skew: float, caplog: pytest.LogCaptureFixture
) -> None:
    dingtalk.skew = skew

    assert (await dingtalk.say("LiNa", "确认")).status == 400
    assert desk.heard == []
    assert [record.__dict__["reason"] for record in caplog.records] == ["timestamp too old or too new"]


async def test_a_forgery_is_a_400_without_a_word(dingtalk: DingTalkServer, desk: Desk) -> None:
    request = dingtalk.platform.request(dingtalk.platform.text("LiNa", "确认"))
    url = f"{dingtalk.callback}/dingtalk/callback"

    for headers, body in (
        ({**request.headers, "sign": "0" * 44}, request.body),
        ({}, request.body),
        ({**request.headers, "timestamp": "1577262236757"}, request.body),
        (request.headers, b""),
        (request.headers, b"[]"),
        (request.headers, b"[" * 100_000),
        (request.headers, request.body + b" " * (1 << 20)),
        (request.headers, json.dumps({"msgId": "m", "msgtype": "text"}).encode()),
    ):
        assert await post(url, headers, body) == 400
    assert desk.heard == []


async def test_what_takes_too_long_is_refused_and_done_all_the_same(
    dingtalk: DingTalkServer, desk: Desk, owed: Owed
) -> None:
    desk.takes = doors.CONFIRMED + timedelta(seconds=0.2)
    document = dingtalk.platform.text("LiNa", "确认")

    assert (await dingtalk.send(document, within=4)).status == 503
    assert (await dingtalk.send(document, within=4)).status == 200
    assert len(desk.heard) == 1


@pytest.fixture
async def cards(dingtalk: DingTalkServer, api: DingTalkApi) -> GroupSender:
    async with asyncio.timeout(5):
        while not dingtalk.api.routes_of_cards:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    room = CardRoom(dingtalk.app, api, lambda user: (user, user))
    return GroupSender(dingtalk.app, api, room)


async def test_a_press_is_said_and_its_answer_shown_to_whoever_pressed(
    dingtalk: DingTalkServer, cards: GroupSender, desk: Desk, owed: Owed
) -> None:
    await cards.send("", "cid1", Rendered("订单 17", buttons=(("通过", "通过 17 @3"),)), "n1")
    card = dingtalk.card("通过")
    desk.reply = Reply("**#17** 已通过")

    pressed = await dingtalk.press(card, "通过", "HeTing")

    assert pressed.status == 200
    (message,) = desk.heard
    assert (message.sender, message.text, message.chat) == ("heting", "通过 17 @3", "cid1")
    assert card.private == {"HeTing": {"answer": "#17 已通过"}}
    assert card.labels() == ["通过"]  # whoever may not decide must not take the buttons from the others
    assert [reply.text for reply in owed.held.values()] == ["**#17** 已通过"]


async def test_a_press_too_slow_for_two_seconds_is_done_all_the_same(
    dingtalk: DingTalkServer, cards: GroupSender, desk: Desk, owed: Owed
) -> None:
    await cards.send("", "cid1", Rendered("订单 17", buttons=(("通过", "通过 17 @3"),)), "n1")
    desk.takes = doors.PRESSED + timedelta(seconds=0.2)

    assert (await dingtalk.press(dingtalk.card("通过"), "通过", "HeTing")).status == 503
    await asyncio.sleep(0.4)

    assert len(desk.heard) == 1
    assert len(owed.held) == 1


async def test_a_forged_press_is_refused(dingtalk: DingTalkServer, cards: GroupSender, desk: Desk) -> None:
    press = dingtalk.platform.press("HeTing", "n1", {"cardPrivateData": {"params": {"say": "通过 17"}}})
    for secret in ("", dingtalk.app.app_secret, "0" * 32):
        request = dingtalk.platform.press_request(press, secret)
        assert await post(f"{dingtalk.callback}/dingtalk/card", request.headers, request.body) == 400
    assert desk.heard == []


async def test_where_presses_go_is_told_again_until_it_is_heard(
    dingtalk: DingTalkServer, api: DingTalkApi
) -> None:
    from bot.platforms.dingtalk.registration import registered

    dingtalk.api.routes_of_cards.clear()
    dingtalk.api.fault("card/callbacks/register", Fault.BUSY, times=2)
    async with registered(dingtalk.app, api, again=0.02):
        async with asyncio.timeout(5):
            while not dingtalk.api.routes_of_cards:  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    ((route, (url, secret)),) = dingtalk.api.routes_of_cards.items()
    assert (route, url) == (dingtalk.app.card_route, f"{dingtalk.callback}/dingtalk/card")
    assert secret == dingtalk.app.card_secret != dingtalk.app.app_secret
