"""What a file was read as."""

from dataclasses import dataclass

from handlers.understanding.reading import Reading
from handlers.understanding.readings.sheets.sums import Sum
from handlers.understanding.readings.sheets.wishes import Left


@dataclass(frozen=True, slots=True)
class SheetOrder:
    """An order for one customer, day and place; its lines have their `spot`.

    `source` says where the customer was found that no column names: `label`, `title`, `page`, `file`, or empty.
    """

    reading: Reading
    source: str = ""


@dataclass(frozen=True, slots=True)
class SheetPage:
    """What is told of a page beside its orders: rows that are no lines, sums that are wrong, columns not used.

    `headless`: its columns were told apart without a head; `tables` is 0 where nothing in it could be read, `rows`
    how many rows it has then.
    """

    name: str
    tables: int
    rows: int
    left: tuple[Left, ...] = ()
    sums: tuple[Sum, ...] = ()
    unused: tuple[str, ...] = ()
    headless: bool = False


@dataclass(frozen=True, slots=True)
class SheetReading:
    """All of a file."""

    orders: tuple[SheetOrder, ...]
    pages: tuple[SheetPage, ...]
