"""What comes in and what goes back, the same for every platform."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain import charts
from domain.charts import Chart
from domain.ports import MessageKey

PINNED = re.compile(r"(?<=^确认) [a-z2-7]{4}$|(?<=^放弃) [a-z2-7]{4}$| @\d{1,9}$")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message, fetched by the platform's door; its name is the sender's.

    `data` is None where the file is larger than `domain.files.LARGEST`: the door need not fetch it then.
    """

    name: str
    data: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """One thing somebody said or pressed; a button's `say` arrives as `text`.

    `sender` is the platform's user id, lower-cased; `chat` where a late reply goes: the group's id there, in a 1:1 chat
    the other side's, empty where that is the sender's first door; `place` the group's key in the company's rules, or the
    id where they do not name it, and empty in a 1:1 chat. `also_known` are further ids of the sender there, in lower case:
    of one person Feishu says open_id, union_id and user_id. `as_written` is the sender as the platform writes it, where it
    must be sent back like that.
    `called` says that the bot was called by name: then it is no talk among people, even in a group.
    `kind` is `text`, or what else was sent (`image`, `voice`, `location`, `event:subscribe`, …); a `file`
    has its `attachment` where the platform gives it out.
    """

    key: MessageKey
    sender: str
    text: str
    at: datetime
    place: str = ""
    kind: str = "text"
    chat: str = ""
    called: bool = False
    also_known: tuple[str, ...] = ()
    as_written: str = ""
    attachment: Attachment | None = None

    @property
    def words(self) -> str:
        """What was said; of a file its name."""
        return self.attachment.name if self.attachment else self.text


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

    `charts` are what of it may be shown as a picture; the text says the same for who sees none.
    An empty `text` means nothing is said (chatter in a group). Where `kept` is given, it is what is kept in the place of
    `text` and said when the message comes again: `text` holds a secret that is shown once.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    order: int | None = None
    charts: tuple[Chart, ...] = ()
    kept: str = ""

    def document(self) -> Mapping[str, object]:
        """As JSON, for the inbox."""
        document: dict[str, object] = {
            "text": self.kept or self.text,
            "buttons": [[button.label, button.say] for button in self.buttons],
            "order": self.order,
        }
        return {**document, "charts": charts.to_documents(self.charts)} if self.charts else document

    @staticmethod
    def from_document(document: Mapping[str, Any]) -> "Reply":
        """Back from `document`."""
        buttons = document["buttons"]
        order = document["order"]
        if not isinstance(buttons, list) or not (order is None or isinstance(order, int)):
            raise TypeError(f"not a recorded reply: {sorted(document)}")
        return Reply(
            str(document["text"]),
            tuple(Button(label, say) for label, say in buttons),
            order,
            charts.from_documents(document.get("charts")),
        )
