"""Presses on cards: who pressed is DingTalk's word, what is said the button's."""

import json
from datetime import UTC, datetime

import pytest

from bot.platforms.base import Rejected
from bot.platforms.dingtalk import presses
from bot.platforms.dingtalk.app import DingTalkApp
from handlers.message import Reply

APP = DingTalkApp("dingappkey", "secret", "dingappkey")
AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def pressed(delivery="d1", params=None, **changed):
    private = {
        "actionIds": ["button1"],
        "params": params if params is not None else {"say": "通过 17 @3", "chat": "cid1"},
    }
    document = {
        "type": "actionCallback",
        "outTrackId": "n1",
        "corpId": "dingcorp",
        "userId": "HeTing",
        "content": json.dumps({"cardPrivateData": private}),
        **changed,
    }
    return presses.pressed(document, delivery, APP, {"cid1": "review"}.__getitem__, AT)


def test_a_press_says_what_the_button_says_where_the_card_lies():
    message = pressed()

    assert (message.sender, message.text, message.kind) == ("heting", "通过 17 @3", "text")
    assert (message.place, message.chat) == ("review", "cid1")
    assert message.line is None


def test_in_a_chat_alone_it_is_in_no_group():
    assert pressed(params={"say": "确认 abcd", "chat": ""}).chat == ""


def test_the_same_delivery_is_the_same_press_and_another_one_is_not():
    assert pressed().key == pressed().key
    assert len({str(pressed(delivery=one).key) for one in ("d1", "d2")}) == 2
    assert pressed(userId="lina").key != pressed().key


def test_nothing_in_the_card_says_who_pressed():
    message = pressed(params={"say": "通过 17", "chat": "", "userId": "boss", "user": "boss"})

    assert message.sender == "heting"


def test_an_id_of_another_kind_is_nobody_here():
    assert pressed(userIdType=2).sender == "?heting"
    assert pressed(userIdType="1").sender == "heting"


@pytest.mark.parametrize(
    "changed",
    [
        {"userId": ""},
        {"outTrackId": None},
        {"content": "{"},
        {"content": "[]"},
        {"content": None},
        {"params": {"say": ""}},
        {"params": {"say": ["通过 17"]}},
    ],
)
def test_what_is_no_press_is_refused(changed):
    with pytest.raises(Rejected):
        pressed(**changed)


def test_the_answer_is_for_whoever_pressed():
    answer = presses.answer(Reply("**#17** 已通过"))

    assert answer["userPrivateData"] == {"cardParamMap": {"answer": "#17 已通过"}}
    assert answer["cardUpdateOptions"] == {"updateCardDataByKey": True, "updatePrivateDataByKey": True}
