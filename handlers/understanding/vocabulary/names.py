"""The names of one kind of thing, and where any part of them occurs."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property

from handlers.understanding.vocabulary.atoms import FIRST_ATOM, is_atom

_KEY = 24
_SORT_AT_ONCE = 1500
_REMEMBERED = 512
_LONGEST = 40
_END = "\x01"


class Hits:
    """The entries a word fits, by the step at which it fits them; each step is looked up when asked for."""

    def __init__(self, names: "Names", word: str) -> None:
        self._names = names
        self._word = word

    @cached_property
    def exact(self) -> frozenset[int]:
        """Entries with the word as a name."""
        return self._names.owners(f"{_END}{self._word}{_END}")

    @cached_property
    def prefix(self) -> frozenset[int]:
        """Entries with a name that begins with it."""
        return self._names.owners(_END + self._word) - self.exact

    @cached_property
    def contained(self) -> frozenset[int]:
        """Entries with a name that contains it; a single character is contained in none."""
        if len(self._word) == 1 and not is_atom(self._word):
            return frozenset()
        return self._names.owners(self._word) - self.prefix - self.exact

    @property
    def first(self) -> frozenset[int]:
        """Those of the first step that fits anything."""
        return self.exact or self.prefix or self.contained

    @cached_property
    def all(self) -> frozenset[int]:
        """Those of every step; a single character must be a whole name."""
        if len(self._word) == 1 and not is_atom(self._word):
            return self.exact
        return self._names.owners(self._word)


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
        self._hay = _END + _END.join(phrase for _, phrase in kept) + _END
        self._buckets = self._bucket()
        self._sorted: set[str] = set()
        self._found: dict[str, Hits] = {}
        for key, places in self._buckets.items():
            if len(places) > _SORT_AT_ONCE:
                self._sort(key)

    def _bucket(self) -> dict[str, "array[int]"]:
        """Places by the two characters that begin there; a run of letters and digits counts alone too."""
        buckets: dict[str, array[int]] = {}
        hay = self._hay
        for at in range(len(hay) - 1):
            key = hay[at : at + 2]
            found = buckets.get(key)
            if found is None:
                found = buckets[key] = array("I")
            found.append(at)
            if key[0] >= FIRST_ATOM and is_atom(key[0]):
                buckets.setdefault(key[0], array("I")).append(at)
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
        hay, shown = self._hay, word[:_KEY]
        cut = len(shown)
        low = bisect_left(places, shown, key=lambda at: hay[at : at + cut])
        high = bisect_right(places, shown, lo=low, key=lambda at: hay[at : at + cut])
        return places, low, high

    def owners(self, word: str) -> frozenset[int]:
        """The entries in whose phrases `word` occurs; the mark of an end stands before and behind each phrase."""
        places, low, high = self._range(word)
        ahead = 1 if word[0] == _END else 0
        long = len(word) > _KEY
        return frozenset(
            self._owner[bisect_right(self._starts, at + ahead - 1) - 1]
            for at in places[low:high]
            if not long or self._hay.startswith(word, at)
        )

    def _occurs(self, word: str) -> bool:
        places, low, high = self._range(word)
        if len(word) <= _KEY:
            return low < high
        return any(self._hay.startswith(word, at) for at in places[low:high])

    def knows(self, word: str) -> bool:
        """Whether `word` occurs in any phrase."""
        return self._occurs(word)

    def find(self, word: str) -> Hits:
        """The entries that have `word` in a name, by step."""
        known = self._found.get(word)
        if known is None:
            if len(self._found) > _REMEMBERED:
                self._found.clear()
            known = self._found[word] = Hits(self, word)
        return known

    def is_phrase(self, word: str) -> bool:
        """Whether `word` is a phrase as a whole."""
        return self._occurs(f"{_END}{word}{_END}")

    def begins(self, word: str) -> bool:
        """Whether a phrase begins with `word`."""
        return self._occurs(_END + word)

    def reach(self, atoms: str, start: int) -> list[int]:
        """How far words that begin at `start` run while they occur in a phrase: their ends."""
        ends = []
        if (is_atom(atoms[start]) and atoms[start] in self._buckets) or self.is_phrase(atoms[start]):
            ends.append(start + 1)
        for end in range(start + 2, min(start + _LONGEST, len(atoms)) + 1):
            if not self._occurs(atoms[start:end]):
                break
            ends.append(end)
        return ends
