"""What somebody who is reminded is asked to do depends on whose order it is."""

import pytest

from handlers.wording.ladder_notices import overdue

FACTS = {
    "number": 17,
    "step_name": "待发货",
    "since": "11-23 10:00",
    "owner": "刘军",
    "to": "刘军",
    "whom": "owner",
}


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({}, "请处理；正在办就回「收到 17」，先不再催。"),
        ({"to": "仓库群", "whom": "group"}, "请处理；谁在办就回「收到 17」，先不再催。"),
        ({"to": "马东"}, "刘军 不在，请您代办：回「收到 17」由您接手。"),
        (
            {"to": "马东", "whom": "supervisor"},
            "请过问：催 刘军，换人办就说「17转给某某」，自己办就回「收到 17」由您接手。",
        ),
        ({"to": "马东", "whom": "supervisor", "owner": None}, "请处理：回「收到 17」由您接手。"),
    ],
)
def test_it_is_said_what_to_do(facts, asked):
    assert overdue({**FACTS, "repeat": 1, **facts})[-1] == asked
