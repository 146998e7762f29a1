"""The answer to a question: which of the candidates do the words fit."""

import re
from collections.abc import Iterator
from datetime import date

from handlers.understanding.normalise.text import fold, read_text
from handlers.understanding.spans.items import Line
from handlers.understanding.spans.scan import Scanner
from handlers.understanding.values.numerals import number
from handlers.understanding.vocabulary.lexicon import APART, Kind, Lexicon
from handlers.understanding.vocabulary.sound import heard, initials, pinyin

_PLACE = re.compile(
    r"(?:选|要|就)?(?:第)?(?P<n>\d{1,3}|[一二三四五六七八九十两]{1,3})(?:个|种|家|款|号|项|位|条)?(?:的|吧|那个|那家)?[.。!]?"
)
_LAST = re.compile(r"(?:选|要|就)?(?:最后|末尾|最下面)(?:一|那)?(?:个|种|家|款|项|位|条)?(?:的|吧)?")
NOISE = re.compile(
    r"[\s,.。!、;:~]|那家|那个|那款|那种|这家|这个|的|吧|就|是|要|选|用|店(?=$)|呢|啊|哦|嗯|哈"
)
PLACE = "place"
_TAGS = {"customer": "C", "sku": "P", "staff": "S", "warehouse": "W"}


class Chooser:
    """Settles questions."""

    def __init__(self, lexicon: Lexicon, scanner: Scanner) -> None:
        self._scanner = scanner
        self._kinds: dict[str, Kind] = {
            "customer": lexicon.customers,
            "sku": lexicon.products,
            "staff": lexicon.staff,
            "warehouse": lexicon.warehouses,
        }

    def choose(self, kind: str, words: str, among: tuple[str, ...]) -> tuple[str, ...]:
        """The candidates that the words fit, in their order."""
        return next((found for _, found in self._found(kind, words, among) if found), ())

    def how(self, kind: str, words: str, code: str) -> str:
        """By what the words fit a candidate.

        Its `code`, a `name` in them, a `size`, the same `value`; characters `contained` in its names, their `sound`,
        their `letters`; else its `place` in the list.
        """
        found = self._found(kind, words, (code,))
        return next((way for way, codes in found if code in codes and way != PLACE), PLACE)

    def _found(self, kind: str, words: str, among: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The candidates that fit, way by way; the first way that finds any decides."""
        text = fold(words).strip()
        if not text or not among:
            return
        yield "code", tuple(code for code in among if fold(code) == text)
        if kind in self._kinds:
            yield from self._named(kind, text, among)
        else:
            yield "value", self._value(text, among)
        yield PLACE, self._by_place(text, among)

    def _by_place(self, text: str, among: tuple[str, ...]) -> tuple[str, ...]:
        if _LAST.fullmatch(text):
            return among[-1:]
        match = _PLACE.fullmatch(text)
        place = number(match["n"]) if match else None
        return (among[int(place) - 1],) if place and 1 <= place <= len(among) else ()

    def _value(self, text: str, among: tuple[str, ...]) -> tuple[str, ...]:
        """A number or unit among those offered."""
        bare = NOISE.sub("", text)
        said = number(re.sub(r"[^\d.一二两三四五六七八九十百千万半]+$", "", bare))
        return tuple(
            code for code in among if fold(code) == bare or (said is not None and number(code) == said)
        )

    def _named(self, kind: str, text: str, among: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
        known = self._kinds[kind]
        place = {code: entry for entry, code in enumerate(known.codes)}
        entries = [place[code] for code in among if code in place]
        if _LAST.fullmatch(text) or (_PLACE.fullmatch(text) and len(text) <= 4 and "第" in text):
            return
        line = self._scanner.line(read_text(text), date(2000, 1, 1))
        for way, fitting in (
            ("name", self._fitting(known, kind, line, entries)),
            *self._loosely(known, text, entries),
        ):
            yield way, tuple(known.codes[entry] for entry in entries if entry in fitting)

    def _fitting(self, known: Kind, kind: str, line: Line, entries: list[int]) -> frozenset[int]:
        """By the names found in the words."""
        left = frozenset(entries)
        items = [item for item in line.items if item.tag == _TAGS[kind]]
        if not items:
            return frozenset()
        for item in items:
            own = item.named.entries & left
            fragments = [one for one in item.named.fragments if one.kind != "unknown"]
            loose = frozenset(
                entry for entry in left if all(self._has(known, kind, entry, one.word) for one in fragments)
            )
            left = own or (loose if fragments else frozenset())
        return left

    def _has(self, known: Kind, kind: str, entry: int, word: str) -> bool:
        sizes = self._scanner.sizes(entry) if kind == "sku" else frozenset()
        return known.has(entry, word) or word in sizes

    def _loosely(self, known: Kind, text: str, entries: list[int]) -> Iterator[tuple[str, frozenset[int]]]:
        """By sizes, characters, sound, pinyin or initials, among the candidates only."""
        bare = NOISE.sub("", text)
        if not bare:
            return
        if known is self._kinds["sku"]:
            yield "size", frozenset(entry for entry in entries if bare in self._scanner.sizes(entry))
        spelled = self._scanner.spelled(bare)
        yield "contained", frozenset(entry for entry in entries if spelled and known.has(entry, spelled))
        if len(bare) > 1:
            sound = heard(bare)
            yield "sound", frozenset(entry for entry in entries if sound in heard(known.blobs[entry]))
        if bare.isascii() and bare.isalpha():
            yield "letters", frozenset(entry for entry in entries if _typed(known, entry, bare))


def _typed(known: Kind, entry: int, letters: str) -> bool:
    phrases = known.blobs[entry].split(APART)
    return any(
        letters in {pinyin(one), initials(one)} or letters in initials(one) or letters in pinyin(one)
        for one in phrases
    )
