"""Names of one kind of thing by their sound."""

from bisect import bisect_left
from collections.abc import Iterable

from handlers.understanding.vocabulary.phrases import in_order
from handlers.understanding.vocabulary.sound import heard, initials, pinyin

_OWNED = "\x00"
_FIRST_OWNER = 0x20


class Sounds:
    """Phrases by how they sound, how they are spelled in pinyin, and by their initials."""

    def __init__(self, phrases: Iterable[tuple[int, str]]) -> None:
        kept = list(phrases)
        self._heard = _Sorted((heard(phrase), owner) for owner, phrase in kept)
        self._pinyin = _Sorted((pinyin(phrase), owner) for owner, phrase in kept)
        self._initials = _Sorted((initials(phrase), owner) for owner, phrase in kept)

    def heard(self, sound: str, *, whole: bool) -> frozenset[int]:
        """Entries with a phrase of this sound (see `sound.heard`), or that begins so."""
        return self._heard.equal(sound) if whole else self._heard.begins(sound)

    def begins(self, sound: str) -> bool:
        """Whether any phrase begins with this sound."""
        return self._heard.has(sound)

    def spelled(self, letters: str) -> frozenset[int]:
        """Entries whose pinyin or initials are `letters`, else begin with them."""
        return (
            self._pinyin.equal(letters)
            or self._initials.equal(letters)
            or (self._pinyin.begins(letters) if len(letters) > 3 else frozenset())
            or self._initials.begins(letters)
        )


class _Sorted:
    """Strings with their owners, in order; an owner is the last character of its string."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        self._words = [f"{word}{_OWNED}{chr(owner + _FIRST_OWNER)}" for word, owner in in_order(pairs)]

    def _between(self, first: str, last: str) -> frozenset[int]:
        low, high = bisect_left(self._words, first), bisect_left(self._words, last)
        return frozenset(ord(word[-1]) - _FIRST_OWNER for word in self._words[low:high])

    def has(self, word: str) -> bool:
        """Whether any string begins so."""
        at = bisect_left(self._words, word)
        return at < len(self._words) and self._words[at].startswith(word)

    def equal(self, word: str) -> frozenset[int]:
        """Owners of exactly this string."""
        return self._between(word + _OWNED, word + chr(ord(_OWNED) + 1))

    def begins(self, word: str) -> frozenset[int]:
        """Owners of strings that begin so."""
        return self._between(word, word + "\U0010ffff")
