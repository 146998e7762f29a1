"""Text messages within Feishu's limits. Pure.

A text is seen on any client and in any list of messages, so that what needs no card comes as one.
"""

import json
from collections.abc import Sequence

from bot.platforms.splitting import size, split

SMALLEST = 1000


def texts(words: str, calls: str, most: int) -> Sequence[str]:
    """Parts that weigh at most so many bytes as JSON; the mentions stand in the first, where they call."""
    limit = most - size(calls) - 1
    while True:
        first, *others = split(words, limit)
        parts = [f"{calls} {first}" if calls else first, *others]
        if limit < SMALLEST or all(size(content(part)) <= most for part in parts):
            return parts
        limit = limit * 3 // 4  # line ends and quotation marks weigh more in JSON


def content(text: str) -> str:
    """As the API wants it: a JSON in a text."""
    return json.dumps({"text": text}, ensure_ascii=False)
