"""A table that somebody sent as a file: its pages as rows of words, whatever program made it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

FORMULA = "formula"
ERROR = "error"
LONG = "long"
FLAWS = (FORMULA, ERROR, LONG)
"""Why a cell has no words: a formula that nothing was computed for, one that failed, more words than a cell has."""


@dataclass(frozen=True, slots=True)
class PageRow:
    """A row that is not empty. `number` is the one that the program showing the table has beside it.

    `flaws` are the cells without words, by column. `merged` are the columns where one cell stands for this row and
    others; its words are in each. A hidden row is there, since whoever sent it may not know of it.
    """

    number: int
    cells: tuple[str, ...]
    flaws: Mapping[int, str] = field(default_factory=dict)
    merged: frozenset[int] = frozenset()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet. `unread` says how many rows of a hidden one were left out, `hidden_columns` (letters) which columns.

    `blind`: the kind of file does not say what is hidden.
    """

    name: str
    rows: tuple[PageRow, ...] = ()
    unread: int = 0
    hidden_columns: tuple[str, ...] = ()
    blind: bool = False


class Unreadable(Exception):
    """The file cannot be read as a table. `code` names the sentence, `facts` fill it."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, object] = facts


UNREADABLE: Mapping[str, tuple[str, ...]] = {
    "not-a-table": (),  # neither a workbook nor a table in text
    "other-kind": ("kind",),  # a table (.xlsb, .ods, a web page) that another program must save anew
    "password": (),
    "broken": (),
    "encoding": (),
    "empty": (),
    "too-many-rows": ("rows", "most"),
    "too-wide": ("page", "place", "rows", "columns"),  # something stands in cell `place`, beyond so many
    "too-much": (),  # it needs more memory or time than a table of orders does
    "too-many-lines": ("lines", "most"),  # of orders
    "too-many-orders": ("orders", "most"),
}
"""Every reason and the facts it carries."""
