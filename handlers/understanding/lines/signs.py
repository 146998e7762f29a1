"""What marks and small words right before a quantity do."""

from bisect import bisect_left
from operator import attrgetter

from handlers.understanding.spans.items import Item, Line, Quantity

_BETWEEN = {"不": "fix", "一样": "each", **dict.fromkeys(("减掉", "去掉", "拿掉", "删掉"), "minus")}


def between(line: Line, item: Item) -> str:
    """What a small word does right before a quantity: 20包不30包 corrects, 凉茶跟酸梅汤一样十箱 is each."""
    kind = _BETWEEN.get(line.low(item), "")
    if not kind:
        return ""
    said = [one for one in line.items if one.tag != "s"]
    at = said.index(item)
    counted = at + 1 < len(said) and said[at + 1].tag in "QN"
    return kind if counted and at and said[at - 1].tag == ("Q" if kind == "fix" else "P") else ""


def prices(line: Line, item: Item) -> bool:
    """50箱43.5, 凉茶10箱 按60一箱 雪碧10箱 44: a number with a point right behind a quantity is its price, and so is a
    bare one where another is said in full."""
    after = line.text.low[item.end : item.end + 1]
    if item.tag != "N" or after not in {"", " ", ",", ";", "\n", "。"}:
        return False
    at = bisect_left(line.items, item.start, key=attrgetter("start"))
    before = next((one for one in reversed(line.items[:at]) if line.low(one) != " "), None)
    if before is None or not isinstance(before.value, Quantity):
        return False
    if before.end == item.start:
        return "." in line.low(item)
    following = next((one for one in line.items[at + 1 :] if one.tag != "s"), None)
    alone = following is None or following.tag in "PrDT"
    return bool(before.value.unit) and alone and "M" in line.masked


def sign(line: Line, item: Item) -> str:
    """雪碧-5箱, 雪碧+5: the sign of a number that no other number or noun stands beside."""
    kind = {"-": "minus", "+": "plus"}.get(line.text.raw[item.start : item.end], "")
    if not kind:
        return ""
    around = [one for one in line.items if one.tag != "s"]
    before = next((one for one in reversed(around) if one.end <= item.start), None)
    after = [one for one in around if one.start >= item.end][:2]
    if before is None or before.tag not in "Pr" or not after or after[0].start != item.end:
        return ""
    if line.text.low[max(0, before.start - 1) : before.start] == "-":
        return ""
    counted = after[0].tag == "Q" or (after[0].tag == "N" and not (after[1:] and after[1].tag in "NQ"))
    bound = len(after) > 1 and line.low(after[1]).startswith(("各", "每"))
    bound = bound or (len(after) > 1 and after[1].tag in "Pr" and after[1].start == after[0].end)
    return kind if counted and not bound else ""
