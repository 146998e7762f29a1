"""Words in parts that DingTalk takes: it counts the bytes of the JSON they stand in. Pure."""

import json

from bot.platforms.splitting import size, split

PARAM = 15_000
"""Bytes of `msgParam`; https://open.dingtalk.com/document/orgapp/robots-send-group-chat-messages"""
BODY = 20_000
"""Bytes of a whole message to an address."""
AROUND = 600
"""What stands around the words: a title, names, at most."""


def parts(words: str, room: int, limit: int, around: int = AROUND) -> tuple[str, ...]:
    """Parts of at most `room` bytes, fewer where so many signs are escaped that JSON would pass `limit`."""
    while True:
        cut = split(words, room)
        if room <= AROUND or all(fits(part, room, limit, around) for part in cut):
            return cut
        room = room * 2 // 3


def fits(part: str, room: int, limit: int, around: int = AROUND) -> bool:
    """True when it can stand in one message."""
    return size(part) <= room and _written(part) + around <= limit


def _written(part: str) -> int:
    return size(json.dumps(part, ensure_ascii=False))
