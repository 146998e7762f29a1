"""What is known about products beside their names: sizes, options, units, lines."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from domain.catalogue import Product, Unit
from handlers.understanding.normalise.text import fold
from handlers.understanding.vocabulary.atoms import Alphabet, is_atom, pieces
from handlers.understanding.vocabulary.colours import coloured

_ARTICLE = re.compile(r"[a-z]{0,3}\d{4,}[a-z]?")


@dataclass(frozen=True, slots=True)
class Goods:
    """What is known about products beside their names; `articles` are numbers that stand for a style."""

    lines: Mapping[str, frozenset[int]]
    sizes: tuple[frozenset[str], ...]
    by_size: Mapping[str, frozenset[int]]
    options: tuple[Mapping[str, str], ...]
    by_option: Mapping[str, frozenset[int]]
    option_keys: Mapping[str, frozenset[str]]
    articles: frozenset[str]
    units: frozenset[str]
    units_at: tuple[Mapping[str, str], ...]
    """For each product its units as the catalogue writes them, by our spelling."""
    at: tuple[Product, ...]


@dataclass(slots=True)
class Speller:
    """Spells words in an alphabet, each once."""

    alphabet: Alphabet
    spelled: dict[str, str] = field(default_factory=dict)

    def __call__(self, words: str) -> str:
        known = self.spelled.get(words)
        if known is None:
            known = self.spelled[words] = self.alphabet.learn(fold(words))
        return known

    def runs(self, words: str) -> list[str]:
        """The runs of letters and digits in `words`."""
        return [self.alphabet.runs[char] for char in self(words) if is_atom(char)]


def learn_goods(products: tuple[Product, ...], spell: Speller) -> Goods:
    """What these products teach."""
    lines: dict[str, set[int]] = {}
    by_size: dict[str, set[int]] = {}
    by_option: dict[str, set[int]] = {}
    keys: dict[str, set[str]] = {}
    sizes: list[frozenset[str]] = []
    options: list[Mapping[str, str]] = []
    for index, product in enumerate(products):
        if product.line:
            lines.setdefault(spell(product.line), set()).add(index)
        own = _sizes(product, spell)
        sizes.append(own)
        for size in own:
            by_size.setdefault(size, set()).add(index)
        chosen = {key: spell(value) for key, value in product.options}
        options.append(chosen)
        for key, value in [*chosen.items(), *_coloured(product, spell)]:
            for way in _ways(value):
                by_option.setdefault(way, set()).add(index)
                keys.setdefault(way, set()).add(key)
    return Goods(
        _frozen(lines), tuple(sizes), _frozen(by_size), tuple(options), _frozen(by_option),
        {value: frozenset(found) for value, found in keys.items()},
        frozenset(one for product in products for one in _articles(product, spell)) - by_option.keys(),
        frozenset(fold(unit.name) for units in {one.units for one in products} for unit in units),
        _units(products),
        products,
    )  # fmt: skip


def _articles(product: Product, spell: Speller) -> Iterator[str]:
    """Runs of letters and digits that name goods rather than measure them: a whole alias, a style number."""
    phrases = [spell(words) for words in (product.name, *product.aliases)]
    yield from (phrase for phrase in phrases if len(phrase) == 1 and is_atom(phrase))
    if product.options:
        yield from (
            char for char in phrases[0] if is_atom(char) and _ARTICLE.fullmatch(spell.alphabet.runs[char])
        )


@lru_cache(maxsize=4096)
def _ways(value: str) -> frozenset[str]:
    """A value with and without what says its kind: 黑, 黑色, 黑的."""
    short = value[:-1] if len(value) > 1 and value[-1] in "色码号款" else value
    return frozenset({value, short, short + "色", short + "码"})


def _coloured(product: Product, spell: Speller) -> list[tuple[str, str]]:
    """A colour that stands by itself in the name, where the table has no options."""
    if product.options:
        return []
    return [("颜色", spell(word)) for word in coloured(product.name)]


def _sizes(product: Product, spell: Speller) -> frozenset[str]:
    """The ways to say the sizes of a product, from its names, options and measure."""
    runs = [run for words in (product.name, *product.aliases) for run in spell.runs(words)]
    runs += [run for _, value in product.options for run in spell.runs(value)]
    packs = [run for run in spell.runs(product.spec)[:1] if not run.isdigit()]
    runs += [run.split("x")[0] for run in packs]
    return _pieces(tuple(dict.fromkeys(runs))).union(packs)


@lru_cache(maxsize=4096)
def _pieces(runs: tuple[str, ...]) -> frozenset[str]:
    return frozenset(piece for run in runs for piece in pieces(run))


def _frozen(found: dict[str, set[int]]) -> dict[str, frozenset[int]]:
    return {word: frozenset(entries) for word, entries in found.items()}


def _units(products: Sequence[Product]) -> tuple[Mapping[str, str], ...]:
    """Products that are counted alike share one mapping."""
    known: dict[tuple[Unit, ...], Mapping[str, str]] = {}
    for product in products:
        if product.units not in known:
            known[product.units] = {fold(unit.name): unit.name for unit in reversed(product.units)}
    return tuple(known[product.units] for product in products)
