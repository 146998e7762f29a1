"""By which evidence words were found to name an entry of the catalogue."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import permutations

from domain.catalogue import Customer, Product, Staff, Warehouse
from handlers.understanding.normalise.text import fold
from handlers.understanding.vocabulary.lexicon import Kind, Lexicon
from handlers.understanding.vocabulary.mentions import Fragment, Named
from handlers.understanding.vocabulary.sound import initials, pinyin
from handlers.understanding.why.facts import Entry, Evidence, Found, Step

_MOST_JOINED = 4
_BY_KIND = {"size": Step.SIZE, "option": Step.OPTION}


class NameTeller:
    """Tells how names were found, by the same steps as they are found by."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._kinds: dict[str, Kind] = {
            "customer": lexicon.customers,
            "product": lexicon.products,
            "staff": lexicon.staff,
            "warehouse": lexicon.warehouses,
        }

    def found(self, named: Named, words: str = "") -> Found:
        """What a mention names, and how each part of it was found; `words` where it was said otherwise."""
        kind = self._kinds.get(named.kind)
        said = words or named.words
        if kind is None or not named.entries:
            return Found(named.kind, said, ())
        entries = sorted(named.entries)
        carried = tuple(part for one in named.fragments if (part := self._spelled(one)) not in fold(said))
        entries_told = tuple(self.entry(named.kind, entry) for entry in entries)
        return Found(
            named.kind, said, entries_told, tuple(self._evidence(named, kind, entries)), _unique(carried)
        )

    def entry(self, kind: str, entry: int) -> Entry:
        """An entry by its code and name."""
        return Entry(self._kinds[kind].codes[entry], self._phrases(kind, entry)[0])

    def by_code(self, kind: str, code: str) -> Entry:
        """The entry of this code."""
        return self.entry(kind, self._kinds[kind].by_code[fold(code)])

    def _phrases(self, kind: str, entry: int) -> tuple[str, ...]:
        """The name and the aliases as the catalogue writes them."""
        catalogue = self._lexicon.catalogue
        tables: dict[str, Mapping[str, Customer | Product | Staff | Warehouse]] = {
            "customer": catalogue.customers,
            "product": catalogue.products,
            "staff": catalogue.staff,
            "warehouse": catalogue.warehouses,
        }
        one = tables[kind][self._kinds[kind].codes[entry]]
        return (one.name, *one.aliases)

    def _spelled(self, fragment: Fragment) -> str:
        return self._lexicon.alphabet.spell(fragment.word)

    def _evidence(self, named: Named, kind: Kind, entries: Sequence[int]) -> Iterator[Evidence]:
        names = [one for one in named.fragments if one.kind == "name"]
        joined = self._joined(named.kind, kind, entries, names)
        if joined:
            yield joined
        for one in named.fragments:
            if one.kind == "name" and not joined:
                yield self._by_name(named.kind, kind, entries, one)
            elif one.kind == "sound":
                yield self._by_sound(named.kind, kind, min(one.entries), one)
            elif one.kind in _BY_KIND:
                yield Evidence(_BY_KIND[one.kind], self._spelled(one))

    def _joined(
        self, name: str, kind: Kind, entries: Sequence[int], parts: Sequence[Fragment]
    ) -> Evidence | None:
        """The words, in whatever order, as a whole name."""
        for order in permutations(parts) if 1 < len(parts) <= _MOST_JOINED else ():
            word = "".join(one.word for one in order)
            if set(entries) <= kind.names.find(word).exact:
                return self._exact(name, entries, word)
        return None

    def _by_name(self, name: str, kind: Kind, entries: Sequence[int], one: Fragment) -> Evidence:
        """The best step at which the words fit every entry."""
        wanted, hits, words = set(entries), kind.names.find(one.word), self._spelled(one)
        if wanted <= hits.exact:
            return self._exact(name, entries, one.word)
        steps = ((Step.PREFIX, hits.exact | hits.prefix), (Step.CONTAINED, hits.all))
        step = next((step for step, fitting in steps if wanted <= fitting), None)
        if step:
            return Evidence(step, words, self._holding(name, entries, one.word))
        of_line = name == "product" and wanted <= self._lexicon.goods.lines.get(one.word, frozenset())
        return Evidence(Step.LINE if of_line else Step.DESCRIBED, words)

    def _exact(self, name: str, entries: Sequence[int], word: str) -> Evidence:
        """The word is the name or an alias of each entry."""
        phrases = self._phrases(name, entries[0])
        at = next((at for at, one in enumerate(phrases) if self._learned(one) == word), 0)
        step = Step.ALIAS if at and len(entries) == 1 else Step.EXACT
        return Evidence(step, self._lexicon.alphabet.spell(word), phrases[at])

    def _holding(self, name: str, entries: Sequence[int], word: str) -> str:
        """The name that a single entry has the word in."""
        if len(entries) > 1:
            return ""
        phrases = self._phrases(name, entries[0])
        spelled = [(one, self._learned(one)) for one in phrases]
        begins = (one for one, spelling in spelled if spelling.startswith(word))
        holds = (one for one, spelling in spelled if word in spelling)
        return next(begins, "") or next(holds, "")

    def _learned(self, phrase: str) -> str:
        return self._lexicon.alphabet.learned(fold(phrase))

    def _by_sound(self, name: str, kind: Kind, entry: int, one: Fragment) -> Evidence:
        """By code, pinyin, initials, or characters that sound the same."""
        if kind.by_code.get(one.word) == entry:
            return Evidence(Step.CODE, one.word)
        phrases = self._phrases(name, entry)
        if one.word.isascii():
            in_full = self._written(pinyin, phrases, one.word)
            step = Step.PINYIN if in_full else Step.INITIALS
            return Evidence(step, one.word, in_full or self._written(initials, phrases, one.word))
        phrase = min(phrases, key=lambda phrase: self._nearness(phrase, one.word))
        single = self._nearness(phrase, one.word)[0] == 1
        return Evidence(Step.CHARACTER if single else Step.SOUND, self._spelled(one), phrase)

    def _written(self, letters: Callable[[str], str], phrases: Sequence[str], word: str) -> str:
        """The shortest phrase that is, or begins with, `word` when written in letters."""
        fitting = [one for one in phrases if letters(self._learned(one)).startswith(word)]
        return min(fitting, key=len, default="")

    def _nearness(self, phrase: str, word: str) -> tuple[int, int]:
        """How many characters of a word are not those of the name it begins, and how much longer that is."""
        name = self._learned(phrase)
        apart = sum(a != b for a, b in zip(name, word, strict=False)) + max(0, len(word) - len(name))
        return apart, len(name)


def _unique(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
