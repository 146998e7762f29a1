"""The bot's address over real connections: deadlines, streams, the address for later. What is said is a stand-in."""

import asyncio
import dataclasses
import io
import json
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web

from bot.metrics import Metrics
from bot.middleware import observed
from bot.platforms.http import open_http
from bot.platforms.wecombot.callback import BotCallback, Deadlines
from bot.platforms.wecombot.later import Later
from domain.errors import DatabaseAway
from domain.ports import MessageKey
from handlers.message import Button, Reply
from storage.engine import Database
from storage.intake import SqlIntake
from tests.fakes.wecombot_chat import event, framed
from tests.fakes.wecombot_http import BotCallbacks
from tests.fakes.wecombot_socket import until
from tests.integration.wecombot.conftest import Desk, clock, reception

GROUP = "wrSalesGroup01"
BUTTONS = (Button("确认", "确认 ab2c"), Button("放弃", "放弃 ab2c"))
HURRIED = Deadlines(answer=timedelta(milliseconds=300), asked=timedelta(milliseconds=400))


@pytest.fixture
async def wecom(
    desk: Desk, database: Database, request: pytest.FixtureRequest
) -> AsyncIterator[BotCallbacks]:
    """WeCom, and the bot's address as it is served."""
    async with BotCallbacks() as server, open_http(timedelta(seconds=1)) as http:

        async def recorded(key: MessageKey) -> object:
            reply = desk.recorded.get(str(key))
            return reply.document() if reply else None

        inside = reception(server.bot, database, desk)
        later = Later(http, server.bot.api_base)
        callback = BotCallback(server.bot, inside, recorded, later, HURRIED)  # type: ignore[arg-type]
        app = web.Application(middlewares=[observed(Metrics())])
        app.add_routes([web.get("/wecom/bot", callback.get), web.post("/wecom/bot", callback.post)])
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        server.callback = f"http://127.0.0.1:{runner.addresses[0][1]}/wecom/bot"
        yield server
        await callback.close()
        await runner.cleanup()


async def left(database: Database, wecom: BotCallbacks) -> int:
    """How many messages are kept and not answered."""
    now = clock() + timedelta(hours=1)
    return len(await SqlIntake(database).claim("wecom-bot", wecom.bot.bot_id, now, now, 100))


async def test_saving_the_address_in_the_console_works(wecom: BotCallbacks):
    assert await wecom.save_address()
    assert await wecom.save_address("回声 😀")


async def test_what_is_said_in_a_group_is_answered_at_once(wecom: BotCallbacks, desk: Desk):
    answered = await wecom.say("LiNa", "人民路华联 罐装可乐20箱", chat=GROUP)

    assert (answered.status, answered.attempts) == (200, 1)
    assert wecom.room.texts(GROUP) == ["好"]
    assert (desk.heard[0].sender, desk.heard[0].text) == ("lina", "人民路华联 罐装可乐20箱")


async def test_a_resend_and_copies_at_once_are_one(wecom: BotCallbacks, desk: Desk):
    desk.takes = timedelta(milliseconds=50)

    answers = await asyncio.gather(*(wecom.say("LiNa", "确认", message_id="m1") for _ in range(4)))
    again = await wecom.say("LiNa", "确认", message_id="m1")

    assert {answer.status for answer in (*answers, again)} == {200}
    assert wecom.room.texts("LiNa") == ["好"]
    assert len(desk.heard) == 1


async def test_a_slow_answer_is_asked_for_until_it_stands(
    wecom: BotCallbacks, desk: Desk, database: Database
):
    desk.takes = timedelta(milliseconds=700)
    desk.reply = Reply("订单草稿", BUTTONS)

    await wecom.say("LiNa", "月报", chat=GROUP)
    await asyncio.sleep(0.6)

    (shown,) = wecom.room.in_chat(GROUP)
    assert (shown.finished, shown.labels()) == (True, ["确认", "放弃"])
    assert shown.text.startswith("订单草稿")
    assert wecom.later == []
    assert desk.late == []
    assert await left(database, wecom) == 0


async def test_an_answer_nobody_asked_for_is_said_later_once(
    wecom: BotCallbacks, desk: Desk, database: Database
):
    desk.takes = timedelta(milliseconds=500)
    wecom.polls = 0

    await wecom.say("LiNa", "月报", chat=GROUP)
    await until(lambda: wecom.later or None)
    await asyncio.sleep(0.5)

    assert [(chat, said["markdown"]["content"]) for chat, said in wecom.later] == [(GROUP, "好")]
    assert desk.late == []
    assert await left(database, wecom) == 0


async def test_where_the_address_bears_nothing_the_person_is_told(wecom: BotCallbacks, desk: Desk):
    desk.takes = timedelta(milliseconds=500)
    wecom.polls, wecom.later_status = 0, 502

    await wecom.say("LiNa", "月报", chat=GROUP)
    await until(lambda: desk.late or None)

    assert desk.late == [("", "lina", "好")]


async def test_a_slow_message_that_cannot_be_kept_is_refused_so_that_it_comes_again(
    wecom: BotCallbacks, desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    desk.takes = timedelta(milliseconds=500)

    async def away(*_: object) -> bool:
        raise DatabaseAway

    monkeypatch.setattr(SqlIntake, "keep", away)
    answered = await wecom.say("LiNa", "月报")

    assert answered.attempts > 1
    await until(lambda: wecom.room.texts("LiNa") or wecom.later or desk.late or None)
    assert len(desk.heard) == 1


async def test_a_reply_with_buttons_is_a_card_and_a_press_changes_it_in_time(
    wecom: BotCallbacks, desk: Desk, database: Database
):
    desk.reply = Reply("订单草稿\n可乐 20箱", BUTTONS)
    await wecom.say("LiNa", "可乐20箱")
    (card,) = wecom.room.in_chat("LiNa")
    desk.reply = Reply("已下单 #17", order=17)

    answered = await wecom.press("LiNa", card, "确认")

    assert answered.body is not None
    assert answered.body["response_type"] == "update_template_card"
    assert desk.heard[-1].text == "确认 ab2c"
    assert card.labels() == ["看最新 #17"]
    assert wecom.later == []
    assert await left(database, wecom) == 0


async def test_what_does_not_fit_on_a_pressed_card_follows_once(wecom: BotCallbacks, desk: Desk):
    desk.reply = Reply("订单草稿", BUTTONS)
    await wecom.say("LiNa", "可乐20箱")
    (card,) = wecom.room.in_chat("LiNa")
    desk.reply = Reply("已下单 #17\n" + "可乐 20箱\n" * 40)

    await wecom.press("LiNa", card, "确认")
    await until(lambda: wecom.later or None)

    assert len(wecom.later) == 1
    assert "可乐 20箱\n可乐 20箱" in wecom.later[0][1]["markdown"]["content"]


async def test_a_slow_press_is_kept_and_answered_later(wecom: BotCallbacks, desk: Desk, database: Database):
    desk.reply = Reply("订单草稿", BUTTONS)
    await wecom.say("LiNa", "可乐20箱")
    (card,) = wecom.room.in_chat("LiNa")
    desk.takes, desk.reply = timedelta(milliseconds=600), Reply("已下单 #17")

    answered = await wecom.press("LiNa", card, "确认")
    assert (answered.status, answered.body) == (200, None)
    await until(lambda: wecom.later or None)

    assert wecom.later[0][1]["markdown"]["content"].startswith("已下单 #17")
    await asyncio.sleep(0.05)
    assert await left(database, wecom) == 0


async def test_a_press_is_not_lost_when_the_process_dies_with_it(
    wecom: BotCallbacks, desk: Desk, database: Database
):
    desk.reply = Reply("订单草稿", BUTTONS)
    await wecom.say("LiNa", "可乐20箱")
    (card,) = wecom.room.in_chat("LiNa")
    desk.hangs = True

    await wecom.press("LiNa", card, "确认")

    assert await left(database, wecom) == 1


async def test_an_answer_too_long_for_one_message_goes_on_at_the_address(wecom: BotCallbacks, desk: Desk):
    desk.reply = Reply("长" * 9000)

    await wecom.say("LiNa", "全部订单", chat=GROUP)
    await until(lambda: wecom.later or None)

    first, second = wecom.room.in_chat(GROUP)
    assert first.text.endswith("(1/2)")
    assert second.text.endswith("(2/2)")


async def test_whoever_enters_is_greeted_and_other_events_get_an_empty_answer(
    wecom: BotCallbacks, desk: Desk
):
    desk.reply = Reply("您好")

    await wecom.enter("LiNa")
    others = [
        await wecom.send(event(wecom.bot, "LiNa", name, type=1))
        for name in ("feedback_event", "no_such_event")
    ]

    assert wecom.room.texts("LiNa") == ["您好"]
    assert {(other.status, other.body) for other in others} == {(200, None)}
    assert len(desk.heard) == 1


async def test_silence_is_an_empty_answer(wecom: BotCallbacks, desk: Desk):
    desk.reply = Reply("")

    answered = await wecom.say("LiNa", "嗯", chat=GROUP)

    assert (answered.status, answered.body) == (200, None)


async def test_a_database_that_is_away_makes_wecom_send_again(wecom: BotCallbacks, desk: Desk):
    desk.failures = [DatabaseAway()]

    answered = await wecom.say("LiNa", "确认")

    assert (answered.status, answered.attempts) == (200, 2)
    assert wecom.room.texts("LiNa") == ["好"]


async def test_what_is_not_from_wecom_gets_a_400_and_is_not_quoted(wecom: BotCallbacks, desk: Desk):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger("bot").addHandler(handler)
    for body in (b"", b"{}", b'{"encrypt": "abcd"}', b"\xff" * 100, b"[" * 100_000):
        async with (
            aiohttp.ClientSession() as session,
            session.post(
                wecom.callback, params={"msg_signature": "x", "timestamp": "1", "nonce": "n"}, data=body
            ) as response,
        ):
            assert (response.status, await response.read()) == (400, b"")
    logging.getLogger("bot").removeHandler(handler)

    assert desk.heard == []
    assert "abcd" not in stream.getvalue()


async def test_a_clock_six_minutes_off_is_refused(wecom: BotCallbacks, desk: Desk):
    import time

    wecom._clock = lambda: time.time() - 360

    assert (await wecom.say("LiNa", "确认")).status == 400


@pytest.mark.parametrize(
    "body",
    [
        {"aibotid": "another"},
        {"msgid": ""},
        {"msgtype": ""},
        {"msgtype": 7},
        {"from": "x"},
        {"from": {"userid": {}}},
        {"msgtype": "text", "text": []},
        {"msgtype": "mixed", "mixed": {"msg_item": "x"}},
        {"msgtype": "event", "event": {"eventtype": "template_card_event"}},
    ],
)
async def test_strange_bodies_do_no_harm(wecom: BotCallbacks, desk: Desk, body: dict[str, object]):
    answered = await wecom.attempt({**framed(wecom.bot, "LiNa", msgtype="image", image={}), **body})

    assert answered.status in {200, 400}
    assert all(message.kind != "event:template_card_event" for message in desk.heard)


async def test_only_addresses_of_the_platform_are_called_later(wecom: BotCallbacks, desk: Desk):
    desk.takes = timedelta(milliseconds=500)
    wecom.polls = 0
    wecom.url = lambda chat: "http://169.254.169.254/latest"  # type: ignore[method-assign]

    await wecom.say("LiNa", "月报")
    await until(lambda: desk.late or None)

    assert desk.late == [("", "lina", "好")]


def test_an_address_for_later_is_not_shown():
    from bot.platforms.wecombot.heard import hear
    from tests.fakes.wecombot_chat import BOT, said

    heard = hear(said(BOT, "LiNa", "x", response_url="https://secret.example/once"), BOT)

    assert heard.response_url
    assert "secret.example" not in repr(heard)
    assert "secret.example" not in json.dumps(
        dataclasses.asdict(dataclasses.replace(heard, response_url="", at=None))
    )
