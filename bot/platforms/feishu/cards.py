"""Cards of version 2.0 within Feishu's limits. Pure.

https://open.feishu.cn/document/feishu-cards/card-json-v2-structure; the request of a card may have 30 KB, which is counted
here on the JSON as it is sent, so that names of whatever length and quotation marks in them are what they weigh; some
is left for what Feishu makes of marks itself.
"""

import json
from collections.abc import Mapping, Sequence

from bot.platforms.feishu import dialect
from bot.platforms.splitting import size, split
from domain.destinations import DESTINATIONS
from handlers.message import Button

CARD_BYTES = 28_000
ROOM = DESTINATIONS["feishu-chat"].bytes
TITLE_CHARS = 100
LABEL_CHARS = 40
SAY_BYTES = 1024
MOST_BUTTONS = 12
SMALLEST = 1000
OPEN, OVER = "blue", "grey"
OVER_NOTE = "这张单有了新的进展，请看最新的一条。"

Card = Mapping[str, object]


def card(
    text: str,
    title: str = "",
    buttons: Sequence[Button] = (),
    *,
    alone: bool = False,
    colour: str = OPEN,
    calls: str = "",
) -> Card:
    """One card of neutral markdown; `calls` is a line of mentions, in the dialect already.

    A button says its words where it is pressed: `alone` tells a 1:1 chat from a group, which a press does not.
    """
    head = dialect.plain(title).strip()[:TITLE_CHARS]
    elements = [_markdown(dialect.marked(shown)) for shown in [_below(text, title)] if shown.strip()]
    if calls:
        elements.append(_markdown(calls))
    if offered := offerable(buttons):
        elements.append(
            _row([_button(one, first=not place, alone=alone) for place, one in enumerate(offered)])
        )
    made: dict[str, object] = {
        "schema": "2.0",
        "config": {"update_multi": True},
        "body": {"direction": "vertical", "elements": elements or [_markdown(dialect.marked(text) or "…")]},
    }
    if head:
        made["header"] = {"title": _plain(head), "template": colour}
    return made


def cards(
    text: str,
    title: str = "",
    buttons: Sequence[Button] = (),
    *,
    alone: bool = False,
    calls: str = "",
    foot: str = "",
    most: int = CARD_BYTES,
) -> tuple[Card, ...]:
    """As many as the words need: the mentions stand on the first, where they call, the buttons on the last.

    `foot` stands on each that does not have these words already.
    """
    limit = most * 9 // 10 - size(calls)
    while True:
        parts = split(text, limit)
        last = len(parts) - 1
        made = tuple(
            card(
                part if foot in part else f"{part}\n\n{foot}",
                title if place == 0 else "",
                buttons if place == last else (),
                alone=alone,
                calls=calls if place == 0 else "",
            )
            for place, part in enumerate(parts)
        )
        if limit < SMALLEST or all(fits(one, most) for one in made):
            return made
        limit = limit * 3 // 4  # marks and quotation marks weigh more in JSON than in the text


def fits(made: Card, most: int = CARD_BYTES) -> bool:
    """True when Feishu takes it."""
    return size(json.dumps(content(made), ensure_ascii=False)) <= most


def content(made: Card) -> str:
    """As the API wants it: a JSON in a text."""
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def over(text: str, title: str, note: str = OVER_NOTE) -> Card:
    """A card whose time is over: what it said, why it offers nothing any more."""
    first, *_ = split(text, ROOM - size(note) - 100)
    return card(f"{first}\n\n*{note}*" if note else first, title, colour=OVER)


def offerable(buttons: Sequence[Button]) -> Sequence[Button]:
    """Those that can stand on a card; every button can be typed as well."""
    fit = [button for button in buttons if button.label.strip() and size(button.say) <= SAY_BYTES]
    return fit[:MOST_BUTTONS]


def _below(text: str, title: str) -> str:
    """The words without a first line that only repeats the title."""
    first, _, rest = text.partition("\n")
    return rest.strip("\n") if title and dialect.plain(first) == dialect.plain(title) else text


def _button(button: Button, *, first: bool, alone: bool) -> Card:
    """Blue for the first, which is what most people want next."""
    label = dialect.plain(dialect.words(button.label))
    value: dict[str, object] = {"say": button.say, **({"alone": True} if alone else {})}
    return {
        "tag": "button",
        "text": _plain(label if len(label) <= LABEL_CHARS else f"{label[: LABEL_CHARS - 1]}…"),
        "type": "primary" if first else "default",
        "behaviors": [{"type": "callback", "value": value}],
    }


def _row(buttons: Sequence[Card]) -> Card:
    """Beside each other, as many as a line holds."""
    columns = [{"tag": "column", "width": "auto", "elements": [button]} for button in buttons]
    return {"tag": "column_set", "flex_mode": "flow", "horizontal_spacing": "8px", "columns": columns}


def _markdown(text: str) -> Card:
    return {"tag": "markdown", "content": text}


def _plain(text: str) -> Card:
    return {"tag": "plain_text", "content": text}
