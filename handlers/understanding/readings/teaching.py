"""Which words may be taught to mean an entry."""

import re

from handlers.understanding.normalise.text import fold
from handlers.understanding.values.numerals import NUMERALS, number
from handlers.understanding.vocabulary.atoms import measured
from handlers.understanding.vocabulary.colours import colours
from handlers.understanding.vocabulary.lexicon import Kind, Lexicon
from handlers.understanding.vocabulary.words import UNITS, WORDS

SHORTEST, LONGEST = 2, 20
_SIZE = re.compile(r"[a-z./-]*\d[a-z\d./-]*|x{0,5}[sml]")
_COUNTED = re.compile(rf"[\d.{''.join(sorted(NUMERALS))}半几]+(?P<unit>.+)")


def term(words: str) -> str:
    """Words in the one spelling under which what they mean is kept: neither case, width nor spaces matter."""
    return "".join(fold(words).split())


class Teachable:
    """Tells names people make up from words that mean something by themselves."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._units = lexicon.units | UNITS

    def may_mean(self, kind: str, words: str) -> bool:
        """Whether `words` may be taught as a name of a `customer` or a `sku`.

        Not words that are too short or too long, of the language, numbers, sizes, options or units; nor the name of
        something or somebody of another kind.
        """
        word = term(words)
        if not SHORTEST <= len(word) <= LONGEST or word in WORDS or word in self._units:
            return False
        return not (self._is_figure(word) or self._is_quality(word) or self._names_another(kind, word))

    def _is_figure(self, word: str) -> bool:
        counted = _COUNTED.fullmatch(word)
        return (
            number(word) is not None
            or _SIZE.fullmatch(measured(word)) is not None
            or (counted is not None and counted["unit"] in self._units)
        )

    def _is_quality(self, word: str) -> bool:
        goods = self._lexicon.goods
        spelled = self._lexicon.alphabet.learned(word)
        named = word in goods.by_size or bool(spelled and spelled in goods.by_option)
        return named or (0, len(word)) in colours(word)

    def _names_another(self, kind: str, word: str) -> bool:
        """A colleague, be it by a part of the name; a contact; or how the name of a warehouse or the other kind begins."""
        lexicon = self._lexicon
        spelled = lexicon.alphabet.learned(word)
        if word in lexicon.contacts:
            return True
        if not spelled:
            return False
        other = lexicon.products if kind == "customer" else lexicon.customers
        return bool(lexicon.staff.names.find(spelled).first) or any(
            _begins(one, spelled) for one in (lexicon.warehouses, other)
        )


def _begins(kind: Kind, spelled: str) -> bool:
    hits = kind.names.find(spelled)
    return bool(hits.exact or hits.prefix)
