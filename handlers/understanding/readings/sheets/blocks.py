"""Tables among rows: each with its head, its rows of goods, and what stands around it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from handlers.understanding.readings.sheets.around import names_customer
from handlers.understanding.readings.sheets.grid import GridRow
from handlers.understanding.readings.sheets.headings import label_of
from handlers.understanding.readings.sheets.heads import Head, HeadReader
from handlers.understanding.readings.sheets.rows import Carried, RowReader
from handlers.understanding.readings.sheets.steps import Steps
from handlers.understanding.readings.sheets.sums import Sum, Sums
from handlers.understanding.readings.sheets.values import Values
from handlers.understanding.readings.sheets.wishes import NOTED, REMARK, Left, Wish
from handlers.understanding.vocabulary.words import UNITS

_ASIDE = frozenset({"aside", "day"})


@dataclass(slots=True)
class Block:
    """A table. `around` are the rows above and below that are no goods, `sums` the sums in it that are wrong."""

    head: Head
    around: list[GridRow] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)

    @property
    def sound(self) -> list[Wish]:
        """The wishes that nothing is wrong with."""
        return [wish for wish in self.wishes if not wish.fault]

    @property
    def out(self) -> list[Left]:
        """Of a file all rows that are no lines, those that are wrong included."""
        wrong = [Left(one.row, one.fault, one.words, one.column) for one in self.wishes if one.fault]
        return [*self.left, *wrong]


@dataclass(slots=True)
class _Open:
    """The table whose rows are being read, and the rows that may still turn out to belong to the next."""

    block: Block
    sums: Sums
    carried: Carried = field(default_factory=Carried)
    loose: list[GridRow] = field(default_factory=list)
    last: int = 0


class BlockReader:
    """Finds tables; `is_customer` knows whether words name a customer."""

    def __init__(self, heads: HeadReader, values: Values, is_customer: Callable[[str], bool]) -> None:
        self._heads = heads
        self._values = values
        self._rows = RowReader(values)
        self._is_customer = is_customer

    def read(self, rows: Sequence[GridRow]) -> Steps[list[Block]]:
        """The tables in `rows`, from the top."""
        tables: list[_Open] = []
        above: list[GridRow] = []
        at = 0
        while at < len(rows):
            head, length = self._head_at(rows, at)
            if head:
                block = Block(head, self._above(tables[-1]) if tables else above)
                block.left += [] if tables else self._lost(above)
                tables.append(_Open(block, Sums(head, self._values), last=rows[at + length - 1].number))
            elif tables:
                self._under(tables[-1], rows[at])
            else:
                above.append(rows[at])
            at += length if head else 1
            yield
        if tables:
            tables[-1].block.around += tables[-1].loose
        return [table.block for table in tables]

    def under(self, head: Head, rows: Sequence[GridRow]) -> Steps[list[Block]]:
        """All rows as those of one table without a head of its own."""
        table = _Open(Block(head), Sums(head, self._values), last=rows[0].number - 1)
        for row in rows:
            self._under(table, row)
            yield
        table.block.around += table.loose
        return [table.block]

    def _head_at(self, rows: Sequence[GridRow], at: int) -> tuple[Head | None, int]:
        """The head that begins in a row, and how many rows it has."""
        row = rows[at]
        if row.hidden or row.filled < 2:
            return None, 1
        head = self._heads.head(row.low, ruled=row.ruled)
        if head is None and at + 1 < len(rows) and rows[at + 1].ruled and not rows[at + 1].hidden:
            return self._heads.over_two(row.low, rows[at + 1].low), 2
        return head, 1

    def _above(self, before: _Open) -> list[GridRow]:
        """Of the rows between two tables, those that belong to the second: from where a customer is named on."""
        rows = before.loose
        begins = next((at for at, row in enumerate(rows) if self._names(row)), len(rows))
        before.block.around += rows[:begins]
        return rows[begins:]

    def _lost(self, above: list[GridRow]) -> list[Left]:
        """Rows above the first head that look like goods."""
        return [
            Left(row.number, REMARK, row.words)
            for row in above
            if row.filled > 1
            and not any(label_of(cell)[0] for cell in row.low)
            and any(self._counts(cell) for cell in row.low if cell)
        ]

    def _counts(self, cell: str) -> bool:
        """Whether a cell says how many in a way that no title does (11月订货单)."""
        parts = self._values.count(cell).parts
        return bool(parts) and all(not part.unit or part.unit in UNITS for part in parts)

    def _names(self, row: GridRow) -> bool:
        return names_customer(row) or any(cell and self._is_customer(cell) for cell in row.low)

    def _under(self, table: _Open, row: GridRow) -> None:
        """A row under a head. A gap, and a sum, end what is carried from row to row."""
        if not row.filled or row.number > table.last + 1:
            table.carried.forget()
        table.last = row.number
        if not row.filled:
            return
        if table.sums.is_sum(row):
            table.carried.forget()
            table.block.sums += filter(None, [table.sums.wrong(row)])
        elif why := self._remark(row, table.block.head):
            table.loose.append(row)
            table.block.left.append(Left(row.number, why, row.words))
        else:
            table.sums.add(row)
            self._goods(table, row)

    def _goods(self, table: _Open, row: GridRow) -> None:
        for read in self._rows.read(table.block.head, row, table.carried):
            if isinstance(read, Wish):
                table.block.wishes.append(read)
                continue
            table.block.left.append(read)
            table.loose += [row] if read.why == REMARK else []

    def _remark(self, row: GridRow, head: Head) -> str:
        """What words are below a table, not in it: a label with its value, or a line that is not cut as the table is."""
        if row.hidden:
            return ""
        label, _ = label_of(next((cell for cell in row.low if cell), ""))
        if label or row.ruled:
            return REMARK if label in _ASIDE else NOTED if label else ""
        counted = any(self._values.count(cell).parts for cell in row.low if cell)
        return "" if counted and len(row.low) * 2 >= len(head.columns) else REMARK
