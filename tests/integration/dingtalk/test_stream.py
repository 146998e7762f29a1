"""Stream connections over real sockets: opened, pinged, split, broken, drained. What is said is a stand-in here."""

import asyncio
import dataclasses
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import cast

import pytest

from bot.platforms.dingtalk import connection as streams
from bot.platforms.dingtalk.door import Desk as DoorDesk
from bot.platforms.dingtalk.door import StreamDoor
from bot.platforms.dingtalk.gateway import entrance
from bot.platforms.dingtalk.stream import Pace
from bot.platforms.http import Answer, Http
from domain.sending import Misconfigured, TryLater
from handlers.message import Reply
from tests.fakes.dingtalk_api import Fault
from tests.fakes.dingtalk_desk import Desk, Owed
from tests.fakes.dingtalk_gateway import Connection
from tests.fakes.dingtalk_server import MESSAGES, PRESSES, Confirmed, DingTalkServer
from tests.integration.dingtalk.conftest import clock

QUICK = Pace(opening=2.0, draining=1.0, closing=1.0, first_pause=0.05, longest_pause=0.2, sound=0.5)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def owed() -> Owed:
    return Owed()


@asynccontextmanager
async def listening(
    dingtalk: DingTalkServer, http: Http, desk: Desk, owed: Owed, connections: int = 1
) -> AsyncIterator[None]:
    behind = DoorDesk(desk.answer, owed, lambda chat: chat, clock, http, {})
    async with StreamDoor(dingtalk.app, behind, connections=connections, pace=QUICK).running():
        yield


@pytest.fixture
async def line(dingtalk: DingTalkServer, http: Http, desk: Desk, owed: Owed) -> AsyncIterator[None]:
    """One connection, standing."""
    async with listening(dingtalk, http, desk, owed):
        await dingtalk.gateway.standing(1)
        yield


on_a_line = pytest.mark.usefixtures("line")


async def gone(dingtalk: DingTalkServer, line: Connection) -> None:
    """Wait until this line is closed."""
    async with asyncio.timeout(5):
        while line in dingtalk.gateway.connections:  # noqa: ASYNC110 - the other side is a server
            await asyncio.sleep(0.01)


async def said(dingtalk: DingTalkServer, count: int) -> None:
    """Wait until so many answers were said."""
    async with asyncio.timeout(5):
        while len(dingtalk.inbox.shown) < count:  # noqa: ASYNC110 - the other side is a server
            await asyncio.sleep(0.01)


@on_a_line
async def test_what_is_said_is_confirmed_and_answered(
    dingtalk: DingTalkServer, desk: Desk, owed: Owed
) -> None:
    confirmed = await dingtalk.say("LiNa", "罐装可乐20箱", "cid1")

    assert (confirmed.status, confirmed.body) == (200, {"response": None})
    await said(dingtalk, 1)
    assert dingtalk.inbox.said_in("cid1") == ["好"]
    (message,) = desk.heard
    assert (message.sender, message.text, message.chat) == ("lina", "罐装可乐20箱", "cid1")
    assert owed.released == []


@on_a_line
async def test_it_asks_for_messages_and_presses(dingtalk: DingTalkServer) -> None:
    assert {str(one["topic"]) for one in dingtalk.gateway.subscribed} == {  # type: ignore[index]
        "/v1.0/im/bot/messages/get",
        "/v1.0/card/instances/callback",
    }


@on_a_line
async def test_a_ping_is_answered_while_work_is_under_way(dingtalk: DingTalkServer, desk: Desk) -> None:
    desk.takes = timedelta(seconds=0.5)
    saying = asyncio.create_task(dingtalk.say("LiNa", "待办"))
    await asyncio.sleep(0.1)

    answered = await asyncio.wait_for(dingtalk.gateway.ping(dingtalk.gateway.connections[0]), 0.3)

    assert answered["code"] == 200
    assert (await saying).status == 200


@on_a_line
async def test_nothing_is_confirmed_before_it_is_done(dingtalk: DingTalkServer, desk: Desk) -> None:
    desk.takes = timedelta(seconds=0.6)
    document = dingtalk.platform.text("LiNa", "待办")

    assert (await dingtalk.send(document, within=0.2)).status == 0
    assert (await dingtalk.send(document, within=2)).status == 200  # joins the work
    assert len(desk.heard) == 1
    await said(dingtalk, 1)
    await asyncio.sleep(0.1)
    assert len(dingtalk.inbox.shown) == 1


@on_a_line
async def test_a_frame_in_two_pieces_is_one(dingtalk: DingTalkServer, desk: Desk) -> None:
    document = dingtalk.platform.text("LiNa", "待办")

    assert await dingtalk.gateway.push(MESSAGES, document, split=True)
    assert len(desk.heard) == 1


@on_a_line
async def test_an_unknown_topic_is_said_to_be_unknown(dingtalk: DingTalkServer, desk: Desk) -> None:
    confirmed = await dingtalk.gateway.push("/v1.0/nothing", {"a": 1})

    assert confirmed is not None
    assert confirmed["code"] == 404


@on_a_line
@pytest.mark.parametrize(
    "document",
    [{}, {"msgtype": "text"}, {"msgId": "m", "msgtype": "text", "senderStaffId": "x", "robotCode": "y"}],
)
async def test_what_is_no_message_is_confirmed_and_logged(
    dingtalk: DingTalkServer, desk: Desk, document: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    confirmed = await dingtalk.gateway.push(MESSAGES, document)

    assert confirmed is not None
    assert confirmed["code"] == 200
    assert desk.heard == []
    assert [record.message for record in caplog.records] == ["push rejected"]


@on_a_line
async def test_a_bug_costs_its_own_message_only(
    dingtalk: DingTalkServer, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.failures.append(ZeroDivisionError())

    assert (await dingtalk.say("LiNa", "待办")).status == 500
    assert (await dingtalk.say("LiNa", "待办")).status == 200
    assert [record.message for record in caplog.records if record.exc_info] == ["push failed"]


@on_a_line
async def test_noise_is_borne_for_a_while_and_then_the_line_is_renewed(
    dingtalk: DingTalkServer, desk: Desk
) -> None:
    (noisy,) = dingtalk.gateway.connections
    for _ in range(streams.MOST_BROKEN - 1):
        await noisy.socket.send_str("{")
    assert (await dingtalk.say("LiNa", "待办")).status == 200

    await noisy.socket.send_str("[]")
    await gone(dingtalk, noisy)
    await dingtalk.gateway.standing(1)

    assert (await dingtalk.say("LiNa", "待办")).status == 200


@on_a_line
async def test_a_frame_too_long_ends_its_line_only(dingtalk: DingTalkServer, desk: Desk) -> None:
    (line,) = dingtalk.gateway.connections
    await line.socket.send_str("x" * (streams.LONGEST + 1))
    await gone(dingtalk, line)

    await dingtalk.gateway.standing(1)
    assert (await dingtalk.say("LiNa", "待办")).status == 200


@on_a_line
async def test_a_line_that_breaks_in_the_middle_of_a_frame_is_renewed(
    dingtalk: DingTalkServer, desk: Desk
) -> None:
    for _ in range(3):
        (line,) = dingtalk.gateway.connections
        line.break_off()
        await gone(dingtalk, line)
        await dingtalk.gateway.standing(1)

    assert (await dingtalk.say("LiNa", "待办")).status == 200
    assert dingtalk.gateway.opened == dingtalk.gateway.asked == 4  # each ticket opens one


@on_a_line
async def test_a_clean_close_is_renewed_too(dingtalk: DingTalkServer) -> None:
    (line,) = dingtalk.gateway.connections
    await line.socket.close(code=1000)

    await dingtalk.gateway.standing(1)
    assert (await dingtalk.say("LiNa", "待办")).status == 200


@on_a_line
async def test_a_line_that_will_be_closed_is_replaced_first_and_read_to_its_end(
    dingtalk: DingTalkServer, desk: Desk
) -> None:
    (old,) = dingtalk.gateway.connections
    dingtalk.gateway.closing_after = 0.6
    desk.takes = timedelta(seconds=0.2)
    before = asyncio.create_task(
        dingtalk.gateway.push(MESSAGES, dingtalk.platform.text("LiNa", "一"), to=old)
    )
    await asyncio.sleep(0.05)

    await dingtalk.gateway.disconnect(old)
    await dingtalk.gateway.standing(1, within=0.4)
    after = await dingtalk.gateway.push(MESSAGES, dingtalk.platform.text("LiNa", "二"), to=old)

    assert (await before) is not None
    assert after is not None
    assert [message.text for message in desk.heard] == ["一", "二"]


@on_a_line
async def test_a_line_that_was_announced_and_never_closed_is_left(dingtalk: DingTalkServer) -> None:
    (old,) = dingtalk.gateway.connections
    dingtalk.gateway.closing_after = 3600

    await dingtalk.gateway.disconnect(old)

    await gone(dingtalk, old)


async def test_with_two_lines_one_always_listens(
    dingtalk: DingTalkServer, http: Http, desk: Desk, owed: Owed
) -> None:
    async with listening(dingtalk, http, desk, owed, connections=2):
        await dingtalk.gateway.standing(2)
        dingtalk.gateway.connections[0].break_off()

        for number in range(5):
            assert (await dingtalk.say("LiNa", str(number))).status == 200


@pytest.mark.parametrize("fault", [Fault.HANGS, Fault.PAGE, Fault.BUSY, Fault.BANNED, Fault.DROPPED, 429])
async def test_a_gateway_that_does_not_open_is_asked_again(
    dingtalk: DingTalkServer,
    http: Http,
    desk: Desk,
    owed: Owed,
    fault: Fault | int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    dingtalk.gateway.faults.append(fault)
    async with listening(dingtalk, http, desk, owed):
        await dingtalk.gateway.standing(1)

        assert (await dingtalk.say("LiNa", "待办")).status == 200
    assert any(record.message == "stream not open" for record in caplog.records)


async def test_a_wrong_secret_is_told_in_words_and_never_shown(
    dingtalk: DingTalkServer, http: Http, desk: Desk, owed: Owed, caplog: pytest.LogCaptureFixture
) -> None:
    dingtalk.gateway.faults.append(401)
    async with listening(dingtalk, http, desk, owed):
        await dingtalk.gateway.standing(1)

    (reason,) = [
        record.__dict__["reason"] for record in caplog.records if record.message == "stream not open"
    ]
    assert "APP_SECRET" in reason
    assert dingtalk.app.app_secret not in caplog.text


async def test_no_ticket_is_ever_written_down(
    dingtalk: DingTalkServer, http: Http, desk: Desk, owed: Owed, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with listening(dingtalk, http, desk, owed):
        await dingtalk.gateway.standing(1)
        dingtalk.gateway.connections[0].break_off()
        await asyncio.sleep(0.3)

    assert "ticket" not in caplog.text


async def test_at_the_end_what_is_under_way_is_confirmed(
    dingtalk: DingTalkServer, http: Http, desk: Desk, owed: Owed
) -> None:
    desk.takes = timedelta(seconds=0.3)
    async with listening(dingtalk, http, desk, owed):
        await dingtalk.gateway.standing(1)
        saying = asyncio.create_task(dingtalk.say("LiNa", "待办"))
        await asyncio.sleep(0.1)

    assert (await saying).status == 200
    assert dingtalk.inbox.said_in("LiNa") == ["好"]


@on_a_line
async def test_silence_is_confirmed_and_owes_nothing(
    dingtalk: DingTalkServer, desk: Desk, owed: Owed
) -> None:
    desk.reply = Reply("")

    assert (await dingtalk.say("LiNa", "哈哈")).status == 200
    assert owed.held == {}


async def test_what_comes_while_it_ends_is_not_begun(
    dingtalk: DingTalkServer, http: Http, desk: Desk, owed: Owed
) -> None:
    desk.takes = timedelta(seconds=0.4)
    async with listening(dingtalk, http, desk, owed):
        await dingtalk.gateway.standing(1)
        saying = asyncio.create_task(dingtalk.say("LiNa", "一"))
        await asyncio.sleep(0.1)
        late = asyncio.create_task(_after(0.15, dingtalk.say("LiNa", "二")))

    assert (await saying).status == 200
    assert (await late).status == 0
    assert [message.text for message in desk.heard] == ["一"]


async def _after(seconds: float, saying: Coroutine[None, None, Confirmed]) -> Confirmed:
    await asyncio.sleep(seconds)
    return await saying


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({}, "没有 Stream 的地址"),
        ({"endpoint": "wss://x", "ticket": 7.5}, "没有 Stream 的地址"),
        ({"endpoint": "http://x", "ticket": "t"}, "wss"),
        ({"endpoint": "ws://x", "ticket": "t"}, "wss"),
    ],
)
async def test_a_line_is_opened_only_where_nobody_else_can_listen(
    dingtalk: DingTalkServer, answer: dict[str, object], said: str
) -> None:
    class Told:
        async def call(self, *_: object, **__: object) -> Answer:
            return Answer(200, answer)

    app = dataclasses.replace(dingtalk.app, api_base="https://api.dingtalk.com")

    with pytest.raises((TryLater, Misconfigured), match=said):
        await entrance(app, cast("Http", Told()))


@on_a_line
async def test_a_press_is_answered_on_the_line(dingtalk: DingTalkServer, desk: Desk) -> None:
    press = dingtalk.platform.press(
        "HeTing", "n1", {"cardPrivateData": {"params": {"say": "通过 17", "chat": ""}}}
    )

    confirmed = await dingtalk.gateway.push(PRESSES, press)

    assert confirmed is not None
    assert confirmed["data"]["response"]["userPrivateData"] == {"cardParamMap": {"answer": "好"}}  # type: ignore[index]
