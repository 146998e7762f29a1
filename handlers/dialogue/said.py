"""The last line that was answered: enough to tell why it was read so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers.understanding.normalise.text import LONGEST_TABLE


@dataclass(frozen=True, slots=True)
class Said:
    """The line and when it was said.

    `history` are the earlier lines it was read with. `asked` is the kind of the question it answered, `value` what it
    settled there (nothing where that is no code); both empty for a request of its own.
    """

    text: str
    at: datetime
    history: tuple[str, ...] = ()
    asked: str = ""
    value: str = ""


def to_document(said: Said) -> Mapping[str, object]:
    """As JSON; what is empty is left out. Of a line too long to be read as much is kept as shows that it is."""
    kept = {
        "text": said.text[: LONGEST_TABLE + 1],
        "at": said.at.isoformat(),
        "history": list(said.history),
        "asked": said.asked,
        "value": said.value,
    }
    return {name: value for name, value in kept.items() if value}


def from_document(item: Mapping[str, Any]) -> Said:
    """The line that `to_document` wrote."""
    at = datetime.fromisoformat(item["at"])
    return Said(
        item.get("text", ""), at, tuple(item.get("history", ())), item.get("asked", ""), item.get("value", "")
    )
