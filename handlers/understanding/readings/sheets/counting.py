"""How many a row asks for: from one column or several, with the unit that the cell, the row or the head says."""

from collections.abc import Sequence

from handlers.understanding.readings.sheets.values import Count
from handlers.understanding.spans.items import Quantity
from handlers.understanding.vocabulary.words import SAME_UNIT


def together(counts: Sequence[tuple[Count, str]], unit: str) -> tuple[Quantity, ...]:
    """The quantities of a row. `counts` come each with the unit of its column; `unit` is what the row says.

    Columns of different units (箱数, 瓶数) add up; of the same, or where one says no unit (数量 beside 箱数), each may be
    meant, and they are asked about where they differ.
    """
    units = {of for _, of in counts}
    if len(units) == 1 or "" in units:
        return _either([_settled(count, of, unit) for count, of in counts])
    return tuple(part for count, of in counts for part in _settled(count, of, ""))


def _settled(count: Count, of_column: str, of_row: str) -> tuple[Quantity, ...]:
    """The parts of a cell with their units; one that is said in two ways is none that anything is sold in."""
    if len(count.parts) > 1:
        return count.parts
    part = count.parts[0] if count.parts else Quantity(())
    said = [one for one in (part.unit, of_row, of_column) if one]
    different = dict.fromkeys(SAME_UNIT.get(one, one) for one in said)
    return (Quantity(part.values, "/".join(different) if len(different) > 1 else next(iter(said), "")),)


def _either(said: Sequence[tuple[Quantity, ...]]) -> tuple[Quantity, ...]:
    """One of these."""
    if len(set(said)) == 1:
        return said[0]
    if any(len(parts) != 1 or not parts[0].values for parts in said):
        return (Quantity(()),)
    values = dict.fromkeys(value for (part,) in said for value in part.values)
    units = dict.fromkeys(part.unit for (part,) in said)
    return (Quantity(tuple(values), "/".join(filter(None, units))),)
