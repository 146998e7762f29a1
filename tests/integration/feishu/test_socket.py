"""The long connection: what only it has. The other side is a server of ours that behaves like Feishu."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from bot.platforms.feishu import frames, socket
from bot.platforms.feishu.api import FeishuApi
from bot.platforms.feishu.endpoint import Endpoint
from bot.platforms.feishu.frames import Frame
from bot.platforms.feishu.line import acknowledged
from bot.platforms.feishu.reception import Reception
from bot.platforms.feishu.socket import LongConnection
from tests.fakes.feishu_lines import SERVICE, answer_in
from tests.fakes.feishu_server import FeishuServer
from tests.integration.feishu.conftest import Desk, until


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits a second for the next attempt here; how long it is in earnest, a unit test says."""
    monkeypatch.setattr(socket, "pause", lambda failures, chance: 0.02)
    monkeypatch.setattr(socket, "LONGEST_PAUSE", 0.05)


@pytest.fixture
async def connection(
    feishu: FeishuServer, reception: Reception, api: FeishuApi
) -> AsyncIterator[LongConnection]:
    made = LongConnection(api.endpoint, reception.take)
    async with made.running():
        await opened(feishu)
        yield made


async def opened(feishu: FeishuServer, count: int = 1) -> None:
    """Until so many connections were opened in all, and one stands."""
    await until(lambda: feishu.lines.opened >= count and feishu.lines.open)


@pytest.mark.usefixtures("connection")
async def test_it_pings_at_once_and_then_as_often_as_it_is_told(feishu: FeishuServer) -> None:
    await until(lambda: feishu.lines.pings == 1)
    feishu.lines.ping_s = 1
    await feishu.lines.hang_up()

    await opened(feishu, 2)
    await until(lambda: feishu.lines.pings >= 4)


@pytest.mark.usefixtures("connection")
async def test_after_any_close_it_is_opened_again(feishu: FeishuServer, desk: Desk) -> None:
    await feishu.lines.hang_up()
    await opened(feishu, 2)
    await feishu.lines.cut()
    await opened(feishu, 3)
    await feishu.lines.cut(half=b"\x82\x7e\x01\x00half a frame")
    await opened(feishu, 4)

    assert (await feishu.say("lina", "待办")).answer == {}
    assert len(desk.heard) == 1


async def test_a_silent_line_is_given_up(feishu: FeishuServer, reception: Reception, api: FeishuApi) -> None:
    """Its other end may be gone for long without anybody having said so."""
    feishu.lines.ping_s, feishu.lines.mute = 1, True
    async with LongConnection(api.endpoint, reception.take).running():
        await opened(feishu, 2)


@pytest.mark.usefixtures("connection")
async def test_what_was_under_way_when_the_line_broke_comes_again_and_is_one(
    feishu: FeishuServer, desk: Desk
) -> None:
    desk.takes = timedelta(milliseconds=200)
    feishu.resends = (0.5, 0.5)
    said = asyncio.create_task(feishu.say("lina", "待办"))
    await until(lambda: desk.heard)

    await feishu.lines.cut()
    await opened(feishu, 2)

    assert (await said).answer == {}
    assert len(desk.heard) == len(desk.late) == 1


async def test_closing_finishes_and_confirms_what_is_under_way(
    feishu: FeishuServer, reception: Reception, api: FeishuApi, desk: Desk
) -> None:
    desk.takes = timedelta(milliseconds=200)
    feishu.resends = ()
    async with LongConnection(api.endpoint, reception.take).running():
        await opened(feishu)
        said = asyncio.create_task(feishu.say("lina", "待办"))
        await until(lambda: desk.heard)

    assert (await said).answer == {}
    await until(lambda: not feishu.lines.open)


@pytest.mark.usefixtures("connection")
async def test_copies_on_one_line_are_one(feishu: FeishuServer, desk: Desk) -> None:
    said = feishu.platform.text("lina", "确认")

    assert answer_in(await feishu.lines.deliver(said, copies=3)) == {}
    await until(lambda: len(desk.late) == 1)

    assert len(desk.heard) == 1


async def test_of_several_connections_each_event_is_heard_by_one(
    feishu: FeishuServer, reception: Reception, api: FeishuApi, desk: Desk
) -> None:
    async with AsyncExitStack() as stack:
        for _ in range(3):
            await stack.enter_async_context(LongConnection(api.endpoint, reception.take).running())
        await opened(feishu, 3)
        await asyncio.gather(*(feishu.say("lina", f"查单 {number}") for number in range(30)))

    assert len(desk.heard) == len({message.key for message in desk.heard}) == 30


async def test_one_too_many_says_so_and_waits_for_room(
    feishu: FeishuServer, reception: Reception, api: FeishuApi, caplog: pytest.LogCaptureFixture
) -> None:
    feishu.lines.most = 0
    async with LongConnection(api.endpoint, reception.take).running():
        await until(lambda: "long connection ended" in caplog.text)
        feishu.lines.most = 1
        await opened(feishu)
    (first, *_) = [record for record in caplog.records if record.message == "long connection ended"]
    assert "50" in first.__dict__["reason"]


@pytest.mark.parametrize("code", [1, 403, 514, 1000040343, 1000040350])
async def test_no_refusal_is_for_ever(
    feishu: FeishuServer, reception: Reception, api: FeishuApi, code: int
) -> None:
    feishu.lines.refusals.extend([code, code])
    async with LongConnection(api.endpoint, reception.take).running():
        await opened(feishu)


async def test_a_refused_handshake_shows_no_address(
    feishu: FeishuServer, reception: Reception, api: FeishuApi, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async def wrong():
        right = await api.endpoint()
        feishu.lines.refusals.clear()
        return type(right)(right.url.replace("made-up-ticket", "made-up-old-ticket"), right.service)

    async with LongConnection(wrong, reception.take).running():
        await until(lambda: "long connection ended" in caplog.text)

    record = next(one for one in caplog.records if one.message == "long connection ended")
    assert record.__dict__["reason"] == "handshake refused: 403 514"
    assert not any("ticket" in str(one.__dict__) for one in caplog.records if one.name.startswith("bot."))


async def test_not_even_a_bug_makes_it_deaf(
    feishu: FeishuServer, reception: Reception, api: FeishuApi, caplog: pytest.LogCaptureFixture
) -> None:
    endpoint = await api.endpoint()
    bugs = [ZeroDivisionError("made-up-secret")]

    async def ask() -> Endpoint:
        if bugs:
            raise bugs.pop()
        return endpoint

    async with LongConnection(ask, reception.take).running():
        await opened(feishu)

    (record,) = [one for one in caplog.records if one.message == "long connection ended"]
    assert record.__dict__["reason"].startswith("ZeroDivisionError in ask, line ")


@pytest.mark.usefixtures("connection")
async def test_nonsense_on_the_line_costs_nothing(feishu: FeishuServer, desk: Desk) -> None:
    (line,) = feishu.lines.open
    for data in (
        b"",
        b"\xff" * 50,
        frames.encode(Frame(frames.DATA, SERVICE, (("type", "event"), ("message_id", "m")), b"[" * 9999)),
        frames.encode(Frame(frames.DATA, SERVICE, (("type", "event"), ("message_id", "m")), b"[]")),
        frames.encode(Frame(frames.CONTROL, SERVICE, (("type", "pong"),), b"{")),
        frames.encode(Frame(7, SERVICE, (("sum", "3"), ("seq", "9"), ("message_id", "m")))),
    ):
        await line.send_bytes(data)
    await line.send_str("text")

    assert (await feishu.say("lina", "待办")).attempts == 1
    assert (len(desk.heard), feishu.lines.opened) == (1, 1)


async def test_it_says_since_when_it_is_open_or_why_it_is_not(
    feishu: FeishuServer, reception: Reception, api: FeishuApi
) -> None:
    made = LongConnection(api.endpoint, reception.take)
    assert await made.probe() == "warning: not open for 0 s: not begun"
    async with made.running():
        await opened(feishu)
        assert await made.probe() == "ok, open for 0 s"
        feishu.lines.most = 0
        await feishu.lines.hang_up()
        await until(lambda: "1000040350" in made._reason)
        assert (await made.probe()).startswith("warning: not open for 0 s: 这个应用的长连接太多了")


def test_an_acknowledgement_is_the_frame_back() -> None:
    frame = Frame(frames.DATA, SERVICE, (("type", "event"), ("message_id", "m")), b"{}", sequence=5, log=6)

    good, again = acknowledged(frame, {}, 12), acknowledged(frame, None, 0)
    shown = acknowledged(frame, {"toast": {"content": "好"}}, 12)

    assert (good.sequence, good.log, good.service, good.method) == (5, 6, SERVICE, frames.DATA)
    assert good.headers == (("type", "event"), ("message_id", "m"), ("biz_rt", "12"))
    assert json.loads(good.payload) == {"code": 200}
    assert json.loads(again.payload) == {"code": 500}
    assert answer_in(json.loads(shown.payload)) == {"toast": {"content": "好"}}
