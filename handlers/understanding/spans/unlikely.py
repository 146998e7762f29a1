"""What has the shape of a day and is rather a number or a size of the goods."""

import re
from collections.abc import Callable

from handlers.understanding.values.days import Days
from handlers.understanding.vocabulary.lexicon import Lexicon
from handlers.understanding.vocabulary.words import WORDS

_DUE = re.compile(r"\s*(?:送|到|发|前|之前|以前|要|交)")
_SIZED = re.compile(r"(?:/\d+)*\s?(?:码|号(?!送|到|前|要)|的|[^\d\n,，。]{0,8}(?:各|每|都要|分别))")
_LISTED_BEFORE = re.compile(r"(?:\d+号?[、/,和 ])+$")
_LISTED_AFTER = re.compile(
    r"(?<=号)(?P<more>(?:[、/,和 ]\d+号)*)\s?(?:(?P<each>各|每|都要|分别)|[\d一二两三四五六七八九十])"
)


class UnlikelyDays:
    """Tells such days; `unit_at` says whether a unit stands at a place of a line."""

    def __init__(self, lexicon: Lexicon, unit_at: Callable[[str, int], bool]) -> None:
        self._lexicon = lexicon
        self._unit_at = unit_at

    def holds(self, low: str, day: Days) -> bool:
        """Whether these words mean no day here."""
        return self._decimal(low, day) or self._is_size_list(low, day)

    def _decimal(self, low: str, day: Days) -> bool:
        """Whether 2.5 is rather a number or a size than the fifth of February."""
        said = low[day.start : day.end]
        rest = low[day.end :]
        if re.fullmatch(r"\d+[-/]\d+", said):
            counted = self._unit_at(rest, 0) and rest[:2] not in WORDS
            return counted or self._sizes(said, rest) or (self._in_a_name(said) and not _DUE.match(rest))
        if not re.fullmatch(r"\d+\.\d+", said) or _DUE.match(rest):
            return False
        return (
            said in self._lexicon.goods.by_size
            or bool(re.match(r"[^\s,;。，、上下早中晚]", rest))
            or self._unit_at(rest.lstrip(), 0)
        )

    def _sizes(self, said: str, rest: str) -> bool:
        """6/7码, 6/7 黑各2件: two sizes that the goods come in, by what follows."""
        chars = (self._lexicon.alphabet.chars.get(one) for one in re.split(r"[-/]", said))
        return bool(_SIZED.match(rest)) and all(one in self._lexicon.goods.by_option for one in chars)

    def _in_a_name(self, words: str) -> bool:
        """Whether some product is called so (1/2寸球阀)."""
        spelled = self._lexicon.alphabet.learned(words)
        return bool(spelled) and self._lexicon.products.names.knows(spelled)

    def _is_size_list(self, low: str, day: Days) -> bool:
        """28、29、30号各4条: numbers of days that are all sizes, listed and then counted."""
        before, after = _LISTED_BEFORE.search(low[: day.start]), _LISTED_AFTER.match(low, day.end)
        listed = f"{before[0] if before else ''}{low[day.start : day.end]}{after['more'] if after else ''}"
        sizes = re.findall(r"\d+", listed)
        chars = (self._lexicon.alphabet.chars.get(size) for size in sizes)
        return (
            after is not None
            and len(sizes) > 1
            and all(one in self._lexicon.goods.by_option for one in chars)
        )
