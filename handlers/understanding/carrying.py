"""A qualifier or size standing alone takes the noun said before it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from handlers.understanding.goods import Fragment, Fragments, ProductFinder
from handlers.understanding.items import Named
from handlers.understanding.lexicon import Lexicon

_SHORTEST = 2


class Carrier:
    """Completes mentions with what was said before them."""

    def __init__(self, lexicon: Lexicon, products: ProductFinder) -> None:
        self._goods = lexicon.goods
        self._products = products

    def complete(self, named: Named, before: Named | None) -> Named:
        """`named` with the noun of `before`, where it has none of its own and they fit together."""
        if before is None or named.exact or not named.fragments or not before.fragments:
            return named
        if any(one.kind in {"unknown", "sound"} for one in named.fragments):
            return named
        for fragments in self._joints(before.fragments, named.fragments):
            entries = self._products.fit(fragments)
            if entries:
                return replace(named, entries=entries, fragments=fragments)
        if self._only_qualifies(named.fragments) and all(one.kind != "name" for one in named.fragments):
            return replace(named, entries=frozenset(), words=before.words + named.words)
        return named

    def _only_qualifies(self, fragments: Sequence[Fragment]) -> bool:
        return all(self._products.qualifies(one) for one in fragments)

    def _joints(self, before: Fragments, own: Fragments) -> Iterator[Fragments]:
        kinds = {kind for one in own for kind in self._classes(one)}
        kept = tuple(one for one in before if not self._classes(one) & kinds or one.kind == "name")
        if len(kept) < len(before) or kinds - {"name"}:
            yield (*kept, *own)
        nouns = tuple(one for one in before if not self._products.qualifies(one))
        if nouns:
            yield (*nouns, *own)
        if self._only_qualifies(own):
            for one in sorted(before, key=lambda fragment: -len(fragment.word)):
                if one.kind == "name":
                    yield from ((part, *own) for part in _parts(one))

    def _classes(self, fragment: Fragment) -> frozenset[str]:
        """What a fragment decides: the size, an option by its key, or the name."""
        if fragment.kind == "option":
            return self._goods.option_keys.get(fragment.word, frozenset({"option"}))
        if fragment.kind == "size":
            keys = self._goods.option_keys.get(fragment.word)
            return keys or frozenset({"size"})
        return frozenset({fragment.kind})


def _parts(fragment: Fragment) -> Iterator[Fragment]:
    """Shorter words within a name, the longest first."""
    word = fragment.word
    for length in range(len(word) - 1, _SHORTEST - 1, -1):
        for start in (0, len(word) - length):
            yield replace(fragment, word=word[start : start + length])
