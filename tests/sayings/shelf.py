"""How entries of a catalogue may be called, and which entries a word fits: the steps of the contract, written anew.

Understanding is measured against this, so it shares no code with it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from random import Random

from domain.catalogue import Catalogue, Customer, Product

_TOKEN = re.compile(r"[a-z]+\d[\d.x]*|\d[\d.]*(?:x\d[\d.]*)?[a-z]*|[a-z]+|[^a-z\d]")
_IGNORED = re.compile(r"[\s()（）·/、,，-]")


def tokens(words: str) -> tuple[str, ...]:
    """Words as characters, where a run of letters and digits is one."""
    low = words.lower().replace("×", "x").replace("*", "x")
    return tuple(token for token in _TOKEN.findall(low) if not _IGNORED.fullmatch(token))


class Shelf:
    """What a catalogue's entries are called."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.products = tuple(catalogue.products.values())
        self.customers = tuple(catalogue.customers.values())
        self._names = {
            kind: [(one, tokens(words)) for one in entries for words in (one.name, *one.aliases)]
            for kind, entries in (("product", self.products), ("customer", self.customers))
        }
        self._exact: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for kind, names in self._names.items():
            for entry, name in names:
                self._exact[name].add(f"{kind}/{code_of(entry)}")

    def only(self, entry: Product | Customer, words: str) -> bool:
        """Whether these words are a name of this entry and of no other."""
        kind = "product" if isinstance(entry, Product) else "customer"
        return self._exact.get(tokens(words)) == {f"{kind}/{code_of(entry)}"}

    def called(self, random: Random, entry: Product | Customer) -> str:
        """A whole name of an entry that no other entry has."""
        ways = [words for words in (entry.name, *entry.aliases) if self.only(entry, words)]
        return random.choice(ways) if ways and random.random() < 0.5 else entry.name

    def names_other(self, words: str, entry: Product | Customer) -> bool:
        """Whether a whole name of another entry stands within these words."""
        said = tokens(words)
        others = (name for kind in self._names.values() for one, name in kind if one is not entry)
        return any(_contains(said, name) for name in others)

    def fitting(self, words: str) -> tuple[Product, ...]:
        """The products that one word fits, by the first step that fits any."""
        said = tokens(words)
        steps: tuple[list[Product], ...] = ([], [], [])
        for entry, name in self._names["product"]:
            if isinstance(entry, Product) and (step := _step(said, name)) is not None:
                steps[step].append(entry)
        found = next((step for step in steps if step), None)
        found = found or [one for one in self.products if tokens(one.line) == said]
        return tuple(dict.fromkeys(found))

    def having(self, entries: Iterable[Product], parts: Sequence[str]) -> tuple[Product, ...]:
        """Those of `entries` whose names have each of these parts as a whole."""
        wanted = [tokens(part) for part in parts]
        return tuple(one for one in entries if all(_contains(tokens(one.name), part) for part in wanted))


def code_of(entry: Product | Customer) -> str:
    """The code of an entry."""
    return entry.sku if isinstance(entry, Product) else entry.code


def _step(said: tuple[str, ...], name: tuple[str, ...]) -> int | None:
    if said == name:
        return 0
    if name[: len(said)] == said:
        return 1
    return 2 if len("".join(said)) > 1 and _contains(name, said) else None


def _contains(name: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(name[at : at + len(part)] == part for at in range(len(name) - len(part) + 1))
