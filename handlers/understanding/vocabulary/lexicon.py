"""What the catalogue teaches: its names, units, sizes and option words, ready to be searched."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from domain.catalogue import Catalogue, Product
from handlers.understanding.normalise.text import fold
from handlers.understanding.vocabulary.atoms import Alphabet, is_atom, pieces
from handlers.understanding.vocabulary.colours import coloured
from handlers.understanding.vocabulary.names import Names
from handlers.understanding.vocabulary.sounds import Sounds

_ARTICLE = re.compile(r"[a-z]{0,3}\d{4,}[a-z]?")

Phrases = list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """All entries of one kind: their codes in order, and the search over their names."""

    codes: tuple[str, ...]
    names: Names
    sounds: Sounds
    blobs: tuple[str, ...]
    by_code: Mapping[str, int]

    def has(self, entry: int, word: str) -> bool:
        """Whether the entry's names (and what else describes it) contain `word`."""
        return word in self.blobs[entry]

    def code_list(self, entries: Iterable[int]) -> tuple[str, ...]:
        """The codes of entries in the order of the catalogue."""
        return tuple(self.codes[entry] for entry in sorted(entries))


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


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that can be named, and the vocabulary drawn from it."""

    catalogue: Catalogue
    alphabet: Alphabet
    customers: Kind
    products: Kind
    staff: Kind
    warehouses: Kind
    goods: Goods
    units: frozenset[str]
    contacts: frozenset[str]
    product_at: tuple[Product, ...] = field(default=())

    @property
    def kinds(self) -> dict[str, Kind]:
        """What can be named, by the word for its kind."""
        return {
            "customer": self.customers,
            "product": self.products,
            "staff": self.staff,
            "warehouse": self.warehouses,
        }

    def product(self, entry: int) -> Product:
        """The product behind an entry."""
        return self.product_at[entry]


def learn(catalogue: Catalogue) -> Lexicon:
    """Index a catalogue."""
    alphabet = Alphabet()
    spell = _Speller(alphabet)
    products = tuple(catalogue.products.values())
    goods = _goods(products, spell)
    extra = [_described(product, spell) for product in products]
    return Lexicon(
        catalogue,
        alphabet,
        _kind(spell, [(one.code, one.name, one.aliases) for one in catalogue.customers.values()]),
        _kind(spell, [(one.sku, one.name, one.aliases) for one in products], extra),
        _kind(
            spell, [(one.user_id, one.name, one.aliases) for one in catalogue.staff.values() if one.active]
        ),
        _kind(spell, [(one.code, one.name, one.aliases) for one in catalogue.warehouses.values()]),
        goods,
        frozenset(fold(unit.name) for product in products for unit in product.units),
        frozenset(fold(one.contact) for one in catalogue.customers.values() if len(one.contact) > 1),
        products,
    )


@dataclass(slots=True)
class _Speller:
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


def _kind(
    spell: _Speller, entries: list[tuple[str, str, tuple[str, ...]]], extra: list[str] | None = None
) -> Kind:
    phrases: Phrases = []
    blobs = []
    for index, (_, name, aliases) in enumerate(entries):
        own = [spell(words) for words in (name, *aliases)]
        phrases += [(index, phrase) for phrase in dict.fromkeys(own)]
        blobs.append("\x01".join([*own, extra[index]] if extra else own))
    codes = tuple(code for code, _, _ in entries)
    by_code = {fold(code): index for index, code in enumerate(codes)}
    return Kind(codes, Names(phrases), Sounds(phrases), tuple(blobs), by_code)


def _described(product: Product, spell: _Speller) -> str:
    """What else a qualifier may speak of: options, measure of the pack, units."""
    options = [value for _, value in product.options]
    return "\x01".join(spell(words) for words in (*options, product.spec, product.line))


def _goods(products: tuple[Product, ...], spell: _Speller) -> Goods:
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
    )  # fmt: skip


def _articles(product: Product, spell: _Speller) -> Iterator[str]:
    """Runs of letters and digits that name goods rather than measure them: a whole alias, a style number."""
    phrases = [spell(words) for words in (product.name, *product.aliases)]
    yield from (phrase for phrase in phrases if len(phrase) == 1 and is_atom(phrase))
    if product.options:
        yield from (
            char for char in phrases[0] if is_atom(char) and _ARTICLE.fullmatch(spell.alphabet.runs[char])
        )


def _ways(value: str) -> set[str]:
    """A value with and without what says its kind: 黑, 黑色, 黑的."""
    short = value[:-1] if len(value) > 1 and value[-1] in "色码号款" else value
    return {value, short, short + "色", short + "码"}


def _coloured(product: Product, spell: _Speller) -> list[tuple[str, str]]:
    """A colour that stands by itself in the name, where the table has no options."""
    if product.options:
        return []
    return [("颜色", spell(word)) for word in coloured(product.name)]


def _sizes(product: Product, spell: _Speller) -> frozenset[str]:
    """The ways to say the sizes of a product, from its names, options and measure."""
    runs = [run for words in (product.name, *product.aliases) for run in spell.runs(words)]
    runs += [run for _, value in product.options for run in spell.runs(value)]
    packs = [run for run in spell.runs(product.spec)[:1] if not run.isdigit()]
    runs += [run.split("x")[0] for run in packs]
    return frozenset(piece for run in runs for piece in pieces(run)) | frozenset(packs)


def _frozen(found: dict[str, set[int]]) -> dict[str, frozenset[int]]:
    return {word: frozenset(entries) for word, entries in found.items()}
