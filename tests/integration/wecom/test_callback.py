"""The callback address over real connections: deadlines, re-sends, refusals. What is said is a stand-in here."""

import asyncio
import dataclasses
import io
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web

from bot.metrics import Metrics
from bot.middleware import observed
from bot.platforms.wecom.callback import DEADLINE as PATIENCE
from bot.platforms.wecom.callback import WecomCallback
from domain.errors import DatabaseAway
from handlers.message import Button, Message, Reply
from tests.fakes.wecom_server import WecomServer
from tests.integration.wecom.conftest import clock

DEADLINE = timedelta(milliseconds=400)
hurried = pytest.mark.parametrize("callback", [DEADLINE], indirect=True)


class Desk:
    """Answers each message once and gives the recorded reply after that, as the dispatcher does."""

    def __init__(self) -> None:
        self.heard: list[Message] = []
        self.late: list[tuple[str, str]] = []
        self.reply = Reply("好")
        self.takes = timedelta()
        self.failures: list[Exception] = []
        self.outbox_away = False
        self._recorded: dict[str, Reply] = {}

    async def answer(self, message: Message) -> Reply:
        key = str(message.key)
        if key not in self._recorded:
            self.heard.append(message)
            await asyncio.sleep(self.takes.total_seconds())
            if self.failures:
                raise self.failures.pop()
            self._recorded[key] = self.reply
        return self._recorded[key]

    async def bring(self, message: Message, reply: Reply) -> None:
        await asyncio.sleep(0.05)
        if self.outbox_away:
            raise DatabaseAway
        self.late.append((message.sender, reply.text))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@asynccontextmanager
async def serving(callback: WecomCallback) -> AsyncIterator[str]:
    """The address at which it answers."""
    app = web.Application(middlewares=[observed(Metrics())])
    app.add_routes([web.get("/wecom/callback", callback.get), web.post("/wecom/callback", callback.post)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/wecom/callback"
    await callback.close()
    await runner.cleanup()


@pytest.fixture
async def callback(
    request: pytest.FixtureRequest, wecom: WecomServer, desk: Desk
) -> AsyncIterator[WecomCallback]:
    """Waits as long as it does in earnest, or as long as a test says."""
    patience = getattr(request, "param", PATIENCE)
    made = WecomCallback(wecom.app, desk.answer, desk.bring, clock, deadline=patience)
    async with serving(made) as wecom.callback:
        yield made


pytestmark = pytest.mark.usefixtures("callback")


async def test_saving_the_address_in_the_console_works(wecom: WecomServer) -> None:
    assert await wecom.save_address()
    assert await wecom.save_address("回声 😀")


async def test_what_is_said_is_answered(wecom: WecomServer, desk: Desk) -> None:
    answered = await wecom.say("LiNa", "人民路华联 罐装可乐20箱")

    assert (answered.status, answered.attempts, answered.text) == (200, 1, "好")
    (message,) = desk.heard
    assert (message.sender, message.text, message.kind) == ("lina", "人民路华联 罐装可乐20箱", "text")
    assert abs(message.at - datetime.now(UTC)) < timedelta(minutes=1)


async def test_a_resend_gets_the_first_answer_and_no_second_effect(wecom: WecomServer, desk: Desk) -> None:
    said = wecom.platform.text("LiNa", "确认")
    first = await wecom.send(said)
    desk.reply = Reply("别的")

    assert await wecom.send(said) == first
    assert len(desk.heard) == 1


async def test_the_same_message_on_two_connections_at_once_is_one(wecom: WecomServer, desk: Desk) -> None:
    desk.takes = timedelta(milliseconds=80)
    said = wecom.platform.text("LiNa", "确认")

    answers = await asyncio.gather(*(wecom.send(said) for _ in range(5)))

    assert {(answer.text, answer.attempts) for answer in answers} == {("好", 1)}
    assert len(desk.heard) == 1
    assert desk.late == []


async def test_two_messages_with_the_same_words_are_two(wecom: WecomServer, desk: Desk) -> None:
    await wecom.say("LiNa", "确认")
    await wecom.say("LiNa", "确认")

    assert len(desk.heard) == 2


@hurried
async def test_nothing_is_confirmed_before_it_is_done(wecom: WecomServer, desk: Desk) -> None:
    """What takes longer than an attempt is failed, so that a crash meanwhile loses nothing."""
    desk.takes = DEADLINE * 1.5
    said = wecom.platform.text("LiNa", "待办")

    assert await wecom.attempt(said) == (503, b"")
    status, body = await wecom.attempt(said)

    assert (status, wecom.platform.read(said, body).text) == (200, "好")
    assert len(desk.heard) == 1
    assert desk.late == []


@hurried
async def test_what_outlasts_every_attempt_is_brought_later_and_once(
    wecom: WecomServer, desk: Desk, callback: WecomCallback
) -> None:
    desk.takes = DEADLINE * 3.5
    said = wecom.platform.text("LiNa", "待办")

    answered = await wecom.send(said)
    assert (answered.status, answered.attempts) == (503, 3)
    await asyncio.sleep(DEADLINE.total_seconds())

    assert desk.late == [("lina", "好")]
    assert (await wecom.send(said)).text == ""  # it is on its way; a second copy helps nobody
    await asyncio.sleep(3 * DEADLINE.total_seconds())
    assert (await wecom.send(said)).text == "好"  # no re-send of WeCom's comes so late
    await callback.close()
    assert desk.late == [("lina", "好")]
    assert len(desk.heard) == 1


@hurried
async def test_what_cannot_be_brought_is_there_for_whoever_asks_again(
    wecom: WecomServer, desk: Desk, callback: WecomCallback, caplog: pytest.LogCaptureFixture
) -> None:
    desk.takes, desk.outbox_away = DEADLINE * 1.5, True
    said = wecom.platform.text("LiNa", "待办")
    await wecom.attempt(said)
    await callback.close()

    assert (await wecom.send(said)).text == "好"
    assert [record.message for record in caplog.records if record.exc_info] == ["late reply not queued"]


@hurried
async def test_silence_needs_no_bringing(wecom: WecomServer, desk: Desk, callback: WecomCallback) -> None:
    desk.takes, desk.reply = DEADLINE * 1.5, Reply("")
    await wecom.attempt(wecom.platform.text("LiNa", "哈哈"))

    await callback.close()

    assert desk.late == []


async def test_a_long_reply_that_cannot_be_brought_is_asked_for_again(wecom: WecomServer, desk: Desk) -> None:
    desk.reply, desk.outbox_away = Reply("汉" * 683), True
    said = wecom.platform.text("LiNa", "看板")

    assert (await wecom.attempt(said))[0] == 503
    desk.outbox_away = False
    await wecom.send(said)

    assert [text for _, text in desk.late] == [desk.reply.text]


@hurried
async def test_closing_waits_for_what_is_under_way(
    wecom: WecomServer, desk: Desk, callback: WecomCallback
) -> None:
    desk.takes = DEADLINE * 1.5
    await wecom.attempt(wecom.platform.text("LiNa", "待办"))

    await callback.close()

    assert desk.late == [("lina", "好")]


async def test_a_reply_too_long_for_an_answer_is_brought_whole(wecom: WecomServer, desk: Desk) -> None:
    desk.reply = Reply("汉" * 682 + "ab")
    assert (await wecom.say("LiNa", "看板")).text == desk.reply.text

    desk.reply = Reply("汉" * 683)
    answered = await wecom.say("LiNa", "看板")

    assert (answered.status, answered.text) == (200, "")
    assert desk.late == [("lina", desk.reply.text)]


async def test_buttons_count_when_a_reply_is_measured(wecom: WecomServer, desk: Desk) -> None:
    desk.reply = Reply("汉" * 680, (Button("确认", "确认"),))

    assert (await wecom.say("LiNa", "看板")).text == ""
    assert len(desk.late) == 1


async def test_buttons_come_as_cards_where_that_is_wanted(wecom: WecomServer, desk: Desk) -> None:
    app = dataclasses.replace(wecom.app, reply_cards=True)
    desk.reply = Reply("请核对", (Button("确认", "确认"),))
    async with serving(WecomCallback(app, desk.answer, desk.bring, clock)) as address:
        wecom.callback = address
        answered = await wecom.say("LiNa", "可乐20箱")
        desk.reply = Reply("好")
        plain = await wecom.say("LiNa", "待办")

    assert (answered.status, answered.text, plain.text) == (200, "", "好")
    assert desk.late == [("lina", "请核对")]


async def test_silence_is_an_empty_answer(wecom: WecomServer, desk: Desk) -> None:
    desk.reply = Reply("")

    answered = await wecom.say("LiNa", "哈哈")

    assert (answered.status, answered.attempts, answered.passive.kind) == (200, 1, "")


async def test_a_pressed_button_is_said_and_its_reply_brought(wecom: WecomServer, desk: Desk) -> None:
    pressed = wecom.platform.event(
        "LiNa", "template_card_event", EventKey="通过 17", TaskId="t", ResponseCode="r"
    )

    answered = await wecom.send(pressed)

    assert (answered.passive.kind, answered.text) == ("update_button", "已收到")
    assert [message.text for message in desk.heard] == ["通过 17"]
    assert desk.late == [("lina", "好")]


@pytest.mark.parametrize("kind", ["image", "voice", "video", "location", "link"])
async def test_other_kinds_of_messages_are_answered_too(wecom: WecomServer, desk: Desk, kind: str) -> None:
    answered = await wecom.send(
        wecom.platform.message("LiNa", {"MsgType": kind, "MsgId": wecom.platform.next_id()})
    )

    assert answered.text == "好"
    assert [message.kind for message in desk.heard] == [kind]


@pytest.mark.parametrize(
    "event", ["unsubscribe", "LOCATION", "view", "change_contact", "scancode_push", "no_such"]
)
async def test_what_nobody_asked_is_taken_in_silence(
    wecom: WecomServer, desk: Desk, caplog: pytest.LogCaptureFixture, event: str
) -> None:
    caplog.set_level(logging.INFO)

    answered = await wecom.send(wecom.platform.event("sys", event))

    assert (answered.status, answered.attempts, answered.text) == (200, 1, "")
    assert desk.heard == []
    assert f"event:{event}" in [getattr(record, "kind", "") for record in caplog.records]


async def test_the_database_away_makes_wecom_ask_again(wecom: WecomServer, desk: Desk) -> None:
    desk.failures = [DatabaseAway()]
    said = wecom.platform.text("LiNa", "确认")

    assert (await wecom.attempt(said))[0] == 503
    assert (await wecom.send(said)).text == "好"


async def test_a_bug_is_a_500_and_the_next_attempt_may_do_better(
    wecom: WecomServer, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.failures = [ZeroDivisionError()]
    said = wecom.platform.text("LiNa", "确认")

    assert (await wecom.attempt(said))[0] == 500
    assert (await wecom.send(said)).text == "好"
    assert sum("ZeroDivisionError" in (record.exc_text or "") for record in caplog.records) == 1


@hurried
async def test_a_bug_that_nobody_waits_for_is_logged(
    wecom: WecomServer, desk: Desk, callback: WecomCallback, caplog: pytest.LogCaptureFixture
) -> None:
    desk.takes, desk.failures = DEADLINE * 1.5, [ZeroDivisionError()]
    await wecom.attempt(wecom.platform.text("LiNa", "确认"))

    await callback.close()

    assert [record.levelname for record in caplog.records if record.exc_info] == ["ERROR"]
    assert desk.late == []


async def post(wecom: WecomServer, query: dict[str, str], body: bytes) -> tuple[int, bytes]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(wecom.callback, params=query, data=io.BytesIO(body)) as response,
    ):
        return response.status, await response.read()


async def test_a_forgery_is_a_400_without_a_word_and_one_line_in_the_log(
    wecom: WecomServer, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    genuine = wecom.platform.text("LiNa", "确认")
    forged = {**genuine.query, "msg_signature": "0" * 40}

    for query, body in (
        (forged, genuine.body),
        ({}, genuine.body),
        (dict(genuine.query), b""),
        (dict(genuine.query), b"<!DOCTYPE a><xml/>"),
        (dict(genuine.query), genuine.body + b" " * (1 << 20)),
    ):
        caplog.clear()
        assert await post(wecom, query, body) == (400, b"")
        reasons = [
            record.__dict__["reason"] for record in caplog.records if record.name.endswith("wecom.callback")
        ]
        assert len(reasons) == 1
        assert reasons[0]
    assert desk.heard == []


async def test_a_wrong_check_of_the_address_is_refused(wecom: WecomServer) -> None:
    wecom.platform = type(wecom.platform)(wecom.app, clock=lambda: 1700000000.0)

    assert not await wecom.save_address()


async def test_a_body_that_never_ends_is_given_up(wecom: WecomServer, desk: Desk) -> None:
    port = int(wecom.callback.split(":")[2].split("/")[0])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /wecom/callback HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n<xml>")

    status = await asyncio.wait_for(reader.readline(), timeout=5)

    assert b"400" in status
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize("rest", [b"zz\r\n<xml>", b"5\r\n<xml>\r\nqq\r\n"])
async def test_a_broken_body_harms_nobody(wecom: WecomServer, desk: Desk, rest: bytes) -> None:
    port = int(wecom.callback.split(":")[2].split("/")[0])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = b"POST /wecom/callback HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    writer.write(head + rest)

    assert b" 400 " in await asyncio.wait_for(reader.readline(), timeout=5)
    writer.close()
    await writer.wait_closed()
    assert (await wecom.say("LiNa", "确认")).text == "好"
