"""Interactive cards on the company's own template (docs/dingtalk-card.md). Pure.

Every variable is a text of at most 1 KB, so long words lie in several. What a button says travels with it and comes
back when it is pressed; who pressed, DingTalk says.
https://open.dingtalk.com/document/orgapp/create-and-deliver-cards
"""

from collections.abc import Callable, Mapping, Sequence

from bot.platforms.dingtalk import dialect
from bot.platforms.splitting import size, split
from domain.sending import Rendered
from handlers.message import Button

VALUE_BYTES = 1024
ROOM = 1000
"""Of a variable, so that no count of ours and DingTalk's can differ."""
PARTS = 4
MOST_BUTTONS = 6
TITLE, STATE, NOTE, ANSWER, SAY, CHAT = "title", "state", "note", "answer", "say", "chat"
OPEN, SETTLED = "open", "settled"
SUPERSEDED = "已有更新，请看最新的一条"
CUT = "…"


def body(number: int) -> str:
    """The name of the variable with this part of the words, from 1."""
    return f"body{number}"


def label(number: int) -> str:
    """The name of the variable that stands on this button; empty: there is none."""
    return f"label{number}"


def say(number: int) -> str:
    """The name of the variable with what this button says."""
    return f"say{number}"


def variables(notice: Rendered, chat: str) -> Mapping[str, str] | None:
    """The card of a notice, or None when something of it would not fit: then its words go as words."""
    buttons = [Button(label, say) for label, say in notice.buttons]
    parts = split(dialect.marked(notice.text), ROOM)
    fit = len(parts) <= PARTS and len(buttons) <= MOST_BUTTONS and _whole(buttons) and size(chat) <= ROOM
    if not fit:
        return None
    return {
        TITLE: dialect.title(notice.title or notice.text),
        STATE: OPEN,
        NOTE: "",
        ANSWER: "",
        CHAT: chat,
        **_numbered(body, parts, PARTS),
        **_numbered(label, [dialect.plain(button.label) for button in buttons], MOST_BUTTONS),
        **_numbered(say, [button.say for button in buttons], MOST_BUTTONS),
    }


def settled(note: str = SUPERSEDED) -> Mapping[str, str]:
    """What changes on a card whose buttons are over."""
    return {STATE: SETTLED, NOTE: note, **_numbered(label, (), MOST_BUTTONS)}


def first_words(text: str) -> str:
    """As much of an answer as a variable holds."""
    words = dialect.plain(text).strip()
    if size(words) <= ROOM:
        return words
    return words.encode("utf-8", "replace")[: ROOM - size(CUT)].decode("utf-8", "ignore") + CUT


def _whole(buttons: Sequence[Button]) -> bool:
    return all(button.label and size(button.label) <= ROOM and size(button.say) <= ROOM for button in buttons)


def _numbered(name: Callable[[int], str], values: Sequence[str], count: int) -> Mapping[str, str]:
    """Every variable has a value: one that is left out would keep the one it had."""
    return {
        name(number): values[number - 1] if number <= len(values) else "" for number in range(1, count + 1)
    }
