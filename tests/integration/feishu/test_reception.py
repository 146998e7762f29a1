"""Events over real connections, by either way in: what is said is a stand-in here."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.platforms.feishu import cards
from bot.platforms.feishu.api import FeishuApi
from bot.platforms.feishu.callback import FeishuCallback
from bot.platforms.feishu.pressing import AWAY, BELOW, STRANGE, UNDER_WAY
from bot.platforms.feishu.reception import Reception
from bot.platforms.feishu.socket import LongConnection
from domain.errors import DatabaseAway
from handlers.message import Button, Reply
from tests.fakes.feishu_api import Fault
from tests.fakes.feishu_inbox import Message
from tests.fakes.feishu_server import BOT, FeishuServer
from tests.integration.feishu.conftest import Cards, Desk, card, clock, serving, until

SHORT = timedelta(milliseconds=300)
hurried = pytest.mark.parametrize("deadline", [SHORT], indirect=True)


@pytest.fixture(params=["http", "socket"], autouse=True)
async def door(
    request: pytest.FixtureRequest, feishu: FeishuServer, reception: Reception, api: FeishuApi
) -> AsyncIterator[None]:
    """Each test by HTTP and by long connection."""
    if request.param == "http":
        async with serving(FeishuCallback(feishu.app, reception, clock)) as feishu.callback:
            yield
        return
    async with LongConnection(api.endpoint, reception.take).running():
        await until(lambda: feishu.lines.open)
        yield


async def test_what_is_said_is_confirmed_once_its_answer_is_owed(feishu: FeishuServer, desk: Desk) -> None:
    answered = await feishu.say("lina", "人民路华联 罐装可乐20箱")

    assert (answered.answer, answered.attempts) == ({}, 1)
    (message,) = desk.heard
    assert (message.sender, message.text, message.kind, message.place) == (
        "lina",
        "人民路华联 罐装可乐20箱",
        "text",
        "",
    )
    assert message.key.platform == "feishu"
    assert abs(message.at - clock()) < timedelta(minutes=1)
    assert desk.late == [("ou_lina", "lina", "好")]


async def test_whoever_is_not_known_is_called_by_the_open_id(feishu: FeishuServer, desk: Desk) -> None:
    await feishu.say("heting", "待办")
    await feishu.say("nobody", "待办")

    assert [message.sender for message in desk.heard] == ["ou_heting", "ou_nobody"]


async def test_in_a_group_only_what_calls_the_bot_is_heard(feishu: FeishuServer, desk: Desk) -> None:
    await feishu.say("lina", "今天吃什么", chat="oc_sales")
    await feishu.say("lina", "@_user_1 帮我看看 17", chat="oc_sales", calls=["ou_heting"])
    answered = await feishu.say("lina", "@_user_1 17转给 @_user_2", chat="oc_sales", calls=[BOT, "ou_赵磊"])

    assert answered.attempts == 1
    (message,) = desk.heard
    assert (message.text, message.place, message.chat) == ("17转给 赵磊", "sales", "oc_sales")
    assert desk.late == [("oc_sales", "lina", "好")]


async def test_a_group_without_a_name_is_a_place_of_its_own(feishu: FeishuServer, desk: Desk) -> None:
    await feishu.say("lina", "@_user_1 待办", chat="oc_unnamed", calls=[BOT])

    assert [(message.place, message.chat) for message in desk.heard] == [("oc_unnamed", "oc_unnamed")]


async def test_while_the_bot_does_not_know_itself_nothing_is_taken_for_chatter(
    feishu: FeishuServer, desk: Desk
) -> None:
    feishu.api.fault("bot", Fault.BUSY, times=2)

    answered = await feishu.say("lina", "@_user_1 待办", chat="oc_sales", calls=[BOT])

    assert (answered.answer, answered.attempts) == ({}, 3)
    assert len(desk.heard) == 1


async def test_a_resend_changes_nothing(feishu: FeishuServer, desk: Desk) -> None:
    said = feishu.platform.text("lina", "确认")
    await feishu.send(said)
    desk.reply = Reply("别的")

    assert (await feishu.send(said)).attempts == 1
    assert len(desk.heard) == 1
    assert desk.late == [("ou_lina", "lina", "好")]


async def test_a_message_is_known_by_its_own_id_not_by_the_events(feishu: FeishuServer, desk: Desk) -> None:
    for _ in range(2):
        await feishu.say("lina", "确认", message_id="om_1")
    await feishu.say("lina", "确认", message_id="om_2")

    assert [message.key.key for message in desk.heard] == ["om_1", "om_2"]


async def test_copies_at_once_are_one(feishu: FeishuServer, desk: Desk) -> None:
    desk.takes = timedelta(milliseconds=80)
    said = feishu.platform.text("lina", "确认")

    answers = await asyncio.gather(*(feishu.send(said) for _ in range(5)))

    assert {(str(one.answer), one.attempts) for one in answers} == {("{}", 1)}
    assert len(desk.heard) == len(desk.late) == 1


@hurried
async def test_nothing_is_confirmed_before_it_is_done(feishu: FeishuServer, desk: Desk) -> None:
    desk.takes = SHORT * 1.5
    said = feishu.platform.text("lina", "待办")

    assert await feishu.attempt(said) is None
    assert await feishu.attempt(said) == {}

    assert len(desk.heard) == len(desk.late) == 1


@hurried
async def test_what_outlasts_every_attempt_is_brought_all_the_same_and_once(
    feishu: FeishuServer, desk: Desk
) -> None:
    desk.takes = SHORT * 2.5
    feishu.resends = ()
    said = feishu.platform.text("lina", "待办")

    assert (await feishu.send(said)).answer is None
    await until(lambda: desk.late)

    assert await feishu.attempt(said) == {}
    assert len(desk.heard) == len(desk.late) == 1


async def test_while_the_database_is_away_it_comes_again(feishu: FeishuServer, desk: Desk) -> None:
    desk.failures = [DatabaseAway(), DatabaseAway()]

    answered = await feishu.say("lina", "待办")

    assert (answered.answer, answered.attempts) == ({}, 3)
    assert desk.late == [("ou_lina", "lina", "好")]


async def test_an_answer_that_cannot_be_owed_is_asked_for_again(feishu: FeishuServer, desk: Desk) -> None:
    desk.outbox_away = True
    said = feishu.platform.text("lina", "待办")
    assert await feishu.attempt(said) is None

    desk.outbox_away = False
    assert await feishu.attempt(said) == {}

    assert len(desk.heard) == len(desk.late) == 1


async def test_a_bug_costs_this_message_only(feishu: FeishuServer, desk: Desk) -> None:
    desk.failures = [RuntimeError("bug")]
    said = feishu.platform.text("lina", "待办")

    assert await feishu.attempt(said) is None
    assert (await feishu.say("lina", "看板")).attempts == 1
    assert await feishu.attempt(said) == {}


async def test_a_long_message_in_many_parts_is_one(feishu: FeishuServer, desk: Desk) -> None:
    feishu.lines.largest_frame = 500
    order = "人民路华联 " + " ".join(f"罐装可乐{number}箱" for number in range(300))

    await feishu.say("lina", order)

    assert [message.text for message in desk.heard] == [order]


async def test_what_is_no_text_has_its_kind(feishu: FeishuServer, desk: Desk) -> None:
    for kind, content in (("audio", {"file_key": "f", "duration": 2000}), ("file", {"file_key": "f"})):
        await feishu.send(feishu.platform.message("lina", kind, content))

    assert [(message.kind, message.text) for message in desk.heard] == [("voice", ""), ("file", "")]


async def test_what_nobody_asked_for_is_confirmed_and_forgotten(feishu: FeishuServer, desk: Desk) -> None:
    platform = feishu.platform
    entered = platform.event(
        "im.chat.access_event.bot_p2p_chat_entered_v1", {"chat_id": "oc_1"}, "1700000000000"
    )
    by_a_bot = platform.text("lina", "待办")
    by_a_bot["event"]["sender"]["sender_type"] = "bot"  # type: ignore[index]
    token = feishu.app.verification_token
    old = {"uuid": "u", "type": "event_callback", "token": token, "event": {"type": "message"}}

    for document in (entered, by_a_bot, old):
        assert (await feishu.send(document)).attempts == 1
    assert desk.heard == []


async def test_what_makes_no_sense_is_not_confirmed(feishu: FeishuServer, desk: Desk) -> None:
    said = feishu.platform.text("lina", "待办")
    for broken in ({**said, "event": {}}, {**said, "header": {**said["header"], "app_id": "cli_other"}}):  # type: ignore[dict-item]
        assert await feishu.attempt(broken) is None
    assert desk.heard == []


# --- presses ---


def shown(
    feishu: FeishuServer, to: str = "oc_review", say: str = "通过 17 @3", *, alone: bool = False
) -> Message:
    """A card with a button that stands in a chat."""
    made = cards.card("待审核 #17", "待审核 #17", [Button("通过 #17", say)], alone=alone)
    message = Message("om_card", to, "interactive", "待审核 #17", made)
    feishu.inbox.messages.append(message)
    return message


async def test_a_press_is_said_by_whom_feishu_names(feishu: FeishuServer, desk: Desk) -> None:
    answered = await feishu.press("heting", shown(feishu), "通过 #17")

    (message,) = desk.heard
    assert (message.sender, message.text) == ("ou_heting", "通过 17 @3")
    assert (message.place, message.chat) == ("review", "oc_review")
    assert answered.toast == "好"
    assert desk.late == []


async def test_a_press_in_a_1_to_1_chat_is_said_there(feishu: FeishuServer, desk: Desk) -> None:
    await feishu.press("lina", shown(feishu, "ou_lina", alone=True), "通过 #17")

    assert [(message.place, message.chat) for message in desk.heard] == [("", "ou_lina")]


async def test_pressing_twice_is_two_presses(feishu: FeishuServer, desk: Desk) -> None:
    message = shown(feishu)
    await feishu.press("heting", message, "通过 #17")
    await feishu.press("heting", message, "通过 #17")

    assert len(desk.heard) == 2


async def test_what_a_decision_changes_stands_on_the_card(
    feishu: FeishuServer, desk: Desk, live: Cards
) -> None:
    message = shown(feishu)
    await live.keep(card(message.id, "oc_review", order=17, entry=2))
    desk.reply = Reply("已通过 #17，转仓库备货。\n明天上午送", order=17)
    desk.moves(17, 3)

    answered = await feishu.press("heting", message, "通过 #17")

    assert answered.toast == "已通过 #17，转仓库备货。"
    assert message.labels == []
    assert message.text == "待审核 #17\n**何婷**：已通过 #17，转仓库备货。\n明天上午送"
    assert live.kept == {}
    assert desk.late == []


async def test_a_stale_card_shows_the_newest_state_with_new_buttons(
    feishu: FeishuServer, desk: Desk, live: Cards
) -> None:
    message = shown(feishu)
    await live.keep(card(message.id, "oc_review", order=17, entry=2))
    desk.reply = Reply("#17 现在是待发货。", (Button("发货 #17", "发货 17"),), order=17)
    desk.moves(17, 3)

    await feishu.press("heting", message, "通过 #17")

    assert message.labels == ["发货 #17"]
    assert live.kept[message.id].entry == 3


async def test_who_may_not_leaves_the_card_to_others(feishu: FeishuServer, desk: Desk, live: Cards) -> None:
    message = shown(feishu)
    await live.keep(card(message.id, "oc_review", order=17, entry=2))
    desk.reply = Reply("自己录的单不能自己审。", order=17)
    desk.moves(17, 2)

    answered = await feishu.press("lina", message, "通过 #17")

    assert answered.answer == {"toast": {"type": "info", "content": "自己录的单不能自己审。"}}
    assert message.labels == ["通过 #17"]
    assert list(live.kept) == [message.id]


async def test_neither_a_strangers_press_nor_a_card_about_nothing_changes_what_others_see(
    feishu: FeishuServer, desk: Desk, live: Cards
) -> None:
    message = shown(feishu)
    desk.reply = Reply("您好，我还不认识您。")
    desk.moves(17, 3)
    for person, kept in (("nobody", {"order": 17, "entry": 2}), ("heting", {})):
        await live.keep(card(message.id, "oc_review", **kept))

        answered = await feishu.press(person, message, "通过 #17")

        assert answered.toast == "您好，我还不认识您。"
        assert message.labels == ["通过 #17"]
        assert list(live.kept) == [message.id]


async def test_an_answer_is_used_up_by_whoever_asked_and_by_nobody_else(
    feishu: FeishuServer, desk: Desk, live: Cards
) -> None:
    message = shown(feishu, "oc_sales", "确认 ab12")
    await live.keep(card(message.id, "oc_sales", asker="lina"))
    desk.reply = Reply("您没有待确认的草稿。")
    await feishu.press("heting", message, "通过 #17")
    assert message.labels == ["通过 #17"]

    desk.reply = Reply("已建单 #17", (Button("查看 #17", "查单 17"),), order=17)
    await feishu.press("lina", message, "通过 #17")

    assert (message.text, message.labels) == ("已建单 #17", ["查看 #17"])
    assert live.kept[message.id].asker == "lina"


async def test_what_is_long_comes_in_a_message_of_its_own(feishu: FeishuServer, desk: Desk) -> None:
    desk.reply = Reply("**#17**\n" + "可乐20箱\n" * 9)

    answered = await feishu.press("heting", shown(feishu), "通过 #17")

    assert answered.toast == BELOW
    assert desk.late == [("oc_review", "ou_heting", desk.reply.text)]


async def test_a_change_that_fits_no_card_comes_in_a_message_of_its_own(
    feishu: FeishuServer, desk: Desk, live: Cards
) -> None:
    message = shown(feishu)
    await live.keep(card(message.id, "oc_review", order=17, entry=2))
    desk.reply = Reply("汉" * 9990 + "\n完", order=17)
    desk.moves(17, 3)

    answered = await feishu.press("heting", message, "通过 #17")

    assert answered.toast == BELOW
    assert len(desk.late) == 1
    assert message.labels == ["通过 #17"]


@hurried
async def test_what_is_not_done_in_time_is_said_to_be_under_way_and_brought(
    feishu: FeishuServer, desk: Desk, live: Cards
) -> None:
    message = shown(feishu)
    await live.keep(card(message.id, "oc_review", order=17, entry=2))
    desk.takes = SHORT * 1.5

    answered = await feishu.press("heting", message, "通过 #17")
    await until(lambda: desk.late)

    assert answered.toast == UNDER_WAY
    assert desk.late == [("oc_review", "ou_heting", "好")]
    assert list(live.kept) == [message.id]


async def test_a_press_without_effect_says_so(feishu: FeishuServer, desk: Desk) -> None:
    desk.failures = [DatabaseAway()]

    answered = await feishu.press("heting", shown(feishu), "通过 #17")

    assert answered.toast == AWAY


async def test_what_is_done_is_never_said_to_have_had_no_effect(
    feishu: FeishuServer, desk: Desk, live: Cards
) -> None:
    """The database went away right after the commit."""
    message = shown(feishu)
    await live.keep(card(message.id, "oc_review", order=17, entry=2))
    desk.reply, desk.standings_away = Reply("已通过 #17，转仓库备货。\n明天送", order=17), True

    answered = await feishu.press("heting", message, "通过 #17")

    assert answered.toast == "已通过 #17，转仓库备货。"


async def test_a_press_that_is_answered_by_silence_leaves_the_card(
    feishu: FeishuServer, desk: Desk, live: Cards
) -> None:
    message = shown(feishu)
    await live.keep(card(message.id, "oc_review", asker="heting"))
    desk.reply = Reply("")

    await feishu.press("heting", message, "通过 #17")

    assert message.labels == ["通过 #17"]
    assert desk.late == []
    assert list(live.kept) == [message.id]


async def test_a_button_that_is_not_ours_says_so(feishu: FeishuServer, desk: Desk) -> None:
    answer = await feishu.attempt(feishu.platform.press("heting", {"say": ""}, "oc_1", "om_1"))

    assert answer == {"toast": {"type": "warning", "content": STRANGE}}
    assert desk.heard == []
