"""What goes back: buttons and their typed twins, replies kept for a redelivery."""

import json
from decimal import Decimal

import pytest

from domain.charts import Chart, Series
from handlers.message import Button, Reply


@pytest.mark.parametrize(
    ("say", "typed"),
    [
        ("确认 j7uu", "确认"),
        ("放弃 j7uu", "放弃"),
        ("通过 17 @3", "通过 17"),
        ("查单 17", "查单 17"),
        ("驳回 17 j7uu", "驳回 17 j7uu"),
    ],
)
def test_what_pins_a_button_is_not_typed(say, typed):
    assert Button("", say).typed == typed


@pytest.mark.parametrize("order", [None, 17])
def test_a_kept_reply_comes_back_as_it_was(order):
    reply = Reply("**好**", (Button("查看 #17", "查单 17"),), order)

    assert Reply.from_document(reply.document()) == reply


@pytest.mark.parametrize("changes", [{"buttons": "none"}, {"order": "17"}])
def test_what_is_no_kept_reply_is_not_taken_for_one(changes):
    with pytest.raises(TypeError, match="not a recorded reply"):
        Reply.from_document({**Reply("").document(), **changes})


def test_a_kept_reply_keeps_its_charts():
    chart = Chart("新单", "bars", ("9点",), (Series("张", (Decimal("3.50"),), "张"),), "张", "今天")
    reply = Reply("**日报**", charts=(chart,))

    kept = json.loads(json.dumps(reply.document()))

    assert Reply.from_document(kept) == reply


def test_a_reply_kept_by_a_release_without_charts_is_read():
    assert Reply.from_document({"text": "好", "buttons": [], "order": None}) == Reply("好")
