"""The names of one kind of thing, and which entries have a word in one of them."""

from collections.abc import Iterable
from functools import cached_property

from handlers.understanding.vocabulary.atoms import is_atom
from handlers.understanding.vocabulary.phrases import Phrases

_REMEMBERED = 256


class Hits:
    """The entries a word fits, by the step at which it fits them; each step is looked up when asked for."""

    def __init__(self, phrases: Phrases, word: str) -> None:
        self._phrases = phrases
        self._word = word

    @cached_property
    def exact(self) -> frozenset[int]:
        """Entries with the word as a name."""
        return self._phrases.called(self._word)

    @cached_property
    def prefix(self) -> frozenset[int]:
        """Entries with a name that begins with it."""
        return self._phrases.beginning(self._word) - self.exact

    @cached_property
    def contained(self) -> frozenset[int]:
        """Entries with a name that contains it; a single character is contained in none."""
        if len(self._word) == 1 and not is_atom(self._word):
            return frozenset()
        return self._phrases.having(self._word) - self.prefix - self.exact

    @property
    def first(self) -> frozenset[int]:
        """Those of the first step that fits anything."""
        return self.exact or self.prefix or self.contained

    @cached_property
    def all(self) -> frozenset[int]:
        """Those of every step; a single character must be a whole name."""
        if len(self._word) == 1 and not is_atom(self._word):
            return self.exact
        return self._phrases.having(self._word)


class Names:
    """A search over names; what was looked up lately is remembered.

    What is remembered knows the phrases, but not what remembers it: an object that is part of a circle would stay for
    ever where nothing is collected any more (`bot.service`).
    """

    def __init__(self, phrases: Iterable[tuple[int, str]]) -> None:
        self.phrases = Phrases(phrases)
        self._found: dict[str, Hits] = {}

    def find(self, word: str) -> Hits:
        """The entries that have `word` in a name, by step."""
        known = self._found.get(word)
        if known is None:
            if len(self._found) > _REMEMBERED:
                self._found.clear()
            known = self._found[word] = Hits(self.phrases, word)
        return known

    def knows(self, word: str) -> bool:
        """Whether `word` occurs in any phrase."""
        return bool(self.phrases.having(word))

    def is_phrase(self, word: str) -> bool:
        """Whether `word` is a name as a whole."""
        return self.phrases.has(word)

    def begins(self, word: str) -> bool:
        """Whether a name begins with `word`."""
        return self.phrases.begins(word)
