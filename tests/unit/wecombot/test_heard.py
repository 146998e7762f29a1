"""What an AI bot hears: words, whose, where; and never a crash."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.base import Rejected
from bot.platforms.wecombot.bot import AiBot
from bot.platforms.wecombot.heard import hear
from bot.platforms.wecombot.speech import without_mention
from handlers.understanding.normalise.envelope import open_envelope
from tests.fakes.wecombot_chat import framed, said

BOT = AiBot("b1", name="跟单 助手", corp_id="ww1")


def text(words: str, chat: str = "", **more: Any) -> str:
    """What is understood of this."""
    return hear(framed(BOT, "LiNa", chat, msgtype="text", text={"content": words}, **more), BOT).words


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("@跟单 助手 可乐20箱", "可乐20箱"),
        ("@跟单 助手\u2005可乐20箱", "可乐20箱"),
        ("可乐20箱 @跟单 助手", "可乐20箱"),
        ("＠跟单 助手：可乐20箱", "可乐20箱"),
        ("@跟单 助手", ""),
        ("问 @李娜 @跟单 助手 可乐20箱", "问 @李娜  可乐20箱"),
        ("@改了名的机器人 可乐20箱", "可乐20箱"),
        ("@跟单 助手们 可乐", "助手们 可乐"),
    ],
)
def test_in_a_group_the_call_of_the_bot_is_left_out(words: str, left: str) -> None:
    assert text(words, "wr1") == left


def test_one_to_one_nothing_is_left_out() -> None:
    assert text("@李娜 的单") == "@李娜 的单"


def test_without_a_configured_name_whoever_is_called_first_is_left_out() -> None:
    assert without_mention("@Bot 可乐20箱 @李娜", "") == "可乐20箱 @李娜"
    assert without_mention("可乐20箱", "") == "可乐20箱"


def test_texts_among_pictures_and_transcripts_are_words() -> None:
    items = [
        {"msgtype": "text", "text": {"content": "@跟单 助手 可乐20箱"}},
        {"msgtype": "image", "image": {"url": "x"}},
        {"msgtype": "text", "text": {"content": "雪碧10箱"}},
    ]
    mixed = hear(framed(BOT, "LiNa", "wr1", msgtype="mixed", mixed={"msg_item": items}), BOT)
    voice = hear(framed(BOT, "LiNa", msgtype="voice", voice={"content": "可乐二十箱"}), BOT)
    picture = hear(framed(BOT, "LiNa", msgtype="mixed", mixed={"msg_item": items[1:2]}), BOT)

    assert (mixed.kind, mixed.words) == ("text", "可乐20箱\n雪碧10箱")
    assert (voice.kind, voice.words) == ("text", "可乐二十箱")
    assert picture.kind == "mixed"


@pytest.mark.parametrize("kind", ["image", "file", "video"])
def test_what_has_no_words_keeps_its_kind(kind: str) -> None:
    heard = hear({**framed(BOT, "LiNa", msgtype=kind), kind: {"url": "https://x"}}, BOT)

    assert (heard.kind, heard.words) == (kind, "")


def test_a_quote_is_what_the_words_are_about() -> None:
    quote = {"msgtype": "text", "text": {"content": "订单 #17 待审核\n回复「17 通过」"}}
    envelope = open_envelope(text("通过", "wr1", quote=quote), ())

    assert envelope is not None
    assert envelope.body.raw == "通过"
    assert envelope.quoted is not None
    assert "17" in str(envelope.quoted)


def test_a_press_says_its_words_and_names_its_card() -> None:
    fields = {"event_key": "17 通过", "task_id": "t1", "card_type": "button_interaction"}
    documented = {"eventtype": "template_card_event", "template_card_event": fields}
    beside = {"eventtype": "template_card_event", **fields}

    for inside in (documented, beside):
        heard = hear(framed(BOT, "HeTing", "wr1", msgtype="event", event=inside), BOT)
        assert (heard.kind, heard.words, heard.task, heard.pressed) == ("text", "17 通过", "t1", True)
        assert heard.sender == "HeTing"


def test_whoever_is_of_another_corp_is_nobody_of_ours() -> None:
    outside = framed(BOT, "lina", msgtype="text", text={"content": "x"})
    outside["from"] = {"userid": "lina", "corpid": "ww2"}
    inside = {**outside, "from": {"userid": "lina", "corpid": "ww1"}}

    assert hear(outside, BOT).sender == "ww2/lina"
    assert hear(inside, BOT).sender == "lina"


def test_what_is_for_another_bot_or_has_no_key_is_refused() -> None:
    for wrong in ({"aibotid": "b2"}, {"msgid": ""}, {"msgid": "x" * 129}, {"msgid": "a b"}, {"msgtype": ""}):
        with pytest.raises(Rejected):
            hear({**said(BOT, "LiNa", "x"), **wrong}, BOT)


def test_a_poll_names_its_stream() -> None:
    assert hear(framed(BOT, "LiNa", msgtype="stream", stream={"id": "m7"}), BOT).stream == "m7"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
NAMES = (
    "msgid",
    "aibotid",
    "chatid",
    "chattype",
    "from",
    "msgtype",
    "text",
    "mixed",
    "event",
    "quote",
    "create_time",
)


@given(
    st.dictionaries(st.sampled_from(NAMES), JSON | st.sampled_from(["text", "event", "mixed", "m1", "group"]))
)
def test_whatever_comes_is_heard_or_refused(document: dict[str, Any]) -> None:
    try:
        heard = hear(document, BOT)
    except Rejected:
        return
    json.dumps([heard.id, heard.sender, heard.kind, heard.words, heard.chat])
