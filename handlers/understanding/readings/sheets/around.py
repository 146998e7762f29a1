"""The rows above and below a table: labels with their values, and words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handlers.understanding.normalise.text import fold
from handlers.understanding.readings.sheets.grid import GridRow
from handlers.understanding.readings.sheets.headings import LABELS, label_of

_NEXT_LABEL = re.compile(rf"[\s,，;；]+(?=(?:{'|'.join(LABELS.values())})\s*[:：])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said around a table, in the sender's spelling; `day` may be that of the paper. `free` is the rest."""

    customer: str = ""
    due: str = ""
    day: str = ""
    address: str = ""
    note: str = ""
    free: tuple[str, ...] = ()


def facts_of(rows: Iterable[GridRow]) -> Facts:
    """What these rows say; of a label that stands there twice the first value counts, of notes all."""
    said: dict[str, str] = {}
    free: list[str] = []
    for row in rows:
        words = []
        for role, value in _labelled(row):
            if not role:
                words.append(value)
            elif value and role == "note" and role in said:
                said[role] = f"{said[role]}；{value}"
            elif value:
                said.setdefault(role, value)
        if words:
            free.append(" ".join(words))
    said.pop("aside", None)
    return Facts(**said, free=tuple(free))


def names_customer(row: GridRow) -> bool:
    """True where a row has the label of a customer."""
    return any(role == "customer" for role, _ in _labelled(row))


def _labelled(row: GridRow) -> Iterator[tuple[str, str]]:
    """Each value with the role of its label, which stands before it in the same cell or in one of its own."""
    waiting = ""
    for cell in row.raw:
        for part in _NEXT_LABEL.split(cell) if cell else ():
            role, value = _split(part)
            if role and value:
                waiting = ""
                yield role, value
            elif role:
                waiting = role
            elif part.strip():
                yield waiting, part.strip()
                waiting = ""


def _split(part: str) -> tuple[str, str]:
    """The role of a label, and the words after it as they were written."""
    role, _ = label_of(fold(part).strip())
    _, _, value = part.replace("：", ":", 1).partition(":")
    return role, value.strip() if role else ""
