"""Template cards with buttons. Pure.

https://developer.work.weixin.qq.com/document/path/90236
"""

import hashlib
from collections.abc import Mapping, Sequence

from bot.platforms.splitting import size
from bot.platforms.wecom import dialect
from handlers.message import Button

TITLE_CHARS = 36
TEXT_CHARS = 160
LABEL_CHARS = 10
KEY_BYTES = 1024
MOST_BUTTONS = 6


def card(title: str, text: str, buttons: Sequence[Button], key: str) -> Mapping[str, object] | None:
    """A card whose buttons say their words, or None when WeCom would cut its text or refuse a button.

    `key` names the push: the same key makes the same task id, which WeCom takes once.
    """
    if not title or len(title) > TITLE_CHARS or len(text) > TEXT_CHARS or not _offerable(buttons):
        return None
    return {
        "card_type": "button_interaction",
        "main_title": {"title": title},
        "sub_title_text": text,
        "task_id": hashlib.sha256(key.encode()).hexdigest()[:32],
        "button_list": [_button(button, first=number == 0) for number, button in enumerate(buttons)],
    }


def _offerable(buttons: Sequence[Button]) -> bool:
    fit = all(len(button.label) <= LABEL_CHARS and size(button.say) <= KEY_BYTES for button in buttons)
    return 0 < len(buttons) <= MOST_BUTTONS and fit


def _button(button: Button, *, first: bool) -> Mapping[str, object]:
    """Blue for the first, which is what most people want next; grey for the others."""
    return {"text": dialect.plain(button.label), "style": 1 if first else 2, "key": button.say}
