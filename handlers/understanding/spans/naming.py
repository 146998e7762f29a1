"""Which spans name a customer, a product, a colleague or a warehouse, and which entries they may be."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from handlers.understanding.normalise.text import Text
from handlers.understanding.spans.goods import ProductFinder
from handlers.understanding.spans.items import Item
from handlers.understanding.spans.span import Span
from handlers.understanding.vocabulary.lexicon import Kind
from handlers.understanding.vocabulary.mentions import Fragment, Fragments, Named

_TAGS = {"customer": "C", "product": "P", "staff": "S", "warehouse": "W"}
_ORDER = ("warehouse", "customer", "product", "staff")
_WITHIN = frozenset("和与及家里大小上下中前后内点地好同也都总由行过进回走成")
_BEGINNINGS = frozenset("快急活")
_KINDS = frozenset("味款型装")
_SIDES = frozenset("内外")
_CHANGES = frozenset("加减换改补增")
_NOTHING: frozenset[int] = frozenset()


class Namer:
    """Turns the spans of a line into items, naming what can be named."""

    def __init__(self, kinds: dict[str, Kind], products: ProductFinder) -> None:
        self._kinds = kinds
        self._products = products

    def items(self, text: Text, spans: Sequence[Span]) -> list[Item]:
        """The items of a line; stretches of names side by side become one or more mentions."""
        out: list[Item] = []
        at = 0
        while at < len(spans):
            run = self._run(spans, at, text.low)
            if run:
                out += self._mentions(text, run, counted=_counted(spans, at + len(run), text.low))
                at += len(run)
            else:
                span = spans[at]
                out.append(Item(span.tag, span.start, span.end, span.value))
                at += 1
        return out

    def _run(self, spans: Sequence[Span], at: int, low: str) -> list[Span]:
        """Neighbours from `at` on that are names or unknown; a numeral glued to the front of one belongs to it."""
        end = at
        run: list[Span] = []
        while end < len(spans) and (spans[end].glued_name or (run and self._inner(spans, end, low))):
            span = spans[end]
            run.append(span if span.glued_name else self._as_part(span, low))
            end += 1
        if run:
            return run
        first = spans[at]
        follows = spans[at + 1].tag if at + 1 < len(spans) else ""
        if first.tag == "w" and low[first.start : first.end] in _BEGINNINGS and follows == "r":
            return [first._replace(tag="r"), *self._run(spans, at + 1, low)]
        if first.tag == "N" and low[first.end - 1] > "z" and follows:
            beside = spans[at + 1]
            if follows == "r" or (follows == "A" and "customer" in beside.kinds and not beside.exact):
                return [Span("r", first.start, first.end, 0), *self._run(spans, at + 1, low)]
        return []

    def _inner(self, spans: Sequence[Span], at: int, low: str) -> bool:
        """Whether a number or a small word belongs to the name around it."""
        if spans[at].tag == "w":
            word = low[spans[at].start : spans[at].end]
            if at + 1 >= len(spans) or spans[at + 1].tag != "r":
                return False
            if spans[at - 1].tag == "r":
                return word in _WITHIN
            # One character that nobody knows is no goods that could be added (十加套).
            return word in _SIDES or (word in _CHANGES and spans[at + 1].end - spans[at + 1].start == 1)
        return self._inner_size(spans, at, low)

    def _as_part(self, span: Span, low: str) -> Span:
        if span.tag == "w":
            return span._replace(tag="r")
        return span._replace(tag="Z", atoms=low[span.start : span.end])

    def _inner_size(self, spans: Sequence[Span], at: int, low: str) -> bool:
        """A number within a name (PVC20管) is a size, where some product has it."""
        span = spans[at]
        if span.tag != "N" or at + 1 >= len(spans) or spans[at - 1].tag not in "AZ":
            return False
        size = Fragment("size", low[span.start : span.end], span.start, span.end)
        following = spans[at + 1]
        if following.tag not in "ArZ" or following.end == span.end or not self._products.having(size):
            return False
        beside = [
            Fragment("name", one.atoms, one.start, one.end)
            for one in (spans[at - 1], following)
            if one.tag == "A"
        ]
        return any(self._products.fit((one, size)) for one in beside)

    def _mentions(self, text: Text, run: Sequence[Span], *, counted: bool) -> Iterator[Item]:
        for kind, part in self._sections(run, counted=counted):
            if kind == "product":
                yield from self._product(text, part)
            elif kind:
                yield from self._others(text, kind, part)
            else:
                yield _unknown(text, part)

    def _sections(self, run: Sequence[Span], *, counted: bool) -> Iterator[tuple[str, list[Span]]]:
        """The run in parts of one kind each; a whole name stands apart from what is unknown beside it."""
        part: list[Span] = []
        kinds: frozenset[str] = frozenset()
        for span in run:
            own = (
                frozenset({"product"}) if span.tag == "Z" else span.kinds if span.tag == "A" else frozenset()
            )
            joint = kinds & own if kinds and own else kinds or own
            if part and ((kinds and own and not joint) or self._whole(part, span)):
                yield self._decide(part, kinds, counted=False), part
                part, joint = [], own
            part.append(span)
            kinds = joint
        yield self._decide(part, kinds, counted=counted), part

    def _whole(self, part: Sequence[Span], span: Span) -> bool:
        """A customer, colleague or warehouse named in full ends before what is unknown."""
        last = part[-1]
        if last.tag == "r" and span.tag == "A":
            return (
                len(part) == 1 and bool(span.exact & {"warehouse", "staff"}) and not span.exact & {"customer"}
            )
        named = last.exact - {"product"} or (last.entries and last.kinds - {"product"})
        return span.tag == "r" and last.tag == "A" and bool(named) and len(part) == 1

    def _decide(self, part: Sequence[Span], kinds: frozenset[str], *, counted: bool) -> str:
        if len(kinds) < 2:
            return next(iter(kinds), "")
        exact = [kind for kind in _ORDER if all(kind in span.exact for span in part if span.tag == "A")]
        usual = exact or [kind for kind in _ORDER if kind in kinds]
        if counted and "product" in usual:
            return "product"
        return usual[0]

    def _others(self, text: Text, kind: str, part: Sequence[Span]) -> Iterator[Item]:
        """One entry named in several words, or several entries each named in full (福满楼川味轩)."""
        if kind == "customer" and len(part) > 1 and not self._fit(self._kinds[kind], part):
            alone = [self._fit(self._kinds[kind], [span]) for span in part]
            if all(len(found) == 1 for found in alone) and all(kind in span.exact for span in part):
                yield from (self._other(text, kind, [span]) for span in part)
                return
        yield self._other(text, kind, part)

    def _other(self, text: Text, kind: str, part: Sequence[Span]) -> Item:
        found = self._fit(self._kinds[kind], part)
        start, end = part[0].start, part[-1].end
        exact = len(part) == 1 and kind in part[0].exact
        fragments = tuple(_fragment(text, span) for span in part)
        named = Named(kind, found, fragments, text.raw[start:end], exact)
        return Item(_TAGS[kind], start, end, named)

    def _fit(self, kind: Kind, part: Sequence[Span]) -> frozenset[int]:
        if any(span.tag == "r" for span in part):
            return _NOTHING
        if len(part) == 1:
            return part[0].entries or kind.names.find(part[0].atoms).first
        whole = kind.names.find("".join(span.atoms for span in part)).first
        if whole:
            return whole
        found = frozenset.intersection(*(span.entries or kind.names.find(span.atoms).all for span in part))
        glued = all(one.end == other.start for one, other in pairwise(part))
        words = [span.atoms for span in part if not span.entries]
        return frozenset(entry for entry in found if kind.in_one_name(entry, words)) if glued else found

    def _product(self, text: Text, part: Sequence[Span]) -> Iterator[Item]:
        fragments = tuple(
            _fragment(text, span)
            if span.tag != "r" or len(part) == 1 or span.end - span.start > 1
            else Fragment("name", text.low[span.start : span.end], span.start, span.end)
            for span in part
        )
        for mention in self._split(fragments):
            start, end = mention[0].start, mention[-1].end
            entries = self._products.fit(mention)
            named = Named("product", entries, mention, text.raw[start:end], self._products.is_name(mention))
            yield Item("P", start, end, named)

    def _split(self, fragments: Fragments) -> list[Fragments]:
        if len(fragments) == 1 or self._products.fit(fragments):
            return [fragments]
        plain = tuple(one for one in fragments if one.word not in _KINDS)
        if plain and len(plain) < len(fragments) and self._products.fit(plain):
            return [plain]
        parts = self._products.parts(fragments)
        return parts or self._products.parts(self._products.finer(fragments)) or [fragments]


def _counted(spans: Sequence[Span], at: int, low: str) -> bool:
    """Whether what ends here is counted or priced: a sum or number follows, over a gap one that counts nothing else."""
    tags = [span.tag for span in spans[at : at + 4]]
    if tags[:1] in (["N"], ["M"]):
        return True
    if tags[:3] != ["s", "N", "U"] or low[spans[at].start : spans[at].end] != " ":
        return False
    following = spans[at + 3] if len(tags) > 3 else None
    return following is None or not following.glued_name


def _fragment(text: Text, span: Span) -> Fragment:
    if span.tag == "Z":
        kind = "option" if "option" in span.kinds else "size"
        return Fragment(kind, span.atoms, span.start, span.end)
    if span.tag == "A":
        return Fragment("sound" if span.entries else "name", span.atoms, span.start, span.end, span.entries)
    return Fragment("unknown", text.low[span.start : span.end], span.start, span.end)


def _unknown(text: Text, part: Sequence[Span]) -> Item:
    start, end = part[0].start, part[-1].end
    return Item("r", start, end, Named("", _NOTHING, (), text.raw[start:end]))
