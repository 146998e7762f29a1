"""The names of one kind of thing, and where any part of them occurs."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handlers.understanding.atoms import is_atom
from handlers.understanding.sound import heard, initials, pinyin

_KEY = 24
_SORT_AT_ONCE = 1500
_END = "\x01"

EXACT, PREFIX, CONTAINED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Hits:
    """The entries a word fits, by the step at which it fits them."""

    exact: frozenset[int]
    prefix: frozenset[int]
    contained: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.exact or self.prefix or self.contained)

    @property
    def first(self) -> frozenset[int]:
        """Those of the first step that fits anything."""
        return self.exact or self.prefix or self.contained

    @property
    def all(self) -> frozenset[int]:
        """Those of every step."""
        return self.exact | self.prefix | self.contained

    def step(self, entry: int) -> int:
        """The best step at which the word fits `entry`."""
        return EXACT if entry in self.exact else PREFIX if entry in self.prefix else CONTAINED


class Names:
    """A search index over phrases: each belongs to an entry, an entry has one or more."""

    def __init__(self, phrases: Iterable[tuple[int, str]]) -> None:
        kept = [(entry, phrase) for entry, phrase in phrases if phrase]
        self._owner = array("I", (entry for entry, _ in kept))
        self._starts = array("I")
        at = 0
        for _, phrase in kept:
            self._starts.append(at)
            at += len(phrase) + 1
        self._hay = _END.join(phrase for _, phrase in kept) + _END
        self._single: dict[str, list[int]] = {}
        self._buckets = self._bucket()
        self._sorted: set[str] = set()
        for key, places in self._buckets.items():
            if len(places) > _SORT_AT_ONCE:
                self._sort(key)

    def _bucket(self) -> dict[str, "array[int]"]:
        """Places by the two characters that begin there; a run of letters and digits counts alone too."""
        buckets: dict[str, array[int]] = {}
        hay = self._hay
        for at in range(len(hay) - 1):
            key = hay[at : at + 2]
            if key[0] == _END:
                continue
            if is_atom(key[0]):
                buckets.setdefault(key[0], array("I")).append(at)
            if key[1] != _END:
                found = buckets.get(key)
                if found is None:
                    found = buckets[key] = array("I")
                found.append(at)
            elif at == 0 or hay[at - 1] == _END:
                self._single.setdefault(key[0], []).append(at)
        return buckets

    def _sort(self, key: str) -> None:
        hay = self._hay
        self._buckets[key] = array("I", sorted(self._buckets[key], key=lambda at: hay[at : at + _KEY]))
        self._sorted.add(key)

    def _range(self, word: str) -> tuple["array[int]", int, int]:
        """The places where `word` begins: a bucket and the slice of it."""
        key = word[:2]
        places = self._buckets.get(key)
        if places is None:
            return array("I"), 0, 0
        if len(word) <= 2:
            return places, 0, len(places)
        if key not in self._sorted:
            self._sort(key)
            places = self._buckets[key]
        hay, length, shown = self._hay, len(word), word[:_KEY]
        cut = min(length, _KEY)
        low = bisect_left(places, shown, key=lambda at: hay[at : at + cut])
        high = bisect_right(places, shown, lo=low, key=lambda at: hay[at : at + cut])
        return places, low, high

    def places(self, word: str) -> Iterator[int]:
        """Where in the phrases `word` occurs; a single character only where it is a phrase of its own."""
        if len(word) == 1 and not is_atom(word):
            yield from self._single.get(word, ())
            return
        places, low, high = self._range(word)
        long = len(word) > _KEY
        for index in range(low, high):
            at = places[index]
            if not long or self._hay.startswith(word, at):
                yield at

    def knows(self, word: str) -> bool:
        """Whether `word` occurs in any phrase."""
        return next(self.places(word), None) is not None

    def find(self, word: str) -> Hits:
        """The entries that have `word` in a name, by step."""
        exact, prefix, contained = set(), set(), set()
        hay, length = self._hay, len(word)
        for at in self.places(word):
            owner = self._owner[bisect_right(self._starts, at) - 1]
            if at and hay[at - 1] != _END:
                contained.add(owner)
            elif hay[at + length] == _END:
                exact.add(owner)
            else:
                prefix.add(owner)
        return Hits(frozenset(exact), frozenset(prefix - exact), frozenset(contained - prefix - exact))

    def is_phrase(self, word: str) -> bool:
        """Whether `word` is a phrase as a whole."""
        hay, length = self._hay, len(word)
        return any(hay[at + length] == _END and (at == 0 or hay[at - 1] == _END) for at in self.places(word))

    def begins(self, word: str) -> bool:
        """Whether a phrase begins with `word`."""
        hay = self._hay
        return any(at == 0 or hay[at - 1] == _END for at in self.places(word))

    def reach(self, atoms: str, start: int) -> list[int]:
        """How far words that begin at `start` run while they occur in a phrase: their ends."""
        ends = []
        if atoms[start] in self._single or atoms[start] in self._buckets:
            ends.append(start + 1)
        for end in range(start + 2, len(atoms) + 1):
            if not self.knows(atoms[start:end]):
                break
            ends.append(end)
        return ends

    def phrases(self) -> Iterator[tuple[int, str]]:
        """Every phrase with its entry."""
        for index, owner in enumerate(self._owner):
            start = self._starts[index]
            yield owner, self._hay[start : self._hay.index(_END, start)]


class Sounds:
    """Phrases by how they sound, how they are spelled in pinyin, and by their initials."""

    def __init__(self, phrases: Iterable[tuple[int, str]]) -> None:
        kept = list(phrases)
        self._heard = _Sorted((heard(phrase), owner) for owner, phrase in kept)
        self._pinyin = _Sorted((pinyin(phrase), owner) for owner, phrase in kept)
        self._initials = _Sorted((initials(phrase), owner) for owner, phrase in kept)

    def heard(self, word: str, *, whole: bool) -> frozenset[int]:
        """Entries with a phrase that sounds like `word`, or that begins so."""
        return self._heard.equal(heard(word)) if whole else self._heard.begins(heard(word))

    def spelled(self, letters: str) -> frozenset[int]:
        """Entries whose pinyin or initials are `letters`, else begin with them."""
        return (
            self._pinyin.equal(letters)
            or self._initials.equal(letters)
            or (self._pinyin.begins(letters) if len(letters) > 3 else frozenset())
            or self._initials.begins(letters)
        )


class _Sorted:
    """Strings with their owners, in order; compact, searched by bisection."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        ordered = sorted(set(pairs))
        self._owners = array("I", (owner for _, owner in ordered))
        self._words = [word for word, _ in ordered]

    def equal(self, word: str) -> frozenset[int]:
        low, high = bisect_left(self._words, word), bisect_right(self._words, word)
        return frozenset(self._owners[low:high])

    def begins(self, word: str) -> frozenset[int]:
        low = bisect_left(self._words, word)
        high = bisect_left(self._words, word + "\U0010ffff")
        return frozenset(self._owners[low:high])
