"""Several requests in one message, taken apart."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from handlers.understanding.grammar import classify
from handlers.understanding.grammar.classify import Shape
from handlers.understanding.spans.items import Item, Line
from handlers.understanding.values.refs import Orders
from handlers.understanding.vocabulary.names import Names
from handlers.understanding.vocabulary.words import BUYING

_MOST = 40
_FAR = 200
_JOINING = re.compile(r"(?:店|家|那边|的)?[\s,、和跟与及/.]*(?:还有|以及)?[\s,、]*")
_PAYS = re.compile(
    r"(?:买|满|送|赠|搭|付|转|收|款|账|结|打|汇|交|给|信|宝|公|金|还|欠|按|价|(?:付|转|收|结|打|汇|交|给|还|欠)了)$"
)
_BINDING = BUYING | {"的", "就", "先", "再", "也"}
_SAME = re.compile(r"也是|一样|同样|同上|照样|也要")


def split(line: Line, customers: Names) -> list[tuple[int, int]]:
    """The offsets of the requests in a line; one stretch where there is only one."""
    end = len(line.text.low)
    trailing = _trailing(line, customers)
    cuts = trailing or list(_cuts(line, customers))
    bounds = [0, *cuts, end]
    return [(first, last) for first, last in pairwise(bounds) if line.text.low[first:last].strip()]


def _cuts(line: Line, customers: Names) -> Iterator[int]:
    begun = 0
    for anchor in islice(_anchors(line, customers), _MOST):
        left = _between(line, begun, anchor)
        right = _between(line, anchor, anchor + _FAR)
        numbered = any(item.start == anchor and item.tag == "N" for item in line.items)
        if numbered and classify.order(Shape(right.masked)) is None:
            continue
        if anchor > begun and acts(left) and acts(right):
            yield anchor
            begun = anchor
        elif begins := _clause(line, begun, anchor):
            yield begins
            begun = anchor


def _clause(line: Line, begun: int, anchor: int) -> int | None:
    """Where a request begins whose word of action stands before its order (…10箱 催一下18号单)."""
    said = next(item for item in line.items if item.start == anchor)
    breaks = [item.end for item in line.items if item.tag == "s" and begun < item.end <= anchor]
    if said.tag != "O" or not breaks:
        return None
    left, right = _between(line, begun, breaks[-1]), _between(line, breaks[-1], breaks[-1] + _FAR)
    listed = classify.LISTED.search(left.masked)
    return breaks[-1] if listed and "O" not in left.masked and acts(right) else None


def _between(line: Line, start: int, end: int) -> Line:
    return line.part([item for item in line.items if start <= item.start and item.end <= end])


def acts(line: Line) -> bool:
    """Whether this stretch by itself asks for something."""
    shape = Shape(line.masked)
    if re.search(r"P.*[QN]|[QN].*P|[rP].{0,3}Q|C.{0,6}P", shape.masked) or _SAME.search(shape.masked):
        return True
    return classify.order(shape) is not None


def _anchors(line: Line, customers: Names) -> Iterator[int]:
    """Where another order or customer is named."""
    last: Item | None = None
    before: Item | None = None
    counted = False
    for index, item in enumerate(line.items):
        if item.tag == "s":
            continue
        anchor = _is_anchor(line, index, before, counted=counted)
        counted = item.tag == "N" and not anchor
        before = item
        if not anchor:
            continue
        if last is not None and not _one_group(line, last, item, customers):
            yield item.start
        last = item


def _is_anchor(line: Line, index: int, before: Item | None, *, counted: bool) -> bool:
    """Whether an item begins to speak of an order; `counted` after a number that does not."""
    item = line.items[index]
    if item.tag == "C":
        return True
    if isinstance(item.value, Orders):
        return item.value.number != "" and not (
            before is not None and before.tag == "C" and before.end == item.start
        )
    if item.tag != "N" or not line.low(item).isdigit() or len(line.low(item)) > 6:
        return False
    if before is not None and (before.tag in "PQM" or counted or _counts_goods(line, index)):
        return False
    after = next((one for one in line.items[index + 1 : index + 4] if one.tag != "s"), None)
    paid = before is not None and before.tag == "w" and _PAYS.search(line.low(before))
    return not paid and after is not None and after.tag in "wNDKL"


def _counts_goods(line: Line, index: int) -> bool:
    """Whether nothing but a word of buying stands between goods and a number (雪碧要17 加急)."""
    for item in reversed(line.items[:index]):
        if line.low(item) != " " and not (item.tag == "w" and line.low(item) in _BINDING):
            return item.tag == "P"
    return False


def _one_group(line: Line, first: Item, second: Item, customers: Names) -> bool:
    """Whether two anchors belong together: a list, or one customer said in two places."""
    if first.tag == second.tag == "C":
        return _same_customer(first, second, customers) or bool(
            _JOINING.fullmatch(line.text.low[first.end : second.start])
        )
    if {first.tag, second.tag} == {"C", "O"} or {first.tag, second.tag} == {"C", "N"}:
        return len(line.text.low[first.end : second.start].strip()) < 2
    return bool(_JOINING.fullmatch(line.text.low[first.end : second.start]))


def _same_customer(first: Item, second: Item, customers: Names) -> bool:
    if first.named.entries & second.named.entries:
        return True
    if len(first.named.entries) < 2 or not second.named.fragments:
        return False
    every = [one.entries or customers.find(one.word).all for one in second.named.fragments]
    return bool(first.named.entries & frozenset.intersection(*every))


def _trailing(line: Line, customers: Names) -> list[int]:
    """Cuts after customers who are named after their goods."""
    goods = [item.start for item in line.items if item.tag in "PQ"]
    named = [item for item in line.items if item.tag == "C"]
    if len(named) < 2 or not goods or named[0].start < goods[0] or named[-1].end < goods[-1]:
        return []
    cuts = []
    for one, following in pairwise(named):
        if _same_customer(one, following, customers):
            return []
        if any(one.end <= start < following.start for start in goods):
            cuts.append(one.end)
    return cuts


def contiguous(line: Line, customers: Sequence[Item]) -> bool:
    """Whether customers are listed side by side, so that what is said holds for each."""
    return all(
        bool(_JOINING.fullmatch(line.text.low[one.end : other.start])) for one, other in pairwise(customers)
    )
