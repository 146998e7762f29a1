"""Words that nobody knows, in the place of goods or of a customer."""

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from handlers.understanding.readings.slots import Chosen
from handlers.understanding.spans.items import Item, Line
from handlers.understanding.vocabulary.mentions import Fragment, Named
from handlers.understanding.vocabulary.words import BUYING

_REACH = 3
_ASKING = BUYING | frozenset(
    "说 让 叫 讲 给 问 帮 是 说要 那边 这边 那里 下 把 跟 和 今天 现在 这次 先".split()
)
_AND = frozenset("和 跟 与 及 以及 还有 、".split())
_SELDOM = frozenset("定进补上点整送发配备")
"""Verbs of buying of one character that, run together with goods and what nobody knows, are rather part of a name."""
_QUALITY = re.compile(r"(?:味|色|款|装|型|版|牌|口味)$")


def with_strange_goods(line: Line, *, named: bool) -> Line:
    """Words nobody knows are part of the goods they stand before, else left out where nothing counts them."""
    kept: list[Item] = []
    for index, item in enumerate(line.items):
        if named and _torn(line, index - 1):
            continue
        if item.tag == "P" and kept and (strange := _strange(line, kept)):
            said = Fragment("unknown", line.low(strange), strange.start, strange.end)
            words = line.raw(strange.start, item.end)
            mention = Named("product", frozenset(), (said, *item.named.fragments), words)
            kept = [one for one in kept if one.start < strange.start]
            kept.append(Item("P", strange.start, item.end, mention))
        elif item.tag == "P" and item.named.entries and (after := _qualified(line, index)):
            mention = Named("product", frozenset(), (), line.raw(item.start, item.end) + line.low(after))
            kept.append(Item("P", item.start, item.end, mention))
        elif (
            item.tag != "r"
            or _counted(line, index, named=named)
            or _before_goods(line, index)
            or (named and (_torn(line, index) or _listed(line, index)))
        ):
            kept.append(item)
    return line.part(kept)


def _strange(line: Line, kept: list[Item]) -> Item | None:
    """Unknown words before goods, with nothing but 的, a space or a title between (康师傅…)."""
    for item in reversed(kept[-_REACH:]):
        if item.tag == "r":
            return item
        if item.tag not in "sw" or line.low(item) in _ASKING or (item.tag == "s" and line.low(item) != " "):
            return None
    return None


def _torn(line: Line, index: int) -> bool:
    """Whether a character between unknown words and goods, all run together, is no verb (东备大米, 运上被套)."""
    parts = line.items[index : index + 3]
    glued = all(one.end == other.start for one, other in pairwise(parts))
    return [one.tag for one in parts] == ["r", "w", "P"] and glued and line.low(parts[1]) in _SELDOM


def _listed(line: Line, index: int) -> bool:
    """Whether unknown words are listed beside goods (雪碧和娃娃各5箱)."""
    before = line.items[max(0, index - 2 * _REACH) : index][::-1]
    return _joins(line, line.items[index], before) or _joins(
        line, line.items[index], line.items[index + 1 : index + 2 * _REACH]
    )


def _joins(line: Line, item: Item, beside: Sequence[Item]) -> bool:
    """Whether a word for and stands between an item, with what is run together with it (康|师傅), and goods."""
    last = item
    for at, one in enumerate(beside):
        if line.low(one) in _AND:
            goods = next((other for other in beside[at + 1 :] if line.low(other) != " "), None)
            return goods is not None and goods.tag == "P"
        glued = one.tag in "wr" and (one.start == last.end or one.end == last.start)
        if not glued and line.low(one) != " ":
            return False
        last = one
    return False


def _before_goods(line: Line, index: int) -> bool:
    following = [*line.items[index + 1 : index + 1 + _REACH]]
    for item in following:
        if item.tag == "P":
            return True
        if item.tag not in "sw" or line.low(item) in _ASKING or (item.tag == "s" and line.low(item) != " "):
            return False
    return False


def _qualified(line: Line, index: int) -> Item | None:
    """A quality nobody knows, said behind the quantity (5箱 青柠味的)."""
    rest = list(islice((item for item in line.items[index + 1 :] if line.low(item) != " "), 3))
    if len(rest) > 1 and rest[0].tag == "Q" and rest[1].tag == "r" and _QUALITY.search(line.low(rest[1])):
        return rest[1] if len(rest) < 3 or rest[2].tag not in "QN" else None
    return None


def _counted(line: Line, index: int, *, named: bool = False) -> bool:
    """Whether what nobody knows is counted, so that it must be a product; `named` where the customer is known."""
    after = [
        item
        for item in line.items[index + 1 : index + 4]
        if line.low(item) not in {" ", "的", "x", "\t", ":"}
    ]
    before = [item for item in line.items[max(0, index - 3) : index] if line.low(item) not in {" ", "的"}]
    if after and after[0].tag in "QN":
        following = next((item for item in line.items[index + 1 :] if item.start >= after[0].end), None)
        counts_next = following is not None and following.tag == "P"
        return not counts_next or named or after[0].start == line.items[index].end
    return bool(before) and before[-1].tag == "Q" and before[-1].end == line.items[index].start


def strange_customer(line: Line, customers: list[Chosen]) -> tuple[Line, Chosen | None]:
    """Words nobody knows in the place of a customer."""
    if customers:
        return line, None
    for index, item in enumerate(line.items):
        if item.tag in "PQ":
            break
        if item.tag == "r" and not _counted(line, index) and len(line.low(item)) > 1:
            rest = line.part([one for one in line.items if one is not item])
            return rest, Chosen(frozenset(), line.raw(item.start, item.end))
    return line, None
