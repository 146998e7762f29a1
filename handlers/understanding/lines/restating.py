"""Several quantities of one product: parts of it, or the same said again in another unit."""

from collections.abc import Sequence

from handlers.understanding.lines.measuring import Measure
from handlers.understanding.lines.pieces import Piece
from handlers.understanding.spans.items import Quantity

_AGAIN = frozenset({"(", "=", "即"})
_TIMES = "x"


def restated(measure: Measure, entries: frozenset[int], said: Sequence[Piece]) -> list[Quantity]:
    """The quantities that count: 10箱(240罐) is one, 6米x30根 is the 30."""
    kept: list[Quantity] = []
    for piece in said:
        own = piece.quantity
        if own is None:
            continue
        last = kept[-1] if kept else None
        if last is None or not own.unit or not last.unit or own.unit == last.unit:
            kept.append(own)
        elif any(measure.same(entries, own, other) for other in kept):
            continue
        elif piece.words == _TIMES:
            kept[-1:] = _times(measure, entries, last, own)
        elif piece.words in _AGAIN:
            kept[-1] = _either(last, own)
        else:
            kept.append(own)
    return kept


def _times(measure: Measure, entries: frozenset[int], first: Quantity, second: Quantity) -> list[Quantity]:
    """24罐x10箱, 6米x30根: what a pack or a piece holds, times how many."""
    known = [measure.unit(entries, one.unit)[2] for one in (first, second)]
    one = Quantity((type(first.values[0])(1),), second.unit) if first.values else second
    if not known[0] or measure.same(entries, first, one):
        return [second]
    other = Quantity((type(second.values[0])(1),), first.unit) if second.values else first
    if not known[1] or measure.same(entries, second, other):
        return [first]
    return [_either(first, second)]


def _either(first: Quantity, second: Quantity) -> Quantity:
    return Quantity(tuple(dict.fromkeys((*first.values, *second.values))), first.unit)
