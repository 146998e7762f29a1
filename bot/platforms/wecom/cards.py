"""Template cards with buttons, for the app and (with less room) for AI bots. Pure.

https://developer.work.weixin.qq.com/document/path/90236 (app), 101032 (AI bot)
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.platforms.splitting import size
from bot.platforms.wecom import dialect
from handlers.message import Button

LABEL_CHARS = 10
KEY_BYTES = 1024
MOST_BUTTONS = 6


@dataclass(frozen=True, slots=True)
class Room:
    """How many characters a card shows; what is longer is cut."""

    title: int
    text: int


APP = Room(title=36, text=160)
AI_BOT = Room(title=26, text=112)


def card(
    title: str, text: str, buttons: Sequence[Button], key: str, room: Room = APP
) -> Mapping[str, object] | None:
    """A card whose buttons say their words, or None when WeCom would cut its text or refuse a button.

    `key` names the push: the same key makes the same task id, which WeCom takes once.
    """
    if not title or len(title) > room.title or len(text) > room.text or not offerable(buttons):
        return None
    return of_task(task_id(key), title, text, buttons)


def of_task(task: str, title: str, text: str, buttons: Sequence[Button]) -> Mapping[str, object]:
    """The card under this task id, whatever its length."""
    return {
        "card_type": "button_interaction",
        "main_title": {"title": title},
        "sub_title_text": text,
        "task_id": task,
        "button_list": [_button(button, first=number == 0) for number, button in enumerate(buttons)],
    }


def task_id(key: str) -> str:
    """Letters and digits only, and the same for the same key."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32]


def offerable(buttons: Sequence[Button]) -> bool:
    """True when WeCom takes them all."""
    fit = all(len(button.label) <= LABEL_CHARS and size(button.say) <= KEY_BYTES for button in buttons)
    return 0 < len(buttons) <= MOST_BUTTONS and fit


def title_and_rest(said: str, title: str, buttons: Sequence[Button]) -> tuple[str, str]:
    """Words as a card shows them: their first line (or `title`) above the rest, with what to type."""
    words, title = dialect.plain(said), dialect.plain(title)
    first, _, rest = words.partition("\n")
    if title and title != first:
        first, rest = title, words
    return first, f"{rest.strip()}\n{dialect.twins(buttons, beside=rest)}".strip()


def _button(button: Button, *, first: bool) -> Mapping[str, object]:
    """Blue for the first, which is what most people want next; grey for the others."""
    return {"text": dialect.plain(button.label), "style": 1 if first else 2, "key": button.say}
