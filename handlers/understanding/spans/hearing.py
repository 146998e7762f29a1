"""Names recognised by sound: a wrong character, pinyin, initials."""

from collections.abc import Iterator, Mapping, Sequence

from handlers.understanding.spans.span import Span
from handlers.understanding.vocabulary.cells import Cells
from handlers.understanding.vocabulary.lexicon import APART, Kind
from handlers.understanding.vocabulary.sound import heard

_LONGEST = 12
_PREFIX = 4
_STYLE = 3
_MOST = 400
_COMMON = frozenset(
    "ok hi hello thx app vip sf ems kpi pdf excel logo wifi qq id no yes bye so x l m s".split()
)


class Listener:
    """Reads what the catalogue does not spell as names that sound like it."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self._kinds = kinds

    def spans(self, low: str, cells: Cells, path: Sequence[Span]) -> Iterator[Span]:
        """Names heard in and around the stretches of `path` that nobody knows."""
        doubtful = _doubtful(path)
        if not doubtful:
            return
        for span in path:
            if span.tag == "r" and low[span.start : span.end].isascii():
                yield from self._spelled(low, span)
        yield from self._sounding(low, cells, doubtful)

    def _sounding(self, low: str, cells: Cells, doubtful: Sequence[tuple[int, int]]) -> Iterator[Span]:
        """Stretches over doubtful places that sound like a name, or begin like one."""
        sounds = heard(cells.atoms)
        for begin in range(len(cells.runs)):
            kinds = list(self._kinds.items())
            for end in range(begin + 2, min(begin + _LONGEST, len(cells.runs)) + 1):
                start, stop = cells.starts[begin], cells.starts[end]
                kinds = [one for one in kinds if one[1].sounds.begins(sounds[begin:end])]
                if not kinds or not "\u4e00" <= low[stop - 1] <= "\u9fff":
                    break
                if any(start < last and first < stop for first, last in doubtful):
                    yield from self._heard(kinds, cells.atoms[begin:end], sounds[begin:end], start, stop)

    def _spelled(self, low: str, span: Span) -> Iterator[Span]:
        letters = low[span.start : span.end]
        if not letters.isalpha() or len(letters) < 2 or letters in _COMMON:
            return
        for name, kind in self._kinds.items():
            entries = kind.sounds.spelled(letters)
            if entries:
                yield Span(
                    "A", span.start, span.end, 1.6, None, letters, frozenset({name}), frozenset(), entries
                )
                return

    def _heard(
        self, kinds: Sequence[tuple[str, Kind]], word: str, sound: str, start: int, end: int
    ) -> Iterator[Span]:
        for name, kind in kinds:
            entries = kind.sounds.heard(sound, whole=True)
            if not entries and len(word) >= _PREFIX:
                entries = kind.sounds.heard(sound, whole=False)
            if not _one_word(kind, entries, word, sound) or not self._near(kind, min(entries), word):
                continue
            yield Span("A", start, end, 1.9, None, word, frozenset({name}), frozenset(), entries)

    def _near(self, kind: Kind, entry: int, word: str) -> bool:
        """A word of two characters must share one with the name."""
        return len(word) > 2 or any(char in kind.blobs[entry] for char in word)


def _one_word(kind: Kind, entries: frozenset[int], word: str, sound: str) -> bool:
    """Whether what was heard is one entry, or one style: the names of all these begin with the same written word."""
    if len(entries) < 2:
        return bool(entries)
    if len(word) < _STYLE or len(entries) > _MOST:
        return False
    phrases = (phrase for entry in entries for phrase in kind.blobs[entry].split(APART))
    written = {phrase[: len(word)] for phrase in phrases}
    return sum(heard(beginning) == sound for beginning in written) == 1


def _doubtful(path: Sequence[Span]) -> list[tuple[int, int]]:
    """Where something may be misspelled: unknown stretches, and single characters read as words."""
    return [
        (span.start, span.end)
        for span in path
        if span.tag == "r" or (span.end - span.start == 1 and span.tag in "wNU" and not span.atoms)
    ]
