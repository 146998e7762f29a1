"""What must be asked, and because of which words."""

import re
from collections.abc import Iterator

from handlers.understanding.readings.drafting import Sketch
from handlers.understanding.why.facts import Entry, Open
from handlers.understanding.why.naming import NameTeller

_OF_LINE = re.compile(r"lines\[(\d+)\]\.(\w+)")
_KINDS = {"customer": "customer", "sku": "product", "staff": "staff", "warehouse": "warehouse"}


def questions(made: Sketch, names: NameTeller) -> Iterator[Open]:
    """Everything open about a request."""
    for path in made.missing:
        yield Open(path, "unsaid", about=_about(made, path, names))
    for path, codes in made.ambiguous.items():
        kind = _KINDS.get(path.rpartition(".")[2])
        choices = tuple(names.by_code(kind, code).name for code in codes) if kind else codes
        doubt = made.doubts.get(path)
        yield Open(path, "either", doubt.word if doubt else "", choices, _about(made, path, names))
    for path, words in made.unknown.items():
        because = "unit" if path.endswith(".unit") else "unknown"
        yield Open(path, because, words, about=_about(made, path, names))


def _about(made: Sketch, path: str, names: NameTeller) -> Entry | None:
    """The product of the line that a path leads to, where it is settled."""
    match = _OF_LINE.fullmatch(path)
    lines = made.slots.get("lines", ())
    sku = lines[int(match[1])].sku if match and int(match[1]) < len(lines) else None
    return names.by_code("product", sku) if sku else None
