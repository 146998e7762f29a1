"""The head of a table: what each of its columns is."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.understanding.readings.sheets.headings import TOTAL, role_of, unit_of

COUNTED = frozenset({"quantity", "size", "shop", "gift"})
"""Columns whose cells say how many."""
_ENOUGH = 2
_NUMBER = re.compile(r"[\d.,]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `unit`: what it counts in, or a price is for; `word`: the size or customer its cells are of."""

    role: str
    unit: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The columns from the left. `goods` is what all rows are of, where the corner of a matrix says it.

    `unused` are the headings that say nothing we know.
    """

    columns: tuple[Column, ...]
    goods: str = ""
    unused: Mapping[int, str] | None = None

    def at(self, *roles: str) -> list[int]:
        """The columns of these roles."""
        return [index for index, column in enumerate(self.columns) if column.role in roles]

    @property
    def is_matrix(self) -> bool:
        """Whether sizes or customers stand in it."""
        return bool(self.at("size", "shop"))

    @property
    def is_unnamed(self) -> bool:
        """Whether neither a column nor the corner says what the rows are of: only colours or sizes stand there."""
        return not self.goods and not self.at("goods", "code")


class HeadReader:
    """Knows heads; `sizes` are the words that may head a column of a matrix, with what they decide."""

    def __init__(self, sizes: Mapping[str, frozenset[str]], is_customer: Callable[[str], bool]) -> None:
        self._sizes = sizes
        self._is_customer = is_customer

    def head(self, cells: Sequence[str], *, ruled: bool) -> Head | None:
        """The head that these cells (in our spelling) are, or None.

        `ruled`: something stands between the cells; words with spaces between name customers without being a head.
        """
        if any(_NUMBER.fullmatch(cell) and cell not in self._sizes for cell in cells[1:]):
            return None
        columns = [self._column(cell) for cell in cells]
        if sum(column.role == "size" for column in columns) >= _ENOUGH:
            return self._matrix(columns, cells)
        columns = [replace(one, role="", word="") if one.role == "size" else one for one in columns]
        return (self._shops(columns, cells) if ruled else None) or self._plain(columns, cells)

    def over_two(self, first: Sequence[str], second: Sequence[str]) -> Head | None:
        """The head that two rows are together: sizes or customers in the second, under what the first says."""
        said = [cell for cell in second if cell]
        below = [self._column(cell).role == "size" or self._is_customer(cell) for cell in said]
        totals = [bool(TOTAL.fullmatch(cell)) for cell in said]
        named = [
            role_of(cell)
            for cell, under in zip(first, _padded(second, len(first)), strict=False)
            if cell and not under
        ]
        if (
            sum(below) < _ENOUGH
            or not named
            or not all(named)
            or not all(map(any, zip(below, totals, strict=True)))
        ):
            return None
        width = max(len(first), len(second))
        both = zip(_padded(first, width), _padded(second, width), strict=True)
        return self.head([under or over for over, under in both], ruled=True)

    def _column(self, cell: str) -> Column:
        role = role_of(cell)
        if role in {"quantity", "gift"}:
            return Column(role, unit_of(cell))
        if role == "price":
            return Column(role, _priced_in(cell))
        bare = cell.removesuffix("码").removesuffix("号")
        if not role and (cell in self._sizes or bare in self._sizes):
            return Column("size", word=bare if bare in self._sizes else cell)
        return Column(role)

    def _matrix(self, columns: Sequence[Column], cells: Sequence[str]) -> Head | None:
        """Sizes of one kind, and the rest of the head says what its columns are."""
        kinds = [self._sizes[column.word] for column in columns if column.role == "size"]
        if not frozenset.intersection(*kinds) or not all(column.role for column in columns[1:]):
            return None
        if columns[0].role:
            return Head(tuple(columns))
        return Head((Column("option"), *columns[1:]), goods=cells[0])

    def _shops(self, columns: Sequence[Column], cells: Sequence[str]) -> Head | None:
        """Goods down, customers across; a name among customers that nobody knows is asked about."""
        strange = [index for index, column in enumerate(columns) if not column.role and cells[index]]
        known = [index for index in strange if self._is_customer(cells[index])]
        if len(known) < _ENOUGH or any(column.role == "customer" for column in columns):
            return None
        named = any(column.role in {"goods", "code"} for column in columns)
        corner = not named and not cells[0]
        if not (named or corner):
            return None
        made = [
            Column("shop", word=cells[index]) if index in strange else column
            for index, column in enumerate(columns)
        ]
        if corner:
            made[0] = Column("goods")
        return Head(tuple(made))

    def _plain(self, columns: Sequence[Column], cells: Sequence[str]) -> Head | None:
        said = [cell for cell in cells if cell]
        known = [column.role for column in columns if column.role]
        if "quantity" not in known or len(known) < _ENOUGH or len(known) * 2 < len(said):
            return None
        made = list(columns)
        if not {"goods", "code"} & set(known) and not made[0].role:
            made[0] = Column("goods")
        if not any(column.role in {"goods", "code", "option", "brand"} for column in made):
            return None
        unused = {
            index: cells[index] for index, column in enumerate(made) if not column.role and cells[index]
        }
        return Head(tuple(made), unused=unused)


def _priced_in(heading: str) -> str:
    """单价(元/箱) is for one 箱."""
    _, slash, rest = heading.partition("/")
    return rest.strip("()[] ") if slash else ""


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]
