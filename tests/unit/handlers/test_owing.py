"""Where a reply goes that is brought later."""

from datetime import UTC, datetime

import pytest

from domain.ports import MessageKey
from handlers.message import Message
from handlers.owing import privately, where_asked

NOON = datetime(2026, 11, 28, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("place", "chat", "late", "private"),
    [
        ("", "", "user:lina", "user:lina"),
        ("", "ou_lina", "chat:feishu:ou_lina", "chat:feishu:ou_lina"),
        ("sales", "oc_sales", "chat:feishu:oc_sales", "user:lina"),
        ("sales", "", "user:lina", "user:lina"),
    ],
)
def test_a_late_reply_goes_where_it_was_asked_a_private_one_to_no_group(
    place: str, chat: str, late: str, private: str
):
    message = Message(MessageKey("feishu", "cli_1", "om_1"), "ou_lina", "待办", NOON, place, chat=chat)

    assert (where_asked(message, "lina"), privately(message, "lina")) == (late, private)
