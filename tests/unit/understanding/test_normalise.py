"""The first stage alone: what is taken off a message, and the one spelling of what is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding.normalise.body import BLANKED, body
from handlers.understanding.normalise.commands import spoken
from handlers.understanding.normalise.envelope import Envelope, Taken, open_envelope
from handlers.understanding.normalise.lists import without_markers
from handlers.understanding.normalise.manners import without_manners
from handlers.understanding.normalise.text import LONGEST, LONGEST_TABLE, fold, read_text, spell

BOT = ("跟单助手",)
# A mark that closes brackets or parts thousands may only then be read as such, when it is in our spelling.
PLAIN = st.text(st.characters(exclude_characters="[]【】,，", exclude_categories=["Cs"]), max_size=40)
CHATTER = st.lists(
    st.sampled_from(
        "麻烦 您好 谢谢 你好， 福满楼 20箱 纯生 1. 2. 3、 - ① \n \t 。 ！ 辛苦了 嗯 好的 17 请假 ".split(" ")
    ),
    max_size=12,
).map("".join)


def opened(words: str) -> Envelope:
    """The envelope of a message that is not too long."""
    found = open_envelope(words, BOT)
    assert found is not None
    return found


@given(st.text(max_size=60))
def test_what_is_spelled_once_is_spelled(words):
    assert spell(spell(words)) == spell(words)


@given(PLAIN)
def test_normalising_is_idempotent(words):
    once = read_text(words)

    assert read_text(once.low).low == once.low
    assert fold(once.low) == fold(words)


@given(st.text(max_size=60))
def test_both_spellings_have_the_same_places(words):
    text = read_text(words)

    assert len(text.raw) == len(text.low)


@given(CHATTER)
@pytest.mark.parametrize("blank", [blank for _, blank in BLANKED], ids=[name for name, _ in BLANKED])
def test_what_is_blanked_leaves_everything_else_in_its_place(blank, words):
    text = read_text(words)
    after = blank(text)

    assert len(after.low) == len(text.low)
    assert all(new in {old, " "} for old, new in zip(text.low, after.low, strict=True))


@given(st.text(max_size=80))
def test_what_is_taken_off_was_typed(words):
    found = open_envelope(words, BOT)

    assert found is None or all(one.words in words for one in found.taken)


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("２０箱", "20箱"),
        ("ＣＯＬＡ", "cola"),
        ("M8×30", "m8x30"),
        ("330ml*24", "330mlx24"),
        ("330ml * 24", "330mlx24"),
        ("㎡", "m2"),
        ("俩箱", "两箱"),
        ("（急）：可乐；", "(急):可乐;"),
        ("可乐\u200b罐装", "可乐罐装"),
        ("到账12,500元", "到账12500元"),
        ("矿泉水550,100箱", "矿泉水550,100箱"),
        ("矿泉水550，100箱", "矿泉水550,100箱"),
    ],
)
def test_a_line_has_one_spelling(typed, spelled):
    assert read_text(typed).low == spelled


def test_spelling_keeps_the_place_of_every_character():
    text = read_text("矿泉水５５０ ＊２０【急】🙏")

    assert len(text.raw) == len(text.low)
    assert text.low == "矿泉水550 x20[急] "


def test_the_name_of_the_bot_is_taken_off():
    found = opened("@跟单助手 可乐20箱")

    assert (found.body.low, found.taken) == ("可乐20箱", (Taken("bot", "@跟单助手"),))


def test_a_quoted_message_is_taken_apart():
    found = opened("「跟单助手：#21 超时」\n- - - - - -\n收到")

    assert found.quoted is not None
    assert (found.quoted.low, found.body.low) == ("#21 超时", "收到")


def test_a_quotation_without_a_reply_is_the_message():
    assert (opened("「可乐20箱」").quoted, opened("「可乐20箱」").body.low) == (None, "可乐20箱")


def test_heads_and_stamps_of_forwarded_chat_are_no_numbers():
    found = opened("福满楼付经理 11/22 18:30\n纯生10箱")

    assert found.body.low == "福满楼付经理\n纯生10箱"
    assert found.taken == (Taken("head", "11/22 18:30"),)


def test_a_command_is_what_it_would_be_when_spoken():
    found = opened("/发货 17 顺丰")

    assert (found.command, body(found).low) == ("发货", "发货 17 顺丰")


def test_list_markers_are_blanked_and_sizes_are_not():
    assert without_markers(read_text("川味轩\n1.冰红茶\n2.凉茶")).low == "川味轩\n  冰红茶\n  凉茶"
    assert without_markers(read_text("1.5平方 3卷\n2.5平方 2卷")).low == "1.5平方 3卷\n2.5平方 2卷"


@pytest.mark.parametrize("words", ["{可乐} 5箱", "}{ {0} {x!r} 可乐"])
def test_a_command_is_spoken_with_whatever_follows_it(words):
    assert spoken("下单", read_text(words)).raw == f"下单 {words}"


def test_manners_are_blanked_where_more_is_said():
    assert without_manners(read_text("麻烦福满楼纯生5箱，谢谢")).low.strip() == "福满楼纯生5箱"
    assert without_manners(read_text("好的，谢谢")).low == "好的,谢谢"


@pytest.mark.parametrize(
    ("length", "mark", "read"),
    [
        (LONGEST, "", True),
        (LONGEST + 1, "", False),
        (LONGEST_TABLE, "\t", True),
        (LONGEST_TABLE + 1, "\t", False),
    ],
)
def test_a_message_without_end_is_none(length, mark, read):
    words = mark + "可" * (length - len(mark))

    assert (open_envelope(words, BOT) is not None) == read
