"""Reads the rows under a head."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from handlers.understanding.readings.sheets.counting import together
from handlers.understanding.readings.sheets.grid import GridRow
from handlers.understanding.readings.sheets.heads import COUNTED, Head
from handlers.understanding.readings.sheets.values import NOTHING, Count, Price, Values, price_in
from handlers.understanding.readings.sheets.wishes import (
    HIDDEN,
    MERGED,
    NEGATIVE,
    NO_GOODS,
    NO_QUANTITY,
    REMARK,
    UNPRICED,
    WITHDRAWN,
    ZERO,
    Left,
    Wish,
)
from handlers.understanding.spans.items import Quantity

_NAMES = ("brand", "goods", "spec", "option", "code")
_NOT_WANTED = re.compile(
    r"(?:(?:这行|本行|此行)?(?:已经?|先)?(?:取消|作废|不要|不订|删除|删掉|划掉)了?[。.!！]*)"
)
"""What a remark is that takes its row back; 不要压 is about something else."""
_CARRIED = ("customer", "goods", "code")


@dataclass(slots=True)
class Carried:
    """What holds for the rows below: names that stand only in the first of them."""

    said: dict[str, str] = field(default_factory=dict)

    def forget(self) -> None:
        """After an empty row or a sum, a name left out is nobody's."""
        self.said.clear()


@dataclass(frozen=True, slots=True)
class _Cells:
    """A row under its head."""

    head: Head
    row: GridRow

    def at(self, *roles: str) -> list[int]:
        """The columns of these roles that the row has."""
        return [at for at in self.head.at(*roles) if at < len(self.row.low)]

    def said(self, role: str) -> str:
        """The words of all columns of a role, in our spelling."""
        return " ".join(self.row.low[at] for at in self.at(role) if self.row.low[at])

    def written(self, role: str) -> str:
        """The same in the sender's spelling."""
        return " ".join(self.row.raw[at] for at in self.at(role) if self.row.low[at] not in NOTHING)

    def filled(self, *roles: str) -> list[tuple[int, str]]:
        """The cells of these roles that say something."""
        return [(at, self.row.low[at]) for at in self.at(*roles) if self.row.low[at] not in NOTHING]

    @property
    def shown(self) -> str:
        """What the row is of, as its sender wrote it."""
        return " ".join(self.row.raw[at] for at in self.at(*_NAMES) if self.row.raw[at]) or self.row.words

    @property
    def flaw(self) -> str:
        """Why the row cannot be used although something stands in it."""
        used = {at for at, column in enumerate(self.head.columns) if column.role not in {"", "ignored"}}
        found = [self.row.flaws[at] for at in sorted(used & self.row.flaws.keys())]
        merged = MERGED if self.row.merged & set(self.head.at(*COUNTED)) else ""
        return found[0] if found else merged


class RowReader:
    """Reads rows."""

    def __init__(self, values: Values) -> None:
        self._values = values

    def read(self, head: Head, row: GridRow, carried: Carried) -> Iterator[Wish | Left]:
        """What a row asks for; one that says neither what nor how many is a remark."""
        cells = _Cells(head, row)
        wish = _wish(cells, carried)
        named = any(cells.said(role) for role in _NAMES)
        if why := self._unusable(cells, named=named, counted=bool(cells.filled(*COUNTED))):
            yield Left(row.number, why, row.words if why == REMARK else cells.shown)
        elif head.is_matrix:
            yield from self._matrix(cells, wish)
        else:
            yield from self._listed(cells, wish)

    def _unusable(self, cells: _Cells, *, named: bool, counted: bool) -> str:
        if cells.row.hidden:
            return HIDDEN
        if cells.flaw:
            return cells.flaw
        if counted:
            return ""
        if not named or cells.row.filled < 2:
            return REMARK
        return ZERO if any(cells.row.low[at] for at in cells.at(*COUNTED)) else NO_QUANTITY

    def _matrix(self, cells: _Cells, wish: Wish) -> Iterator[Wish | Left]:
        """A wish for each cell with a number."""
        asked = False
        for at, cell in cells.filled("size", "shop"):
            column, count = cells.head.columns[at], self._values.count(cell)
            if count.zero:
                continue
            asked = True
            one = _counted(replace(wish, column=column.word), [(count, "")], cells.said("unit"))
            if column.role == "size":
                yield replace(one, goods=f"{wish.goods} {column.word}".strip())
            else:
                yield replace(one, customer=column.word)
        if not asked:
            yield Left(wish.row, ZERO, wish.words)

    def _listed(self, cells: _Cells, wish: Wish) -> Iterator[Wish | Left]:
        """One wish for the row, and one for what comes free with it."""
        wanted, free = self._counts(cells, "quantity"), self._counts(cells, "gift")
        if not wanted and not free:
            yield Left(wish.row, ZERO, wish.words)
        if wanted:
            yield _counted(wish, wanted, cells.said("unit"))
        if free:
            yield _counted(replace(wish, price=None, gift=True), free, cells.said("unit"))

    def _counts(self, cells: _Cells, role: str) -> list[tuple[Count, str]]:
        """How many the columns of a role say, each with the unit of its column; none is as good as nothing said."""
        said = [(self._values.count(cell), cells.head.columns[at].unit) for at, cell in cells.filled(role)]
        return [(count, unit) for count, unit in said if not count.zero]


def _counted(wish: Wish, counts: Sequence[tuple[Count, str]], unit: str) -> Wish:
    if any(count.negative for count, _ in counts):
        return replace(wish, counts=(Quantity(()),), fault=wish.fault or NEGATIVE)
    if wish.fault == WITHDRAWN:
        return replace(wish, counts=(Quantity(()),))
    return replace(wish, counts=together(counts, unit))


def _wish(cells: _Cells, carried: Carried) -> Wish:
    """All but how many. A customer left out is that of the row above; so are goods where a size or colour is said."""
    said = {role: cells.said(role) for role in ("customer", "goods", "option", "spec", "code", "brand")}
    if not said["goods"] and not said["code"] and (said["option"] or said["spec"]):
        said.update({role: carried.said.get(role, "") for role in ("goods", "code")})
    said["customer"] = said["customer"] or carried.said.get("customer", "")
    named = bool(said["goods"] or said["code"])
    carried.said.update(
        {role: said[role] for role in _CARRIED if said[role] or (named and role != "customer")}
    )
    goods = (said["brand"], said["goods"] or cells.head.goods, said["option"])
    price = _price(cells)
    unpriced = UNPRICED if price and price.value is None else ""
    withdrawn = WITHDRAWN if _NOT_WANTED.fullmatch(cells.said("note")) else ""
    return Wish(
        cells.row.number,
        cells.shown,
        " ".join(word for word in goods if word),
        said["spec"],
        said["code"],
        price=price,
        customer=said["customer"],
        due=cells.said("due"),
        address=cells.written("address"),
        note=cells.written("note"),
        fault=withdrawn or unpriced if any(goods) or said["code"] else NO_GOODS,
    )


def _price(cells: _Cells) -> Price | None:
    """What the row says of its price; several that differ are none that can be read."""
    found = []
    for at, cell in cells.filled("price"):
        said = price_in(cell)
        found.append(replace(said, unit=said.unit or cells.head.columns[at].unit))
    if not found:
        return None
    return found[0] if len(set(found)) == 1 else Price(None)
