"""What a pack holds (每箱24罐, 24罐/箱): no quantity of the order."""

from collections.abc import Iterator

from handlers.understanding.spans.items import Line

_PER = frozenset({"每", "/", "一", "每一"})
_HOLDS = frozenset({" ", "装", "是", "有", "=", ":", "共", "里", "含", "里有", "一共"})


def packs(line: Line) -> Iterator[tuple[int, int]]:
    """Where it is said."""
    for index, item in enumerate(line.items[:-1]):
        if line.low(item) not in _PER or line.items[index + 1].tag != "U":
            continue
        if index and line.items[index - 1].tag == "Q":
            following = line.low(line.items[index + 2]) if index + 2 < len(line.items) else ""
            if line.low(item) != "每" or following in {"", " ", "\n", ",", ")"}:
                yield line.items[index - 1].start, line.items[index + 1].end
                continue
        held = index + 2
        while held < len(line.items) and line.low(line.items[held]) in _HOLDS:
            held += 1
        if held < len(line.items) and line.items[held].tag == "Q":
            yield item.start, line.items[held].end
