"""Phrases, and where any part of them occurs."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from handlers.understanding.vocabulary.atoms import FIRST_ATOM, is_atom

_KEY = 24
_FEW = 64
_LONGEST = 40
_END = "\x01"
_LAST = "\U0010ffff"
CONTAINED, PREFIX, EXACT = range(3)
"""The steps at which a word that occurs in a name fits it."""


def in_order(pairs: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Sorted, in many small steps: other threads go on between them, as they could not within one big one."""
    by_first: dict[str, list[tuple[str, int]]] = {}
    for pair in pairs:
        by_first.setdefault(pair[0][:1], []).append(pair)
    for first in sorted(by_first):
        yield from sorted(by_first[first])


class Phrases:
    """A search index over phrases: each belongs to an entry, an entry has one or more.

    Phrases are kept in order, so that those that begin with a word stand side by side, and as one string, in which
    the places of any two characters are known. Places that are many are sorted by what follows there.
    """

    def __init__(self, phrases: Iterable[tuple[int, str]]) -> None:
        self._phrases: list[str] = []
        self._owners = array("I")
        self._first = array("I", [0])
        self._starts = array("I")
        at = 0
        pairs = in_order((phrase, entry) for entry, phrase in phrases if phrase)
        for phrase, owners in groupby(pairs, key=lambda pair: pair[0]):
            self._phrases.append(phrase)
            self._owners.extend(entry for _, entry in owners)
            self._first.append(len(self._owners))
            self._starts.append(at)
            at += len(phrase) + 1
        self._hay = _END.join(self._phrases) + _END
        self._places = self._bucket()

    def _bucket(self) -> dict[str, "array[int]"]:
        """Places by the two characters that begin there; a run of letters and digits counts alone too."""
        places: dict[str, array[int]] = {}
        hay = self._hay
        for at, (one, other) in enumerate(pairwise(hay)):
            if _END not in (one, other):
                key = one + other
                found = places.get(key)
                if found is None:
                    found = places[key] = array("I")
                found.append(at)
            if one >= FIRST_ATOM and is_atom(one):
                places.setdefault(one, array("I")).append(at)
        for key, found in places.items():
            if len(found) > _FEW:
                places[key] = array("I", sorted(found, key=lambda at: hay[at : at + _KEY]))
        return places

    def called(self, word: str) -> frozenset[int]:
        """The entries of which `word` is a name."""
        at = bisect_left(self._phrases, word)
        return self._of(at, at + 1) if self._is_at(at, word) else frozenset()

    def beginning(self, word: str) -> frozenset[int]:
        """The entries with a name that begins with `word`."""
        low = bisect_left(self._phrases, word)
        return self._of(low, bisect_left(self._phrases, word + _LAST, lo=low))

    def having(self, word: str) -> frozenset[int]:
        """The entries in whose names `word` occurs."""
        places = self._where(word)
        phrases = {bisect_right(self._starts, at) - 1 for at in places}
        return frozenset(owner for at in phrases for owner in self._owned(at, at + 1))

    def _of(self, low: int, high: int) -> frozenset[int]:
        return frozenset(self._owned(low, high))

    def _owned(self, low: int, high: int) -> "array[int]":
        return self._owners[self._first[low] : self._first[high]]

    def _is_at(self, at: int, word: str) -> bool:
        return at < len(self._phrases) and self._phrases[at] == word

    def _where(self, word: str) -> Sequence[int]:
        """The places where `word` begins."""
        places = self._places.get(word[:2], array("I"))
        if len(word) <= 2:
            return places
        hay = self._hay
        if len(places) > _FEW:
            shown = word[:_KEY]
            cut = len(shown)
            low = bisect_left(places, shown, key=lambda at: hay[at : at + cut])
            places = places[low : bisect_right(places, shown, lo=low, key=lambda at: hay[at : at + cut])]
            if cut == len(word):
                return places
        return [at for at in places if hay.startswith(word, at)]

    def has(self, word: str) -> bool:
        """Whether `word` is a phrase as a whole."""
        return self._is_at(bisect_left(self._phrases, word), word)

    def step(self, word: str) -> int:
        """The best step at which a word that occurs somewhere fits."""
        at = bisect_left(self._phrases, word)
        phrase = self._phrases[at] if at < len(self._phrases) else ""
        return EXACT if phrase == word else PREFIX if phrase.startswith(word) else CONTAINED

    def begins(self, word: str) -> bool:
        """Whether a phrase begins with `word`."""
        at = bisect_left(self._phrases, word)
        return at < len(self._phrases) and self._phrases[at].startswith(word)

    def words(self) -> Iterator[str]:
        """Pairs of characters that stand side by side in a phrase, and single characters that are words."""
        yield from self._places
        yield from (phrase for phrase in self._phrases if len(phrase) == 1 and phrase not in self._places)

    def reach(self, atoms: str, start: int) -> Iterator[int]:
        """How far words of two characters and more that begin at `start` run while they occur in a phrase."""
        found: Sequence[int] | None = self._places.get(atoms[start : start + 2])
        if found is None or start + 2 > len(atoms):
            return
        yield start + 2
        hay, low, high = self._hay, 0, len(found)
        for length in range(2, min(_LONGEST, len(atoms) - start)):
            char = atoms[start + length]
            if high - low > _FEW and length < _KEY:
                low = bisect_left(found, char, low, high, key=lambda at: hay[at + length])
                high = bisect_right(found, char, low, high, key=lambda at: hay[at + length])
            else:
                found = [at for at in found[low:high] if hay[at + length] == char]
                low, high = 0, len(found)
            if low == high:
                return
            yield start + length + 1
