"""A reply arrives once: on the line that came with the message, or by the outbox."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, cast

import pytest

from bot.platforms.dingtalk.answering import Answers
from bot.platforms.dingtalk.api import DingTalkApi
from bot.platforms.dingtalk.cardroom import CardRoom
from bot.platforms.dingtalk.codec import DingTalkCodec, Said
from bot.platforms.dingtalk.frames import MESSAGES, Frame
from bot.platforms.dingtalk.pushes import Pushes
from bot.platforms.dingtalk.sender import GroupSender, PersonSender
from bot.platforms.dingtalk.session import SessionLine
from bot.platforms.http import Http
from domain.errors import DatabaseAway
from domain.sending import Sender
from handlers.message import Button, Reply
from tests.fakes.dingtalk_api import Fault
from tests.fakes.dingtalk_desk import Desk, Owed
from tests.fakes.dingtalk_server import DingTalkServer
from tests.integration.dingtalk.conftest import clock

SESSION = "robot/sendBySession"


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def owed() -> Owed:
    return Owed()


@pytest.fixture
async def answers(dingtalk: DingTalkServer, http: Http, desk: Desk, owed: Owed) -> AsyncIterator[Answers]:
    line = SessionLine(dingtalk.app, http, clock)
    made = Answers(desk.answer, owed, line, deadline=timedelta(seconds=2), pauses=(0.01, 0.01))
    yield made
    await made.close()


def message(dingtalk: DingTalkServer, group: str = "cid1", /, **more: Any) -> Said:
    said = dingtalk.platform.text("lina", "待办", group, **more)
    return DingTalkCodec(dingtalk.app, lambda chat: chat).said(said, clock())


async def test_a_reply_is_owed_said_and_crossed_off(
    answers: Answers, dingtalk: DingTalkServer, owed: Owed
) -> None:
    said = message(dingtalk)

    assert await answers.take(said) == Reply("好")
    await answers.close()

    assert dingtalk.inbox.said_in("cid1") == ["好"]
    assert owed.done == [said.key.key]
    assert owed.released == []


async def test_a_second_copy_is_confirmed_and_says_nothing(
    answers: Answers, dingtalk: DingTalkServer, desk: Desk
) -> None:
    said = message(dingtalk)

    await asyncio.gather(*(answers.take(said) for _ in range(5)))
    await answers.take(said)
    await answers.close()

    assert dingtalk.inbox.said_in("cid1") == ["好"]
    assert len(desk.heard) == 1


@pytest.mark.parametrize(
    "fault", [300001, 410100, 430101, Fault.PAGE, Fault.BUSY, Fault.BANNED, Fault.DROPPED, Fault.HANGS]
)
async def test_what_the_line_does_not_bring_the_outbox_does(
    answers: Answers, dingtalk: DingTalkServer, owed: Owed, fault: Fault | int
) -> None:
    dingtalk.api.fault(SESSION, fault)
    said = message(dingtalk)

    assert await answers.take(said) is not None  # confirmed all the same: it is owed
    await answers.close()

    assert [one for one, _ in owed.released] == [said.key.key]
    assert owed.done == []
    assert dingtalk.api.calls == [SESSION]  # and it is asked once


@pytest.mark.parametrize(
    "more",
    [
        {"sessionWebhookExpiredTime": int((time.time() + 200) * 1000)},
        {"sessionWebhook": None},
        {"sessionWebhook": "https://robot.example/robot/sendBySession?session=x"},
        {"sessionWebhook": "http://169.254.169.254/latest"},
        {"sessionWebhook": "file:///etc/passwd"},
        {"sessionWebhook": "x"},
    ],
)
async def test_a_line_that_is_over_or_not_dingtalks_is_not_called(
    answers: Answers, dingtalk: DingTalkServer, owed: Owed, more: dict[str, Any]
) -> None:
    await answers.take(message(dingtalk, **more))
    await answers.close()

    assert len(owed.released) == 1
    assert dingtalk.api.calls == []


async def test_a_stranger_is_answered_on_the_line_alone(
    answers: Answers, dingtalk: DingTalkServer, owed: Owed, caplog: pytest.LogCaptureFixture
) -> None:
    owed.strangers.add("?$:lwcp_v1:$lina")
    await answers.take(message(dingtalk, senderStaffId=None))
    dingtalk.api.fault(SESSION, 300001)
    await answers.take(message(dingtalk, senderStaffId=None))
    await answers.close()

    assert dingtalk.inbox.said_in("cid1") == ["好"]
    assert owed.released == []
    assert [record.message for record in caplog.records] == ["reply to a stranger not said"]


async def test_a_long_reply_comes_in_parts_with_its_choices_last(
    answers: Answers, dingtalk: DingTalkServer, desk: Desk
) -> None:
    desk.reply = Reply("\n".join(["罐装可乐20箱"] * 2500), (Button("确认", "确认 abcd"),))

    await answers.take(message(dingtalk, ""))
    await answers.close()

    parts = dingtalk.inbox.said_in("lina")
    assert len(parts) > 2
    assert ["dtmd:" in part for part in parts] == [False] * (len(parts) - 1) + [True]
    assert "\n".join(parts).count("罐装可乐20箱") == 2500


async def test_while_the_database_is_away_the_message_is_kept_and_tried_again(
    answers: Answers, dingtalk: DingTalkServer, desk: Desk
) -> None:
    desk.failures.extend([DatabaseAway(), DatabaseAway()])

    assert await answers.take(message(dingtalk)) is not None

    desk.failures.extend([DatabaseAway()] * 3)
    with pytest.raises(DatabaseAway):
        await answers.take(message(dingtalk))


async def test_what_takes_too_long_is_not_confirmed_and_still_answered(
    answers: Answers, dingtalk: DingTalkServer, http: Http, desk: Desk, owed: Owed
) -> None:
    desk.takes = timedelta(seconds=0.3)
    line = SessionLine(dingtalk.app, http, clock)
    hurried = Answers(desk.answer, owed, line, deadline=timedelta(seconds=0.1))

    assert await hurried.take(message(dingtalk)) is None
    await hurried.close()

    assert dingtalk.inbox.said_in("cid1") == ["好"]
    assert len(owed.done) == 1


async def test_a_push_that_takes_too_long_is_not_confirmed(
    dingtalk: DingTalkServer, http: Http, desk: Desk, owed: Owed
) -> None:
    desk.takes = timedelta(seconds=0.3)
    line = SessionLine(dingtalk.app, http, clock)
    hurried = Answers(desk.answer, owed, line, deadline=timedelta(seconds=0.1))
    pushes = Pushes(dingtalk.app, hurried, hurried, lambda chat: chat, clock)
    data = json.dumps(dingtalk.platform.text("lina", "待办"))

    assert await pushes.take(Frame("CALLBACK", MESSAGES, "m", data)) == ""
    await pushes.close()

    assert len(desk.heard) == 1


async def test_what_was_said_to_others_is_nobodys_business(
    answers: Answers, dingtalk: DingTalkServer, desk: Desk
) -> None:
    others = [{"dingtalkId": "$:LWCP_v1:$wq"}]

    assert await answers.take(message(dingtalk, isInAtList=False, atUsers=others)) == Reply("")
    assert desk.heard == []


async def test_with_a_template_what_offers_something_is_a_card_under_the_id_it_is_owed_by(
    dingtalk: DingTalkServer, http: Http, api: DingTalkApi, desk: Desk, owed: Owed
) -> None:
    room = CardRoom(dingtalk.app, api, lambda user: (user, user))
    ways: dict[str, Sender] = {
        "dingtalk-group": GroupSender(dingtalk.app, api, room),
        "dingtalk": PersonSender(dingtalk.app, api, room),
    }
    line = SessionLine(dingtalk.app, http, clock)
    answers = Answers(desk.answer, owed, line, ways, deadline=timedelta(seconds=2))
    desk.reply = Reply("请核对", (Button("确认", "确认 abcd"),))
    said = message(dingtalk)

    await answers.take(said)
    desk.reply = Reply("好")
    await answers.take(message(dingtalk))
    await answers.close()

    assert {name: card.to for name, card in dingtalk.inbox.cards.items()} == {said.key.key: "cid1"}
    assert sorted(dingtalk.inbox.said_in("cid1")) == ["好", "请核对"]


async def test_no_address_that_opens_a_chat_is_written_down(
    answers: Answers, dingtalk: DingTalkServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    for fault in (Fault.DROPPED, Fault.PAGE, 300001):
        dingtalk.api.fault(SESSION, fault)
        await answers.take(message(dingtalk))
    await answers.close()

    assert "session=" not in caplog.text
    assert not any("session=" in str(record.__dict__) for record in caplog.records)


async def test_a_bug_on_the_fast_way_costs_no_reply(
    dingtalk: DingTalkServer, desk: Desk, owed: Owed, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        async def say(self, *_: object, **__: object) -> None:
            raise ZeroDivisionError

    answers = Answers(desk.answer, owed, cast("SessionLine", Broken()), deadline=timedelta(seconds=2))

    assert await answers.take(message(dingtalk)) is not None
    await answers.close()

    assert [reason for _, reason in owed.released] == ["a bug"]
    assert [record.message for record in caplog.records if record.exc_info] == ["reply not said"]


@pytest.mark.parametrize("fault", [None, 300001])
async def test_the_database_may_be_away_while_a_reply_is_said(
    answers: Answers,
    dingtalk: DingTalkServer,
    owed: Owed,
    fault: int | None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    owed.away = True
    if fault is not None:
        dingtalk.api.fault(SESSION, fault)

    await answers.take(message(dingtalk))
    await answers.close()

    expected = "reply said, not crossed off" if fault is None else "reply stays held"
    assert [record.message for record in caplog.records if record.levelname == "WARNING"] == [expected]
