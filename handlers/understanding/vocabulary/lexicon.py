"""What the catalogue teaches: its names and its goods, ready to be searched."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.catalogue import Catalogue, Product
from handlers.understanding.normalise.text import fold
from handlers.understanding.vocabulary.atoms import Alphabet, is_atom
from handlers.understanding.vocabulary.goods import Goods, Speller, learn_goods
from handlers.understanding.vocabulary.names import Names
from handlers.understanding.vocabulary.sounds import Sounds

APART = "\x01"
"""Stands between the names of one entry."""
Phrases = list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """All entries of one kind: their codes in order, and the search over their names."""

    codes: tuple[str, ...]
    names: Names
    sounds: Sounds
    blobs: tuple[str, ...]
    by_code: Mapping[str, int]

    def atoms(self) -> frozenset[str]:
        """The characters that stand for the runs of letters and digits in what is said of the entries."""
        return frozenset(filter(is_atom, frozenset().union(*self.blobs)))

    def has(self, entry: int, word: str) -> bool:
        """Whether the entry's names (and what else describes it) contain `word`."""
        return word in self.blobs[entry]

    def in_one_name(self, entry: int, words: Sequence[str]) -> bool:
        """Whether one of the entry's names has all of these words; behind a whole name any other has the rest."""
        names = self.blobs[entry].split(APART)
        rest = words[1:] if words and words[0] in names else words
        return any(all(word in name for word in rest) for name in names)

    def code_list(self, entries: Iterable[int]) -> tuple[str, ...]:
        """The codes of entries in the order of the catalogue."""
        return tuple(self.codes[entry] for entry in sorted(entries))


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
    contacts: frozenset[str]

    @property
    def units(self) -> frozenset[str]:
        """Every unit in which something is sold."""
        return self.goods.units

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
        return self.goods.at[entry]


def learn(catalogue: Catalogue, before: Lexicon | None = None) -> Lexicon:
    """Index a catalogue; what is the very same in the one before is taken over, and costs nothing."""
    if before and before.alphabet.worn:
        before = None
    goods = before if before and before.catalogue.products is catalogue.products else None
    shops = before if before and before.catalogue.customers is catalogue.customers else None
    kept = frozenset().union(*(kind.atoms() for kind in _kept(goods, shops)))
    alphabet = before.alphabet.renewed(kept) if before else Alphabet()
    spell = Speller(alphabet)
    made = Lexicon(
        catalogue,
        alphabet,
        shops.customers if shops else _customers(catalogue, spell),
        goods.products if goods else _products(catalogue, spell),
        _kind(
            spell, [(one.user_id, one.name, one.aliases) for one in catalogue.staff.values() if one.active]
        ),
        _kind(spell, [(one.code, one.name, one.aliases) for one in catalogue.warehouses.values()]),
        goods.goods if goods else learn_goods(tuple(catalogue.products.values()), spell),
        shops.contacts if shops else _contacts(catalogue),
    )
    alphabet.settle()
    return made


def _kept(goods: Lexicon | None, shops: Lexicon | None) -> Iterator[Kind]:
    if goods:
        yield goods.products
    if shops:
        yield shops.customers


def _customers(catalogue: Catalogue, spell: Speller) -> Kind:
    return _kind(spell, [(one.code, one.name, one.aliases) for one in catalogue.customers.values()])


def _contacts(catalogue: Catalogue) -> frozenset[str]:
    return frozenset(fold(one.contact) for one in catalogue.customers.values() if len(one.contact) > 1)


def _products(catalogue: Catalogue, spell: Speller) -> Kind:
    entries = [(one.sku, one.name, one.aliases) for one in catalogue.products.values()]
    return _kind(spell, entries, [_described(one, spell) for one in catalogue.products.values()])


def _kind(
    spell: Speller, entries: list[tuple[str, str, tuple[str, ...]]], extra: list[str] | None = None
) -> Kind:
    phrases: Phrases = []
    blobs = []
    for index, (_, name, aliases) in enumerate(entries):
        own = [spell(words) for words in (name, *aliases)]
        phrases += [(index, phrase) for phrase in dict.fromkeys(own)]
        blobs.append(APART.join([*own, extra[index]] if extra else own))
    codes = tuple(code for code, _, _ in entries)
    by_code = {fold(code): index for index, code in enumerate(codes)}
    return Kind(codes, Names(phrases), Sounds(phrases), tuple(blobs), by_code)


def _described(product: Product, spell: Speller) -> str:
    """What else a qualifier may speak of: options, measure of the pack, units."""
    options = [value for _, value in product.options]
    return APART.join(spell(words) for words in (*options, product.spec, product.line))
