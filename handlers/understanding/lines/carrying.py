"""A qualifier or size standing alone takes the noun said before it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from handlers.understanding.spans.goods import ProductFinder
from handlers.understanding.vocabulary.mentions import Fragment, Fragments, Named

_SHORTEST = 2


class Carrier:
    """Completes mentions with what was said before them."""

    def __init__(self, products: ProductFinder) -> None:
        self._products = products

    def complete(self, named: Named, before: Named | None) -> Named:
        """`named` with the noun of `before`, where it has none of its own and they fit together."""
        if before is None or named.exact or not before.fragments:
            return named
        if not named.fragments:
            return self._with_character(named, before)
        if any(one.kind in {"unknown", "sound"} for one in named.fragments):
            return named
        earlier = self._products.decomposed(before.fragments)
        own = self._products.decomposed(named.fragments)
        if named.entries and self._has_noun(own):
            return named
        for joint in self._joints(earlier, own, named.fragments):
            fragments = tuple({(one.kind, one.word): one for one in joint}.values())
            entries = self._products.fit(fragments)
            if entries and self._means_others(named, entries):
                return replace(named, entries=entries | named.entries)
            if entries:
                return replace(named, entries=entries, fragments=fragments)
        if self._has_noun(earlier) and all(one.kind != "name" for one in named.fragments):
            nouns = (one for one in earlier if not self._products.qualifies(one))
            return replace(named, entries=frozenset(), words=self._products.spelled(nouns) + named.words)
        return named

    def _with_character(self, named: Named, before: Named) -> Named:
        """大的5箱小的10箱: one character that is a name nowhere may tell the goods before apart."""
        if len(named.words) != 1:
            return named
        said = (Fragment("name", named.words, 0, 0),)
        nouns = tuple(one for one in before.fragments if not self._products.qualifies(one))
        entries = self._products.fit((*nouns, *said)) if nouns else frozenset()
        return replace(named, entries=entries, fragments=(*nouns, *said)) if entries else named

    def _means_others(self, named: Named, entries: frozenset[int]) -> bool:
        """Whether a word that may qualify (风味) also begins the names of other goods: it may mean either."""
        begins = len(named.fragments) == 1 and self._products.begins_name(named.fragments[0].word)
        return begins and named.fragments[0].kind == "name" and not named.entries & entries

    def _has_noun(self, fragments: Sequence[Fragment]) -> bool:
        return any(not self._products.qualifies(one) for one in fragments)

    def _only_qualifies(self, fragments: Sequence[Fragment]) -> bool:
        return all(self._products.qualifies(one) for one in fragments)

    def _joints(self, before: Fragments, own: Fragments, said: Fragments) -> Iterator[Fragments]:
        """What may have been meant, the most of what was said before first."""
        decided = frozenset(kind for one in own for kind in self._products.classes(one)) - {"name"}
        kept = tuple(one for one in before if not self._products.classes(one) & decided)
        if kept and (len(kept) < len(before) or decided):
            yield (*kept, *said)
        nouns = tuple(one for one in before if not self._products.qualifies(one))
        if nouns:
            yield (*nouns, *said)
        if self._only_qualifies(own):
            yield from ((one, *said) for one in nouns if len(nouns) > 1)
            for one in sorted(nouns or before, key=lambda fragment: -len(fragment.word)):
                if one.kind == "name":
                    parts = (part for part in _parts(one) if self._products.begins_name(part.word))
                    yield from ((part, *said) for part in parts if self._shortens(one, part, own))

    def _shortens(self, noun: Fragment, part: Fragment, own: Fragments) -> bool:
        """Whether a noun may lose the rest: before a size only what itself qualifies (内六角 is not 六角)."""
        rest = replace(noun, word=noun.word.replace(part.word, "", 1))
        return any(one.kind == "name" for one in own) or self._products.qualifies(rest)


def _parts(fragment: Fragment) -> Iterator[Fragment]:
    """Shorter words within a name, the longest first."""
    word = fragment.word
    for length in range(len(word) - 1, _SHORTEST - 1, -1):
        for start in (0, len(word) - length):
            yield replace(fragment, word=word[start : start + length])
