"""Cards within WeCom's limits, or none."""

import re

from bot.platforms.wecom.cards import card
from handlers.message import Button

YES = Button("确认", "确认 17")


def test_a_button_says_its_words() -> None:
    made = card("订单 17", "合计 45.00", [YES, Button("不要", "取消 17")], "n1")

    assert made is not None
    assert made["card_type"] == "button_interaction"
    assert made["main_title"] == {"title": "订单 17"}
    assert made["sub_title_text"] == "合计 45.00"
    assert made["button_list"] == [
        {"text": "确认", "style": 1, "key": "确认 17"},
        {"text": "不要", "style": 2, "key": "取消 17"},
    ]


def test_the_task_id_is_the_notice_and_fits() -> None:
    ids = [str((card("a", "b", [YES], key) or {})["task_id"]) for key in ("n1", "n1", "n2", "键" * 500)]

    assert ids[0] == ids[1]
    assert len(set(ids)) == 3
    assert all(re.fullmatch(r"[0-9A-Za-z_\-@]{1,128}", task) for task in ids)


def test_what_wecom_would_cut_or_refuse_is_no_card() -> None:
    assert card("题" * 36, "字" * 160, [Button("十个字" * 3 + "十", "k" * 1024)] * 6, "n") is not None
    assert card("", "b", [YES], "n") is None
    assert card("题" * 37, "b", [YES], "n") is None
    assert card("a", "字" * 161, [YES], "n") is None
    assert card("a", "b", [], "n") is None
    assert card("a", "b", [YES] * 7, "n") is None
    assert card("a", "b", [Button("十一个字" * 2 + "十一个", "k")], "n") is None
    assert card("a", "b", [Button("a", "键" * 342)], "n") is None
