"""What comes in and what goes back, the same for every platform."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.ports import MessageKey

PINNED = re.compile(r"(?<=^确认) [a-z2-7]{4}$|(?<=^放弃) [a-z2-7]{4}$| @\d{1,9}$")


@dataclass(frozen=True, slots=True)
class Message:
    """One thing somebody said or pressed; a button's `say` arrives as `text`.

    `sender` is the platform's user id, lower-cased; `place` the group's id there, empty in a 1:1 chat.
    `kind` is `text`, or what else was sent (`image`, `voice`, `location`, `event:subscribe`, …).
    """

    key: MessageKey
    sender: str
    text: str
    at: datetime
    place: str = ""
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Button:
    """An offer to act: pressing it is the same as typing `say`."""

    label: str
    say: str

    @property
    def typed(self) -> str:
        """The same for people who type: without the mark that pins what they saw (a draft's code, a version)."""
        return PINNED.sub("", self.say)


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer: neutral markdown, user text in it already harmless. `order` is the number it is about.

    An empty `text` means nothing is said (chatter in a group).
    """

    text: str
    buttons: tuple[Button, ...] = ()
    order: int | None = None

    def document(self) -> Mapping[str, object]:
        """As JSON, for the inbox."""
        return {
            "text": self.text,
            "buttons": [[button.label, button.say] for button in self.buttons],
            "order": self.order,
        }

    @staticmethod
    def from_document(document: Mapping[str, object]) -> "Reply":
        """Back from `document`."""
        buttons = document["buttons"]
        order = document["order"]
        if not isinstance(buttons, list) or not (order is None or isinstance(order, int)):
            raise TypeError(f"not a recorded reply: {sorted(document)}")
        return Reply(str(document["text"]), tuple(Button(label, say) for label, say in buttons), order)
