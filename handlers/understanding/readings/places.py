"""Where goods go and what should be remembered: addresses and notes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.understanding.readings.reasons import clauses
from handlers.understanding.spans.items import Item, Line

_SENDS = frozenset(
    "送 送到 送去 送至 送往 发到 发至 发往 送货到 送货去 送达 拉到 运到 配送 配送到 寄到 送货 卸到 卸在 放到 放在 送过去 送来 送在".split()
)
_EMPTY = re.compile(
    r"(?:就行|就好|就可以|可以|货|过来|过去|来|去|到|达|一下|他|她|我|我们|他们|家|店里|那边|这边|即可|吧|哈|哦|啊|了|的|上门|给|要|也行|都行|行|好|完|齐|客户|人家|前|之前|以前|最好|一定|务必|必须|能|一次|一趟|一起|出|出去)*"
)
_TAIL = re.compile(r"(?:就行|就好|就可以|可以了?|即可|吧|哈|哦|啊|去|了|谢谢|辛苦了?|那边|这边|里面?去)+$")
_ADDRESS = re.compile(
    r"(?:送货|收货|新|配送)?地址(?:就)?(?:改|换|变更|变|更改|更新)?(?:成|为|到|是|在|写)?[::]?\s*(?P<place>[^\s,。;!?]+(?:\s+(?=[0-9a-z]+(?:栋|楼|号|单元|室))[^\s,。;]+)?)"
)
_NOTE = re.compile(
    r"(?:添?加?[个条]?备注(?:一下|下)?|补充(?:说明|一下|一句|一点)|附注|注明|注意|记得|别忘了?|记(?:一下|一笔|录一下|录|下|上)|标注(?:一下)?|标一下|写上|附言|说明|ps)\s*[::]?\s*(?P<note>[^\n]+)"
)
_AT = frozenset({"的", "那边", "那里", "那家", "店里", "家", "店"})
_PAYING = re.compile(r"发票|开票|对账|结账|结款|付款|收款|打款|付清|结清|回款")
USUAL = "老地方"


@dataclass(frozen=True, slots=True)
class Place:
    """An address said, and the offsets it takes up."""

    words: str
    start: int
    end: int


def address(line: Line) -> Place | None:
    """The place after 送 or 地址, if it is one."""
    match = _ADDRESS.search(line.text.low)
    if match and not re.fullmatch(
        r"(?:不对|错了?|写错了?|有误|不变|没错|吗|呢|多少|哪里?|在哪)", match["place"]
    ):
        words = re.sub(
            r"^(?:送到|送至|送去|送往|送|到|去|为|成|是)",
            "",
            line.raw(match.start("place"), match.end("place")),
        )
        return Place(words, match.start(), match.end())
    for index, item in enumerate(line.items):
        if line.low(item) in _SENDS and item.tag == "w":
            found = _after(line, index)
            if found:
                return found
    return None


def _after(line: Line, index: int) -> Place | None:
    rest: list[Item] = []
    for item in line.items[index + 1 :]:
        if item.tag == "s" and line.low(item) not in "-/()":
            break
        rest.append(item)
    while rest and (
        rest[0].tag in "DTKL"
        or line.low(rest[0]) in {"前", "之前", "以前", "到", "去", "往", "给", "至", "就", "在"}
    ):
        rest.pop(0)
    while rest and (rest[-1].tag in "DTK" or line.low(rest[-1]) in {"前", "之前", "以前", "左右"}):
        rest.pop()
    if rest and re.match(
        r"改|换|时间|日期|方式|费|单|推|延|提前|取消|错|不|晚|早|完|好|了$", line.low(rest[0])
    ):
        return None
    if not rest or rest[0].tag in "QPNM" or any(item.tag in "PQ" for item in rest):
        return None
    start, end = rest[0].start, rest[-1].end
    words = _TAIL.sub("", line.text.low[start:end])
    if _EMPTY.fullmatch(words) or USUAL in words or not words:
        return None
    if all(item.tag == "C" or line.low(item) in _AT for item in rest) and not _aside(line, rest):
        return None
    if not any(item.tag in "rCWN" or item.tag == "A" for item in rest) and len(words) < 2:
        return None
    return Place(line.raw(start, start + len(words)), start, end)


def _aside(line: Line, rest: Sequence[Item]) -> bool:
    """Part of a customer's name is a place, where another customer is named before."""
    before = [item for item in line.items if item.tag == "C" and item.end <= rest[0].start]
    named = [item.named for item in rest if item.tag == "C"]
    return bool(before) and not any(one.exact or one.entries & before[-1].named.entries for one in named)


def note(line: Line) -> Place | None:
    """What should be remembered, after a word that says so; else the usual place."""
    match = _NOTE.search(line.text.low)
    if (
        match
        and match[0].startswith("记")
        and any(item.tag in "PQ" and item.start > match.start() for item in line.items)
    ):
        match = None
    if match:
        begun = match.start("note")
        for item in line.items:
            if (
                item.tag in "NO"
                and item.start == begun
                and line.text.low[item.end : item.end + 1] in {" ", ","}
            ):
                begun = item.end + 1
        if not line.text.low[begun : match.end("note")].strip("了的吧啊 ,."):
            return None
        return Place(line.raw(begun, match.end("note")), match.start(), match.end())
    at = line.text.low.find(USUAL)
    inside = any(item.tag in "CP" and item.start <= at < item.end for item in line.items)
    return Place(USUAL, at, at + len(USUAL)) if at >= 0 and not inside else None


def without(line: Line, places: Sequence[Place | None]) -> Line:
    """The line without the items that lie in these places."""
    taken = [place for place in places if place]
    kept = [
        item
        for item in line.items
        if not any(place.start <= item.start and item.end <= place.end for place in taken)
    ]
    return line.part(kept)


def leftover(line: Line) -> str | None:
    """Words after the goods that nobody knows: they are kept as a note."""
    goods = [item.end for item in line.items if item.tag in "PQ"]
    if not goods:
        return None
    kept = [
        (start, end)
        for clause, start, end in clauses(line)
        if start >= goods[-1] and _remarks(clause) and end - start > 2
    ]
    return line.raw(kept[0][0], kept[-1][1]) if kept else None


def _remarks(clause: Line) -> bool:
    named = any(item.tag == "C" and item.named.entries for item in clause.items)
    unknown = any(item.tag == "r" or (item.tag == "C" and not item.named.entries) for item in clause.items)
    return unknown and not named and not any(item.tag in "DTKLMO" for item in clause.items)


def of_delivery(line: Line) -> Line:
    """Without what is said of invoices and payment (发票月底开): its day is none of delivery."""
    kept = [part for part, start, end in clauses(line) if not _PAYING.search(line.text.low[start:end])]
    return line.part([item for part in kept for item in part.items])
