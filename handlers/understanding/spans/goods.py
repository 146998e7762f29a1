"""Which products the words of a mention fit."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import permutations

from handlers.understanding.spans.qualities import Qualities
from handlers.understanding.vocabulary.atoms import is_atom
from handlers.understanding.vocabulary.lexicon import APART, Lexicon
from handlers.understanding.vocabulary.mentions import Fragment, Fragments, Named
from handlers.understanding.vocabulary.names import Hits

_NOTHING: frozenset[int] = frozenset()
_MANY = 4
_REMEMBERED = 500
_LONGEST_MENTION = 6
_LONGEST_LIST = 40


class ProductFinder(Qualities):
    """Fits fragments to products by the steps of the contract."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        self._kind = lexicon.products
        self._fitted: dict[tuple[tuple[str, str, frozenset[int]], ...], frozenset[int]] = {}

    def fit(self, fragments: Sequence[Fragment]) -> frozenset[int]:
        """Entries that have everything said, at the best step; empty where something fits nothing."""
        said = tuple([(one.kind, one.word, one.entries) for one in fragments])
        known = self._fitted.get(said)
        if known is None:
            if len(self._fitted) > _REMEMBERED:
                self._fitted.clear()
            known = self._fitted[said] = self._fit(fragments)
        return known

    def _fit(self, fragments: Sequence[Fragment]) -> frozenset[int]:
        if not fragments or any(one.kind == "unknown" for one in fragments):
            return _NOTHING
        left = self._having_all(fragments)
        if len(left) < 2:
            return left
        left = self._sized_exactly(left, fragments)
        names = [one for one in fragments if one.kind == "name"]
        return self._best(left, names) if names else left

    def _having_all(self, fragments: Sequence[Fragment]) -> frozenset[int]:
        """Entries that have every fragment; names may also stand in what else describes a product (pack, line)."""
        found = [self.having(one) for one in fragments]
        left = frozenset.intersection(*sorted(found, key=len))
        if left:
            return left
        left = min((own for own in found if own), key=len, default=_NOTHING)
        blobs = self._kind.blobs
        for one, own in zip(fragments, found, strict=True):
            if one.kind != "name":
                left &= own
            elif own is not left:
                left = frozenset([entry for entry in left if one.word in blobs[entry]])
        return left

    def describes(self, entry: int, fragment: Fragment) -> bool:
        """Whether a product has what a fragment says, anywhere in its description."""
        if fragment.kind == "name":
            return self._kind.has(entry, fragment.word)
        return entry in self.having(fragment)

    def having(self, fragment: Fragment) -> frozenset[int]:
        """All entries that one fragment fits, at whatever step."""
        if fragment.kind == "sound":
            return fragment.entries
        if fragment.kind == "size":
            return self._goods.by_size.get(fragment.word, _NOTHING)
        if fragment.kind == "option":
            return self._goods.by_option.get(fragment.word, _NOTHING)
        hits = self._kind.names.find(fragment.word)
        return hits.all or self._goods.lines.get(fragment.word, _NOTHING)

    def _sized_exactly(self, left: frozenset[int], fragments: Sequence[Fragment]) -> frozenset[int]:
        """Of m8 and m8x30 the first, where m8 was said."""
        for one in fragments:
            char = self._lexicon.alphabet.chars.get(one.word) if one.kind == "size" else None
            if char and not one.word.replace(".", "").isdigit():
                exact = frozenset(entry for entry in left if self._kind.has(entry, char))
                left = exact or left
        return left

    def _best(self, left: frozenset[int], names: Sequence[Fragment]) -> frozenset[int]:
        whole = self._joined(left, names)
        if whole:
            return whole
        head = max(names, key=lambda one: (not self.qualifies(one), len(one.word)))
        hits = self._kind.names.find(head.word)
        for step in (hits.exact, hits.prefix):
            if left & step:
                return left & step
        return left

    def _joined(self, left: frozenset[int], names: Sequence[Fragment]) -> frozenset[int]:
        """Entries for which the words, in some order, are a name or begin one."""
        if len(names) > _MANY:
            return _NOTHING
        found: list[Hits] = []
        for order in permutations(names):
            hits = self._kind.names.find("".join(one.word for one in order))
            if hits.exact & left:
                return hits.exact & left
            found.append(hits)
        if len(names) > 1:
            return frozenset(entry for hits in found for entry in hits.prefix & left)
        return _NOTHING

    def is_name(self, fragments: Sequence[Fragment]) -> bool:
        """Whether the words are a name or an alias as a whole."""
        words = "".join(one.word for one in fragments if one.kind == "name")
        return bool(words) and len(fragments) == 1 and bool(self._kind.names.find(words).exact)

    def sized_in(self, entries: frozenset[int], unit: str) -> bool:
        """Whether all of these entries have a number of this unit in their names (抽纸10包)."""
        return bool(entries) and all(self._measured(entry, unit) for entry in entries)

    def _measured(self, entry: int, unit: str) -> bool:
        runs = self._lexicon.alphabet.runs
        names = self._kind.blobs[entry].split(APART)[: 1 + len(self._lexicon.product(entry).aliases)]
        return any(
            before.isdigit()
            for name in names
            for word in name.split(unit)[:-1]
            if (before := runs.get(word[-1:], ""))
        )

    def says(self, entries: frozenset[int], words: str) -> bool:
        """Whether all of these entries have the words in their description."""
        spelled = self._lexicon.alphabet.learned(words)
        return bool(entries and spelled) and all(self._kind.has(entry, spelled) for entry in entries)

    def named(self, entry: int) -> Named:
        """A product as if it had been said by its name."""
        name = self._kind.blobs[entry].split(APART, 1)[0]
        return Named("product", frozenset({entry}), (Fragment("name", name, 0, 0),), name)

    def finer(self, fragments: Fragments) -> Fragments:
        """黑白 as 黑 and 白, where the goods come in those and not in a colour of that name."""
        out: list[Fragment] = []
        for one in fragments:
            cuts = range(1, len(one.word)) if one.kind == "option" else ()
            values = self._goods.by_option
            pairs = ((one.word[:at], one.word[at:]) for at in cuts)
            pair = next((pair for pair in pairs if pair[0] in values and pair[1] in values), None)
            out += [replace(one, word=word) for word in pair] if pair else [one]
        return tuple(out)

    def spelled(self, fragments: Iterable[Fragment]) -> str:
        """The words of fragments, in our spelling."""
        return "".join(self._lexicon.alphabet.spell(one.word) for one in fragments)

    def measured(self, size: Fragment, like: Fragment) -> Fragment | None:
        """A bare number with the measure of another size (1.5、2.5平方), where some product has that."""
        char = self._lexicon.alphabet.chars.get(size.word)
        measure = like.word[1:] if like.kind != "size" and is_atom(like.word[0]) else ""
        made = replace(size, kind=like.kind, word=char + measure) if char and measure else None
        return made if made and self.having(made) else None

    def begins_name(self, word: str) -> bool:
        """Whether some name or alias begins with a word."""
        return self._kind.names.begins(word)

    def sized_before(self, named: Named, fragments: Fragments) -> bool:
        """Whether all that was named is called by a number before that word (20水管, 25水管)."""
        if any(one.kind != "name" for one in fragments):
            return False
        word = fragments[0].word
        sized = re.compile(rf"(?P<atom>.){re.escape(word)}")
        blobs = [self._kind.blobs[one] for one in named.entries]
        return (
            len(fragments) == 1
            and len(blobs) > 1
            and all(any(is_atom(match["atom"]) for match in sized.finditer(blob)) for blob in blobs)
        )

    def called(self, entry: int, shape: re.Pattern[str]) -> bool:
        """Whether a name or alias of a product has this shape."""
        return bool(shape.search(self._kind.blobs[entry]))

    def ends_name(self, named: Named, word: str) -> bool:
        """Whether a word occurs in the names of all that was named (线 of 2.5平方)."""
        return bool(word and named.entries) and all(self._kind.has(one, word) for one in named.entries)

    def parts(self, fragments: Fragments) -> list[Fragments] | None:
        """Neighbouring fragments as the fewest mentions that each fit something; None where they cannot be."""
        if len(fragments) > _LONGEST_LIST:
            return None
        best: list[list[Fragments] | None] = [[]]
        for end in range(1, len(fragments) + 1):
            options = [
                [*begun, fragments[begin:end]]
                for begin in range(max(0, end - _LONGEST_MENTION), end)
                if (begun := best[begin]) is not None
                and self.fit(fragments[begin:end])
                and (not begun or self._stands_alone(fragments[begin:end], begun[-1]))
            ]
            best.append(min(options, key=len) if options else None)
        return best[-1]

    def _stands_alone(self, own: Fragments, before: Fragments) -> bool:
        """Qualifiers by themselves follow a mention only where they tell its goods apart in another way; no noun follows
        a bare size, which is its own (6分直接)."""
        if not all(self.qualifies(one) for one in own):
            return any(self.classes(one) != {"size"} for one in self.decomposed(before))
        words = self.decomposed(before)
        nouns = tuple(one for one in words if not self.qualifies(one)) or words
        if nouns and (self.fit((*nouns, *own)) or self.fit((*map(_stem, nouns), *own))):
            return True
        decided = {kind for one in self.decomposed(own) for kind in self.classes(one)}
        return bool(
            decided & {kind for one in self.decomposed(before) for kind in self.classes(one)} - {"name"}
        )


def _stem(noun: Fragment) -> Fragment:
    """红烧牛肉面 of 红烧牛肉面桶装."""
    return replace(noun, word=noun.word[:-2]) if len(noun.word) > 3 and noun.word.endswith("装") else noun
