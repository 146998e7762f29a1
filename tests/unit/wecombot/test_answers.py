"""Replies and notices as messages of an AI bot: within its limits, and nothing a user wrote becomes more than words."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.splitting import size
from bot.platforms.wecom.cards import AI_BOT
from bot.platforms.wecombot import answers
from domain.destinations import DESTINATIONS
from handlers.message import Button, Reply
from tests.fakes.wecombot_chat import Room

YES, NO = Button("通过", "17 通过 @3"), Button("驳回", "驳回 17")
LONGEST = "内蒙古自治区锡林郭勒盟东乌珠穆沁旗满都宝力格镇供销合作社第二综合商店有限责任公司" * 3


def shown(said: answers.Said) -> Room:
    """Taken by the platform, or `Refused` is raised."""
    room = Room()
    for body in said.pushes:
        room.show("wr1", json.loads(json.dumps(body)))
    return room


def test_a_short_notice_with_buttons_is_one_card() -> None:
    (card,) = shown(answers.said("订单 #17\n可乐 20箱", (YES, NO), "n1")).in_chat("wr1")

    assert (card.kind, card.labels(), card.key_of("通过")) == ("card", ["通过", "驳回"], "17 通过 @3")
    assert "回复「17 通过」" in card.text


@pytest.mark.parametrize("text", [LONGEST, f"订单 #17\n{LONGEST}", "可乐 20箱\n" * 30, "题" * 27])
def test_what_no_card_bears_is_words_with_the_buttons_below(text: str) -> None:
    words, card = shown(answers.said(text, (YES, NO), "n1")).in_chat("wr1")

    assert (words.kind, card.kind) == ("markdown", "card")
    assert "回复「驳回 17」" in words.text


def test_buttons_that_no_card_bears_are_words() -> None:
    (words,) = shown(answers.said("请选", (Button(LONGEST, "选 1"),), "n1")).in_chat("wr1")

    assert "回复「选 1」" in words.text


def test_a_text_counts_as_fitting_beside_its_buttons_where_the_tokens_say_so() -> None:
    assert DESTINATIONS["wecom-bot"].card == AI_BOT.text


@given(
    st.text(min_size=1, max_size=400),
    st.lists(st.tuples(st.text(max_size=14), st.text(max_size=30)), max_size=8),
)
def test_whatever_is_said_is_taken_and_mentions_nobody(text: str, offered: list[tuple[str, str]]) -> None:
    buttons = tuple(Button(label or "x", say or "x") for label, say in offered)

    for body in answers.said(text, buttons, "n1").pushes:
        words = json.dumps(body.get("markdown", {}), ensure_ascii=False)
        assert not set("<@") & set(words)
        assert size(words) < answers.ROOM + 4096


def test_a_long_text_is_split_at_the_platforms_bytes() -> None:
    room = shown(answers.said("可乐 20箱\n" * 4000, (), "n1"))

    assert len(room.shown) == 3
    assert all(size(one.text) <= 20_480 for one in room.shown)


def test_lists_quotes_and_code_keep_their_marks() -> None:
    (only,) = answers.said("**单**\n- 一\n> 引 <@all>\n`a`", (), "n").texts

    assert only == "**单**\n- 一\n> 引 ＜＠all＞\n`a`"


@pytest.mark.parametrize(
    ("reply", "whole", "labels"),
    [
        (Reply("已审核 #17", order=17), True, ["看最新 #17"]),
        (Reply("已审核 #17\n下一步发货", (Button("发货", "17 发货"),), 17), True, ["发货"]),
        (Reply(f"已审核\n{LONGEST * 2}", order=17), False, ["看最新 #17"]),
        (Reply("题" * 40), False, ["我的待办"]),
        (Reply("已审核", (Button(LONGEST, "x"),)), False, ["我的待办"]),
    ],
)
def test_a_card_that_was_pressed_says_how_it_ended(reply: Reply, whole: bool, labels: list[str]) -> None:
    room = Room()
    room.show("wr1", answers.template_card(answers.said("订单 #17", (YES,), "n1").card or {}))
    task: Any = (room.shown[0].card or {})["task_id"]

    update, said_all = answers.decided(task, reply, "")
    room.update(update, "HeTing")

    assert said_all is whole
    assert room.shown[0].labels() == labels


def test_in_a_group_only_who_pressed_sees_the_change() -> None:
    assert answers.decided("t1", Reply("不行"), "HeTing")[0]["userids"] == ["HeTing"]
    assert "userids" not in answers.decided("t1", Reply("不行"), "")[0]


def test_what_comes_later_is_one_message() -> None:
    short = answers.in_one(answers.said("好", (), "n"))
    long = answers.in_one(answers.said("可乐 20箱\n" * 4000, (), "n"))

    assert short == answers.markdown("好")
    assert size(long["markdown"]["content"]) <= 20_480  # type: ignore[index]
    assert "说小一点" in str(long)
    assert answers.second(answers.said("好", (), "n")) is None
    third = answers.second(answers.said("可乐 20箱\n" * 4000, (), "n"))
    assert third is not None
    assert size(third["markdown"]["content"]) <= 20_480  # type: ignore[index]
