"""The answer to a question: which of the candidates do the words fit."""

import re
from datetime import date

from handlers.understanding.normalise.text import fold, read_text
from handlers.understanding.spans.items import Line
from handlers.understanding.spans.scan import Scanner
from handlers.understanding.values.numerals import number
from handlers.understanding.vocabulary.lexicon import Kind, Lexicon
from handlers.understanding.vocabulary.sound import heard, initials, pinyin

_PLACE = re.compile(
    r"(?:选|要|就)?(?:第)?(?P<n>\d{1,3}|[一二三四五六七八九十两]{1,3})(?:个|种|家|款|号|项|位|条)?(?:的|吧|那个|那家)?[.。!]?"
)
_LAST = re.compile(r"(?:选|要|就)?(?:最后|末尾|最下面)(?:一|那)?(?:个|种|家|款|项|位|条)?(?:的|吧)?")
_NOISE = re.compile(
    r"[\s,.。!、;:~]|那家|那个|那款|那种|这家|这个|的|吧|就|是|要|选|用|店(?=$)|呢|啊|哦|嗯|哈"
)
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
        text = fold(words).strip()
        if not text or not among:
            return ()
        exact = tuple(code for code in among if fold(code) == text)
        if exact:
            return exact
        if kind not in self._kinds:
            return self._value(text, among)
        return self._named(kind, text, among) or self._by_place(text, among)

    def _by_place(self, text: str, among: tuple[str, ...]) -> tuple[str, ...]:
        if _LAST.fullmatch(text):
            return among[-1:]
        match = _PLACE.fullmatch(text)
        place = number(match["n"]) if match else None
        return (among[int(place) - 1],) if place and 1 <= place <= len(among) else ()

    def _value(self, text: str, among: tuple[str, ...]) -> tuple[str, ...]:
        """A number or unit among those offered."""
        bare = _NOISE.sub("", text)
        said = number(re.sub(r"[^\d.一二两三四五六七八九十百千万半]+$", "", bare))
        same = tuple(
            code for code in among if fold(code) == bare or (said is not None and number(code) == said)
        )
        return same or self._by_place(text, among)

    def _named(self, kind: str, text: str, among: tuple[str, ...]) -> tuple[str, ...]:
        known = self._kinds[kind]
        place = {code: entry for entry, code in enumerate(known.codes)}
        entries = [place[code] for code in among if code in place]
        if _LAST.fullmatch(text) or (_PLACE.fullmatch(text) and len(text) <= 4 and "第" in text):
            return ()
        line = self._scanner.line(read_text(text), date(2000, 1, 1))
        fitting = self._fitting(known, kind, line, entries) or self._loosely(known, text, entries)
        return tuple(known.codes[entry] for entry in entries if entry in fitting)

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

    def _loosely(self, known: Kind, text: str, entries: list[int]) -> frozenset[int]:
        """By characters, sizes, sound, pinyin or initials, among the candidates only."""
        bare = _NOISE.sub("", text)
        if not bare:
            return frozenset()
        sized = (
            frozenset(entry for entry in entries if bare in self._scanner.sizes(entry))
            if known is self._kinds["sku"]
            else frozenset()
        )
        spelled = self._scanner.spelled(bare)
        contained = frozenset(entry for entry in entries if spelled and known.has(entry, spelled))
        sounding = frozenset(
            entry for entry in entries if len(bare) > 1 and heard(bare) in heard(known.blobs[entry])
        )
        typed = frozenset(
            entry for entry in entries if bare.isascii() and bare.isalpha() and _typed(known, entry, bare)
        )
        return sized or contained or sounding or typed


def _typed(known: Kind, entry: int, letters: str) -> bool:
    phrases = known.blobs[entry].split("\x01")
    return any(
        letters in {pinyin(one), initials(one)} or letters in initials(one) or letters in pinyin(one)
        for one in phrases
    )
