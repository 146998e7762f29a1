"""The parts of a line that speak of goods: products, quantities, prices, and the words that bind them."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from handlers.understanding.lines import signs
from handlers.understanding.lines.bargains import bargains
from handlers.understanding.lines.figures import FigureReader
from handlers.understanding.lines.heading import shared
from handlers.understanding.lines.packs import packs
from handlers.understanding.lines.resizing import resized
from handlers.understanding.spans.goods import ProductFinder
from handlers.understanding.spans.items import Item, Line, Quantity
from handlers.understanding.values.money import Money
from handlers.understanding.values.numerals import Number
from handlers.understanding.vocabulary.mentions import Fragment, Named

_LINKS = frozenset({"的", "x", ":", "的x"})
_DIFFERENCE = re.compile(r"(?:便宜|优惠|减|让|让利|少|降|贵|涨|抹|返|退|补)了?(?:[个点]|一点)?$")
_FAR = 6
GLUED, SPACED, PAUSED, BROKEN = range(4)
_EACH = re.compile(
    r"各色各码|每色每码|各要|各来|各送|各拿|各补|各进|每样|每种|各样|各种|每个颜色|每个码|每个尺码|每色|每码|各色|各码|每款|各款|分别|各|都是|都要|都来|都|均|一样一|全部|全要"
)
_OPTION_EACH = {
    "每色": "色",
    "各色": "色",
    "每个颜色": "色",
    "每码": "码",
    "各码": "码",
    "每个码": "码",
    "每个尺码": "码",
    "每色每码": "色码",
    "各色各码": "色码",
}
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("total", re.compile(r"合计|总计|共计|一共|总共|共|总数|总价|总额|总金额|一起|总")),
    ("of", re.compile(r"其中|里头|里面|当中")),
    ("to", re.compile(r"到|至|-|~")),
    ("fix", re.compile(r"不对不对|不对|不不|算了|[哦啊呃噢喔额]不|不是|错了|说错了?|搞错了?|写错了?|打错了?|更正|应该是|口误")),
    ("drop", re.compile(r"不要了|去掉|删掉|删了|删除|拿掉|取消|不要|划掉|去了|撤掉|不用了|别要了|免了|减掉|退掉|剔除")),
    ("set", re.compile(r"(?:加|增加?|减|降|调|改|换|更改|变|补|涨|减少|增加|提|上调|下调|追加)(?:到|成|为|至)|改|换|调整|变成|只要|只留|只剩|就要|保留|变更")),
    ("plus", re.compile(r"加送|再送|多加|多要|多来|多拿|多送|多给|加多|增加|增补|追加|添加|添|再加|再要|再来|再补|再拿|再送|外加|加|多|补|增")),
    ("minus", re.compile(r"少要|少来|少拿|少送|少给|减少|减掉|扣掉|扣除|扣|减|少")),
    ("gift", re.compile(r"赠送|搭送|免费送|免费|另送|赠|搭|送")),
    ("keep", re.compile(r"不变|不动")),
    ("from", re.compile(r"从|由|原来|原先|本来|之前|原")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A part that speaks of goods. Kinds: P, Q, M, each, fix, drop, set, plus, minus, gift, from, of, total, link."""

    kind: str
    start: int
    end: int
    named: Named | None = None
    quantity: Quantity | None = None
    money: Money | None = None
    words: str = ""


class PieceReader:
    """Reads items as pieces: decides which numbers are sizes and which are quantities."""

    def __init__(self, products: ProductFinder) -> None:
        self._products = products

    def read(self, line: Line) -> list[Piece]:
        """The pieces of a line, in the order said."""
        ruled = [(one.start, one.end) for one in bargains(line)]
        ruled += packs(line)
        items = [
            item
            for item in line.items
            if item.tag not in "TKLO" and not any(start <= item.start < end for start, end in ruled)
        ]
        items = shared(line, resized(line, items, self._products), self._products)
        pieces: list[Piece] = []
        figures = FigureReader(line, items, self._products)
        for index, item in enumerate(items):
            made = self._piece(line, item, figures, index)
            if made.kind == "P" and made.named and item.tag != "N":
                figures.named(made.named)
            elif made.kind == "Q":
                figures.counted()
            pieces.append(made)
        pieces = self._without_names(line, [piece for piece in pieces if piece.kind])
        return _without_denied(_without_former(pieces))

    def _without_names(self, line: Line, pieces: list[Piece]) -> list[Piece]:
        """Without amounts that are part of the name of the goods before them, where another amount follows.

        What comes in packs of 10包 and 12包 is unknown by 100包, and not so many of it.
        """
        kept = pieces[:1]
        for at, (before, piece) in enumerate(pairwise(pieces)):
            named = before.named
            again = piece.kind == "Q" and self._again(line, piece, pieces[at + 2 : at + 4])
            unit = piece.quantity.unit if piece.quantity else ""
            if not (again and named and unit and self._products.sized_in(named.entries, unit)):
                kept.append(piece)
            elif not self._products.says(named.entries, line.text.low[piece.start : piece.end]):
                words = line.raw(before.start, piece.end)
                strange = Fragment("unknown", words, before.start, piece.end)
                named = Named("product", frozenset(), (strange,), words)
                kept[-1] = Piece("P", before.start, piece.end, named=named)
        return kept

    def _again(self, line: Line, piece: Piece, after: list[Piece]) -> bool:
        """Whether another amount of the same goods follows, perhaps behind more of their name (122桶大桶 16箱)."""
        if after and after[0].named and gap(line, piece, after[0]) == GLUED:
            own = self._products.decomposed(after[0].named.fragments)
            words = all(
                self._products.qualifies(one) and self._products.classes(one) == {"name"} for one in own
            )
            return words and [one.kind for one in after] == ["P", "Q"]
        return bool(after) and after[0].kind == "Q" and gap(line, piece, after[0]) != GLUED

    def fragments(self, line: Line, item: Item) -> tuple[Fragment, ...]:
        """What an item says of a product, numbers taken as sizes where they are some product's."""
        if isinstance(item.value, Named) and item.tag in "Pr":
            return item.value.fragments or (Fragment("unknown", line.low(item), item.start, item.end),)
        if isinstance(item.value, Number):
            size = Fragment("size", line.low(item), item.start, item.end)
            return (size,) if self._products.having(size) else ()
        return ()

    def _piece(self, line: Line, item: Item, figures: FigureReader, index: int) -> Piece:
        value = item.value
        if isinstance(value, Named) and item.tag in "Pr":
            return Piece("P", item.start, item.end, named=replace(value, kind="product"))
        if isinstance(value, Quantity):
            return Piece("Q", item.start, item.end, quantity=value, words=_link(line, item))
        if isinstance(value, Money):
            if _DIFFERENCE.search(line.text.low[max(0, item.start - _FAR) : item.start]):
                return Piece("", item.start, item.end)
            return Piece("M", item.start, item.end, money=value)
        if isinstance(value, Number) and signs.prices(line, item) and not figures.fits(index):
            return Piece("M", item.start, item.end, money=Money(item.start, item.end, value.value))
        if isinstance(value, Number) and item.tag == "N":
            size = figures.size(index) if figures.is_size(index) else None
            return self._number(line, item, value, size)
        kind = signs.sign(line, item) or signs.between(line, item) or word_kind(line.low(item))
        return Piece(kind, item.start, item.end, words=line.low(item))

    def _number(self, line: Line, item: Item, value: Number, size: Fragment | None) -> Piece:
        if line.low(item) == "零":
            return Piece("link", item.start, item.end)
        if size:
            named = Named("product", self._products.fit((size,)), (size,), line.raw(size.start, size.end))
            return Piece("P", item.start, item.end, named=named)
        return Piece("Q", item.start, item.end, quantity=Quantity(value.values))


def word_kind(word: str) -> str:
    """The kind of piece that a word is; nothing for a word that says nothing of goods."""
    if _EACH.fullmatch(word):
        return "each"
    for kind, pattern in _WORDS:
        if pattern.fullmatch(word):
            return kind
    return ""


def _without_former(pieces: list[Piece]) -> list[Piece]:
    """凉茶改二十箱 本来说十箱: what was said before a change counts no more."""
    changed = next((at for at, piece in enumerate(pieces) if piece.kind in {"set", "fix"}), len(pieces))
    former = {
        at + 1
        for at, (word, said) in enumerate(pairwise(pieces))
        if at > changed and word.kind == "from" and said.kind == "Q"
    }
    return [piece for at, piece in enumerate(pieces) if at not in former]


def _without_denied(pieces: list[Piece]) -> list[Piece]:
    """10箱不是5箱, 不是10箱 是12箱: what it is not counts only where nothing else was said."""
    denied = {
        index
        for index, (word, said) in enumerate(pairwise(pieces))
        if word.words == "不是" and said.kind == "Q" and word.end == said.start
    }
    if len(denied) != 1 or sum(piece.kind == "Q" for piece in pieces) < 2:
        return pieces
    at = denied.pop()
    return [*pieces[:at], *pieces[at + 2 :]]


def _link(line: Line, item: Item) -> str:
    """The mark right before a quantity."""
    mark = line.text.low[: item.start].rstrip(" ")[-1:]
    return mark if mark in "(=即x" else ""


def each_axis(piece: Piece) -> str:
    """Which options 每色, 每码 go over: some of 色 and 码."""
    return _OPTION_EACH.get(piece.words, "")


def gap(line: Line, first: Piece, second: Piece) -> int:
    """How far apart two pieces stand."""
    between = line.text.low[first.end : second.start]
    if not between or between in _LINKS:
        return GLUED
    if "\n" in between or ";" in between or "。" in between:
        return BROKEN
    if re.search(r"[,、，!?]", between):
        return PAUSED
    return SPACED
