"""Tables among rows: each with its head, its rows of goods, and what stands around it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from handlers.understanding.normalise.text import fold
from handlers.understanding.readings.sheets.around import facts_of, names_customer
from handlers.understanding.readings.sheets.grid import GridRow
from handlers.understanding.readings.sheets.headings import label_of
from handlers.understanding.readings.sheets.heads import Head, HeadReader
from handlers.understanding.readings.sheets.rows import Carried, RowReader
from handlers.understanding.readings.sheets.steps import Steps
from handlers.understanding.readings.sheets.styles import StyleReader
from handlers.understanding.readings.sheets.sums import Sum, Sums
from handlers.understanding.readings.sheets.values import Values
from handlers.understanding.readings.sheets.wishes import NOTED, REMARK, Left, Wish

_ASIDE = frozenset({"aside", "day"})


@dataclass(slots=True)
class Block:
    """A table. `around` are the rows above and below that are no goods, `sums` the sums in it that are wrong.

    `follows`: nothing but what it is of stands between it and the table before, so that it is for the same customer.
    """

    head: Head
    around: list[GridRow] = field(default_factory=list)
    follows: bool = False
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
    """The table whose rows are being read, and the rows that may still turn out to belong to the next.

    `style` is what its rows are of where its head does not say it.
    """

    block: Block
    sums: Sums
    carried: Carried = field(default_factory=Carried)
    loose: list[GridRow] = field(default_factory=list)
    last: int = 0
    style: str = ""

    @property
    def head(self) -> Head:
        """Its head, with the style."""
        return replace(self.block.head, goods=self.style) if self.style else self.block.head


class BlockReader:
    """Finds tables; `is_customer` knows whether words name a customer."""

    def __init__(
        self, heads: HeadReader, styles: StyleReader, values: Values, is_customer: Callable[[str], bool]
    ) -> None:
        self._heads = heads
        self._styles = styles
        self._values = values
        self._rows = RowReader(values)
        self._is_customer = is_customer

    def read(self, rows: Sequence[GridRow]) -> Steps[list[Block]]:
        """The tables in `rows`, from the top."""
        tables: list[_Open] = []
        above: list[GridRow] = []
        at = 0
        while at < len(rows):
            before = tables[-1] if tables else None
            head, length = self._head_at(rows, at, before)
            if head:
                tables.append(self._opened(head, above, before))
                tables[-1].last = rows[at + length - 1].number
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

    def _opened(self, head: Head, above: list[GridRow], before: _Open | None) -> _Open:
        """A table under its head: the first, below the rows `above`, or one below another."""
        free = before.loose if before else above
        found = self._styles.nearest(free) if head.is_unnamed else ""
        style = (before.style if before else "") if found is None else found
        if before is None:
            block = Block(head, above, left=self._lost(above))
        else:
            follows = all(fold(words) == style for words in facts_of(free).free)
            block = Block(head, self._above(before), follows=follows)
        return _Open(block, Sums(head, self._values), style=style)

    def _head_at(self, rows: Sequence[GridRow], at: int, before: _Open | None) -> tuple[Head | None, int]:
        """The head that begins in a row, and how many rows it has.

        Under a head with a word in its corner (款式), a name before numbers that are sizes too is a row of goods.
        """
        row = rows[at]
        if row.hidden or row.filled < 2:
            return None, 1
        head = self._heads.head(row.low, ruled=row.ruled)
        if head is None and at + 1 < len(rows) and rows[at + 1].ruled and not rows[at + 1].hidden:
            return self._heads.over_two(row.low, rows[at + 1].low), 2
        if head and head.goods and before and not before.block.head.goods:
            return None, 1
        if head and not row.ruled and not self._is_counted(head, rows[at + 1 : at + 2]):
            return None, 1
        return head, 1

    def _is_counted(self, head: Head, below: Sequence[GridRow]) -> bool:
        """Whether something counts under sizes with spaces between: 断路器 63A 2P above another is no head."""
        sizes = head.at("size")
        cells = [cell for row in below for index in sizes for cell in row.low[index : index + 1] if cell]
        return not sizes or (bool(cells) and all(self._values.count(cell).parts for cell in cells))

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
            and any(self._values.is_count(cell) for cell in row.low if cell)
        ]

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
            self._aside(table, row, Left(row.number, why, row.words))
        else:
            table.sums.add(row)
            self._goods(table, row)

    def _goods(self, table: _Open, row: GridRow) -> None:
        for read in self._rows.read(table.head, row, table.carried):
            if isinstance(read, Wish):
                table.block.wishes.append(read)
            elif read.why == REMARK:
                self._aside(table, row, read)
            else:
                table.block.left.append(read)

    def _aside(self, table: _Open, row: GridRow, left: Left) -> None:
        """Words among the rows; those that say what is below them are taken as that."""
        table.loose.append(row)
        style = self._styles.nearest([row]) if table.block.head.is_unnamed else None
        table.style = table.style if style is None else style
        table.block.left.append(replace(left, why=NOTED) if style else left)

    def _remark(self, row: GridRow, head: Head) -> str:
        """What words are below a table, not in it: a label with its value, or a line that is not cut as the table is."""
        if row.hidden:
            return ""
        label, _ = label_of(next((cell for cell in row.low if cell), ""))
        if label or row.ruled:
            return REMARK if label in _ASIDE else NOTED if label else ""
        counted = any(self._values.count(cell).parts for cell in row.low if cell)
        return "" if counted and len(row.low) * 2 >= len(head.columns) else REMARK
