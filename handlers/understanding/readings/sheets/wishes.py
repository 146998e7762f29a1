"""What a row of a table asks for, in words, or why it is no line of an order."""

from dataclasses import dataclass

from domain.pages import ERROR, FORMULA, LONG
from handlers.understanding.readings.sheets.values import Price
from handlers.understanding.spans.items import Quantity

HIDDEN, MERGED, NO_GOODS, UNKNOWN, NO_QUANTITY, ZERO, NEGATIVE, UNPRICED, WITHDRAWN, REMARK, NOTED = (
    "hidden", "merged", "no-goods", "unknown", "no-quantity", "zero", "negative", "unpriced", "withdrawn", "remark",
    "noted",
)  # fmt: skip
LEFT = (
    FORMULA,
    ERROR,
    LONG,
    HIDDEN,
    MERGED,
    NO_GOODS,
    UNKNOWN,
    NO_QUANTITY,
    ZERO,
    NEGATIVE,
    UNPRICED,
    WITHDRAWN,
    REMARK,
)
"""Why a row of a file is no line; a remark says neither what nor how many, one that was noted says something else."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a row, or a cell of a matrix, asks for, in our spelling; `words` is how its sender calls it.

    A count without values is one that nobody can read. `column` is the size or customer of a matrix' cell. `fault` is
    what is wrong with it: a row of a file is left then, what was pasted is asked about.
    """

    row: int
    words: str
    goods: str
    spec: str = ""
    code: str = ""
    counts: tuple[Quantity, ...] = ()
    price: Price | None = None
    customer: str = ""
    due: str = ""
    address: str = ""
    note: str = ""
    gift: bool = False
    column: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """A row, or a cell of a matrix, that is no line of an order: why, and what stands there."""

    row: int
    why: str
    words: str
    column: str = ""
