"""The long connection over real sockets: answers under their id, faults, one holder of many. What is said is a stand-in."""

import asyncio
from datetime import timedelta

import pytest

from bot.platforms.wecombot.attendance import TO_GROUP, TO_PERSON
from bot.platforms.wecombot.line import DISPLACED
from bot.platforms.wecombot.sender import BotSender
from domain.errors import DatabaseAway
from domain.sending import Misconfigured, Rendered, TryLater, Undeliverable
from handlers.message import Button, Reply
from storage.chats import SqlChats
from storage.engine import Database
from storage.intake import SqlIntake
from tests.fakes.wecombot_chat import event
from tests.fakes.wecombot_socket import BotSocket, until
from tests.integration.wecombot.conftest import Desk, Process, clock, process

GROUP = "wrSalesGroup01"
BUTTONS = (Button("确认", "确认 ab2c"), Button("放弃", "放弃 ab2c"))


async def left(database: Database, wecom: BotSocket) -> int:
    """How many messages are kept and not answered."""
    now = clock() + timedelta(hours=1)
    return len(await SqlIntake(database).claim("wecom-bot", wecom.bot.bot_id, now, now, 100))


async def test_what_is_said_in_a_group_is_answered_in_the_group(
    wecom: BotSocket, held: Process, desk: Desk, database: Database
):
    said = await wecom.say("LiNa", "人民路华联 罐装可乐20箱", chat=GROUP)
    shown = await wecom.answer(said)

    assert (shown.chat, shown.text, shown.kind) == (GROUP, "好", "stream")
    (message,) = desk.heard
    assert (message.sender, message.text, message.chat) == ("lina", "人民路华联 罐装可乐20箱", GROUP)
    await asyncio.sleep(0.05)
    assert await left(database, wecom) == 0


async def test_a_resend_gets_the_first_answer_in_its_place_and_no_second_effect(
    wecom: BotSocket, held: Process, desk: Desk
):
    said = await wecom.say("LiNa", "确认")
    await wecom.answer(said)
    desk.reply = Reply("别的")

    await wecom.send(said)
    await until(lambda: (wecom.room.texts("LiNa") == ["好"] and wecom.room.shown[0].version == 1) or None)

    assert len(desk.heard) == 1
    assert desk.late == []


async def test_two_copies_at_once_are_one(wecom: BotSocket, held: Process, desk: Desk):
    desk.takes = timedelta(milliseconds=150)
    said = await wecom.say("LiNa", "确认")
    await wecom.send(said)

    await wecom.answer(said)
    await asyncio.sleep(0.3)

    assert [(shown.text, shown.version) for shown in wecom.room.in_chat("LiNa")] == [("好", 0)]
    assert len(desk.heard) == 1


async def test_what_one_person_says_is_worked_on_in_its_order(wecom: BotSocket, held: Process, desk: Desk):
    desk.takes = timedelta(milliseconds=50)
    words = [str(number) for number in range(8)]
    said = [await wecom.say("LiNa", one) for one in words]

    await wecom.answer(said[-1])

    assert [message.text for message in desk.heard] == words
    assert desk.most_at_once == 1


async def test_people_do_not_wait_for_one_another(wecom: BotSocket, held: Process, desk: Desk):
    desk.takes = timedelta(milliseconds=200)
    said = [await wecom.say(who, "待办") for who in ("LiNa", "HeTing", "WangQiang")]

    for one in said:
        await wecom.answer(one)

    assert desk.most_at_once == 3


async def test_a_slow_answer_takes_the_place_of_what_was_said_at_first(
    wecom: BotSocket, held: Process, desk: Desk
):
    desk.takes = timedelta(milliseconds=800)
    said = await wecom.say("LiNa", "月报")

    begun = await wecom.hears("LiNa", "正在办")
    assert not begun.finished
    shown = await wecom.answer(said)

    assert shown.text == "好"
    assert wecom.room.texts("LiNa") == ["好"]


async def test_what_was_begun_is_ended_when_its_answer_goes_another_way(
    wecom: BotSocket, held: Process, desk: Desk
):
    desk.takes, desk.reply = timedelta(milliseconds=600), Reply("长" * 9000)
    wecom.codes["aibot_send_msg"] = [-1]
    said = await wecom.say("LiNa", "月报")
    await wecom.hears("LiNa", "正在办")

    await until(lambda: desk.late or None)
    await wecom.hears("LiNa", "另发一条")

    assert (await wecom.answer(said)).finished


async def test_who_ends_in_good_order_answers_what_is_under_way(
    wecom: BotSocket, database: Database, desk: Desk
):
    desk.takes = timedelta(milliseconds=250)
    async with process(wecom, database, desk):
        await wecom.connected()
        said = await wecom.say("LiNa", "确认")
        await until(lambda: desk.heard or None)

    assert (await wecom.answer(said)).text == "好"
    assert await left(database, wecom) == 0


async def test_a_short_reply_with_buttons_is_a_card_and_a_press_changes_it(
    wecom: BotSocket, held: Process, desk: Desk
):
    desk.reply = Reply("订单草稿\n可乐 20箱", BUTTONS)
    await wecom.say("LiNa", "可乐20箱")
    card = await wecom.hears("LiNa", "可乐 20箱")
    assert card.labels() == ["确认", "放弃"]
    desk.reply = Reply("已下单 #17", order=17)

    await wecom.press("LiNa", card, "确认")
    await until(lambda: card.version or None)

    assert desk.heard[-1].text == "确认 ab2c"
    assert desk.heard[-1].sender == "lina"
    assert card.text.startswith("已下单 #17")
    assert card.labels() == ["看最新 #17"]


async def test_in_a_group_a_press_changes_the_card_for_who_pressed_it(
    wecom: BotSocket, held: Process, desk: Desk
):
    desk.reply = Reply("订单草稿\n可乐 20箱", BUTTONS)
    await wecom.say("LiNa", "可乐20箱", chat=GROUP)
    card = await wecom.hears(GROUP, "可乐 20箱")
    desk.reply = Reply("这张单不归您办")

    await wecom.press("HeTing", card, "确认")
    await until(lambda: card.version or None)

    assert card.labels("LiNa") == ["确认", "放弃"]
    assert card.card_for("HeTing")["main_title"]["title"] == "这张单不归您办"


async def test_a_long_reply_comes_in_parts_with_its_buttons_below(
    wecom: BotSocket, held: Process, desk: Desk
):
    desk.reply = Reply("长" * 9000, BUTTONS)
    said = await wecom.say("LiNa", "全部订单", chat=GROUP)

    await wecom.answer(said)
    await wecom.hears(GROUP, "长…")

    kinds = [shown.kind for shown in wecom.room.in_chat(GROUP)]
    assert kinds == ["stream", "markdown", "card"]
    assert all(len(text.encode()) <= 20_480 for text in wecom.room.texts(GROUP))


async def test_whoever_enters_is_greeted_and_feedback_gets_nothing(
    wecom: BotSocket, held: Process, desk: Desk
):
    desk.reply = Reply("您好")
    await wecom.enter("LiNa")
    await wecom.hears("LiNa", "您好")
    await wecom.send(event(wecom.bot, "LiNa", "feedback_event", type=1))
    await wecom.send(event(wecom.bot, "LiNa", "no_such_event"))
    await asyncio.sleep(0.1)

    assert [message.kind for message in desk.heard] == ["event:enter_chat"]
    assert wecom.room.texts("LiNa") == ["您好"]


@pytest.mark.parametrize("how", ["clean", "cut", "mid-frame"])
async def test_after_any_end_there_is_a_new_connection(wecom: BotSocket, held: Process, desk: Desk, how: str):
    if how == "clean":
        await wecom.close(1000)
    else:
        wecom.drop(mid_frame=how == "mid-frame")
    await wecom.connected(beyond=1)

    said = await wecom.say("LiNa", "待办")

    assert (await wecom.answer(said)).text == "好"


async def test_an_answer_whose_connection_is_gone_goes_by_the_outbox_to_the_same_chat(
    wecom: BotSocket, held: Process, desk: Desk, database: Database
):
    desk.takes = timedelta(milliseconds=200)
    await wecom.say("LiNa", "确认", chat=GROUP)
    await wecom.say("WangQiang", "确认")
    await until(lambda: len(desk.heard) == 2 or None)
    wecom.drop()

    await until(lambda: len(desk.late) == 2 or None)

    assert sorted(desk.late) == [("wangqiang", "wangqiang", "好"), (GROUP, "lina", "好")]
    assert await left(database, wecom) == 0


@pytest.mark.parametrize("code", [846605, 846608, 45009, -1])
async def test_an_answer_that_is_refused_goes_by_the_outbox(
    wecom: BotSocket, held: Process, desk: Desk, code: int
):
    wecom.codes["aibot_respond_msg"] = [code]
    await wecom.say("LiNa", "确认")

    await until(lambda: desk.late or None)

    assert desk.late == [("lina", "lina", "好")]


async def test_a_connection_that_is_dead_is_replaced(wecom: BotSocket, held: Process, desk: Desk):
    wecom.codes["aibot_respond_msg"] = [846609]
    await wecom.say("LiNa", "确认")

    await wecom.connected(beyond=1)

    assert desk.late == [("lina", "lina", "好")]


async def test_a_connection_without_a_sign_of_life_is_replaced(wecom: BotSocket, held: Process):
    wecom.mute.add("ping")
    await wecom.connected(beyond=1)
    wecom.mute.clear()

    assert wecom.live is not None


async def test_more_than_a_conversation_bears_waits_in_the_outbox(
    wecom: BotSocket, held: Process, desk: Desk
):
    said = [await wecom.say("LiNa", f"{number}") for number in range(20)]

    await until(lambda: len(desk.heard) == 20 or None)
    await until(lambda: len(desk.late) + len(wecom.room.texts("LiNa")) == 20 or None)

    assert len(said) == 20
    assert 0 < len(desk.late) < 20
    assert len(wecom.room.texts("LiNa")) <= 27


async def test_of_two_processes_one_holds_the_connection_and_nobody_is_displaced(
    wecom: BotSocket, database: Database, desk: Desk
):
    async with process(wecom, database, desk, "a") as first, process(wecom, database, desk, "b") as second:
        await wecom.connected()
        await asyncio.sleep(1.2)

        assert (first.line.held, second.line.held).count(True) == 1
        assert (wecom.subscribed, wecom.displaced) == (1, 0)


async def test_who_ends_in_good_order_is_followed_at_once(wecom: BotSocket, database: Database, desk: Desk):
    async with process(wecom, database, desk, "b") as second:
        async with process(wecom, database, Desk(), "c"):
            await wecom.connected()
            if not second.line.held:
                pass
        await until(lambda: second.line.held or None)
        await until(lambda: (wecom.live and wecom.live.subscribed) or None)

        assert (await wecom.answer(await wecom.say("LiNa", "待办"))).text == "好"
    assert wecom.displaced == 0


async def test_who_is_displaced_does_not_come_back_at_once(
    wecom: BotSocket, database: Database, held: Process
):
    stranger = {"bot_id": wecom.bot.bot_id, "secret": wecom.bot.secret}
    import aiohttp

    async with aiohttp.ClientSession() as session, session.ws_connect(wecom.bot.socket_url) as socket:
        await socket.send_json({"cmd": "aibot_subscribe", "headers": {"req_id": "x"}, "body": stranger})
        await until(lambda: held.line.trouble or None)
        await asyncio.sleep(1.0)

        assert held.line.trouble == DISPLACED
        assert (wecom.subscribed, wecom.displaced) == (2, 1)
        assert held.line.held
        with pytest.raises(Misconfigured, match="另一个程序"):
            await held.line.push({})
        assert "warning" in await held.line.probe()


async def test_a_wrong_secret_rests_and_says_what_to_do(wecom: BotSocket, database: Database, desk: Desk):
    wecom.codes["aibot_subscribe"] = [853000] * 50
    async with process(wecom, database, desk) as made:
        await until(lambda: made.line.trouble or None)
        await asyncio.sleep(0.5)

        assert len([frame for frame in wecom.frames if frame["cmd"] == "aibot_subscribe"]) == 1
        with pytest.raises(Misconfigured, match="GENDAN_WECOM_BOT__SECRET"):
            await made.line.push({})


async def test_what_a_process_that_died_has_left_is_answered_by_the_next(
    wecom: BotSocket, database: Database, desk: Desk
):
    async with process(wecom, database, desk) as made:
        await wecom.connected()
        said = await wecom.say("LiNa", "确认", chat=GROUP)
        await wecom.answer(said)
        message = made.inside.message
        from bot.platforms.wecombot.heard import hear
        from tests.fakes.wecombot_chat import said as body

        lost = message(hear(body(wecom.bot, "LiNa", "新单", GROUP, "lost-1"), wecom.bot))
        assert await made.inside.keep(lost, timedelta())

        assert await made.inside.recover(to_chat=True) == 1

    assert desk.heard[-1].text == "新单"
    assert desk.late == [(GROUP, "lina", "好")]
    assert await left(database, wecom) == 0


async def test_while_the_database_is_away_people_are_told_to_repeat(
    wecom: BotSocket, held: Process, desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    async def away(*_: object) -> bool:
        raise DatabaseAway

    monkeypatch.setattr(held.inside.intake, "keep", away)
    await wecom.say("LiNa", "确认")

    await wecom.hears("LiNa", "过一分钟再发一次")

    assert desk.heard == []


async def test_a_push_reaches_who_has_spoken_and_nobody_else(
    wecom: BotSocket, held: Process, database: Database, desk: Desk
):
    sender = BotSender(wecom.bot, held.line, SqlChats(database))
    with pytest.raises(Misconfigured, match="@它"):
        await sender.send("group:sales", GROUP, Rendered("**新单**"), "1")
    with pytest.raises(Undeliverable):
        await sender.send("user:lina", "LiNa", Rendered("新单"), "2")
    await wecom.answer(await wecom.say("LiNa", "帮助", chat=GROUP))
    await wecom.answer(await wecom.say("LiNa", "帮助"))

    await sender.send("group:sales", GROUP, Rendered("**新单** 17"), "3")
    await sender.send("user:lina", "LiNa", Rendered("看 17", buttons=(("通过", "17 通过"),)), "4")
    await sender.send("user:lina", "LiNa", Rendered("看 17", buttons=(("通过", "17 通过"),)), "4")

    pushes = [frame["body"] for frame in wecom.frames if frame["cmd"] == "aibot_send_msg"]
    assert [body["chat_type"] for body in pushes] == [TO_GROUP, TO_PERSON, TO_PERSON]
    assert wecom.room.texts(GROUP)[-1] == "**新单** 17"
    assert [shown.kind for shown in wecom.room.in_chat("LiNa")] == ["stream", "card"]
    assert desk.rested == [("wecom-bot", GROUP)]
    assert [todo.kind for todo in desk.todos] == ["new_chat"]


async def test_without_a_connection_a_push_waits(wecom: BotSocket, database: Database, desk: Desk):
    wecom.mute.add("aibot_subscribe")
    async with process(wecom, database, desk) as made:
        with pytest.raises(TryLater):
            await made.line.push({"chatid": "x"})
