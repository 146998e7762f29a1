"""Numbers as people write them: digits, Chinese numerals, and both mixed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10000, "亿": 100000000}
TENS = {"廿": "二十", "卅": "三十"}
"""Written as one character."""
NUMERALS = frozenset(DIGITS) | frozenset(SCALES) | frozenset(TENS)

_ARABIC = r"\d{1,15}(?:\.\d{1,9})?"
_NUMBER = re.compile(
    rf"(?P<arabic>{_ARABIC})(?P<scale>[十百千万]*)(?:(?<=\d[百千万])(?P<rest>[1-9])(?![\d.]))?|(?P<chinese>[零〇一二两三四五六七八九十百千万亿廿卅]{{1,14}})(?:点(?P<point>[零〇一二三四五六七八九]{{1,6}}))?"
)
_TENS = str.maketrans(TENS)
LOOSE = re.compile(
    r"(?:[好小]?几|数|上|成|近|过)[十百千万]{1,3}[把来多余]?|(?<![一二两三四五六七八九十\d])[百千万](?:[把来多余几]|八?十[把来多]?)"
)
"""Numbers that nobody counted: 几十, 上百, 百把."""
_TOO_MANY = Decimal(10) ** 16
"""Nothing is counted in such numbers, and they would not fit (2千千千千千千)."""
_SPREAD = re.compile(r"[一二两三四五六七八九]{2}(?P<scale>[十百千万]*)$")


@dataclass(frozen=True, slots=True)
class Number:
    """A number said between two offsets; several `values` where it was said loosely (二三十)."""

    start: int
    end: int
    values: tuple[Decimal, ...]
    chinese: bool = False

    @property
    def value(self) -> Decimal:
        """The number, or the first of those it may be."""
        return self.values[0]


def numbers(low: str) -> Iterator[Number]:
    """Every number in a line, the longest at each place."""
    for match in _NUMBER.finditer(low):
        values = _values(match)
        if values:
            yield Number(match.start(), match.end(), values, bool(match["chinese"]))


def number(words: str) -> Decimal | None:
    """The number that `words` are, as a whole, or None."""
    match = _NUMBER.fullmatch(words)
    values = _values(match) if match else ()
    return values[0] if len(values) == 1 else None


def _values(match: re.Match[str]) -> tuple[Decimal, ...]:
    if match["arabic"]:
        value = Decimal(match["arabic"])
        for scale in match["scale"]:
            value *= SCALES[scale]
        if match["rest"]:
            value += Decimal(match["rest"]) * SCALES[match["scale"]] / 10
        return (_plain(value),) if value < _TOO_MANY else ()
    words = match["chinese"].translate(_TENS)
    spread = _SPREAD.fullmatch(words)
    if spread and match["point"] is None:
        return _spread(words, spread["scale"])
    whole = chinese(words)
    if whole is None:
        return ()
    if match["point"]:
        return (Decimal(f"{whole}.{''.join(str(DIGITS[d]) for d in match['point'])}"),)
    return (Decimal(whole),)


def _spread(words: str, scales: str) -> tuple[Decimal, ...]:
    """二三十 is 20 or 30, 三五 is 3 or 5; 二三 as digits of one number is not said."""
    factor = 1
    for scale in scales:
        factor *= SCALES[scale]
    low, high = DIGITS[words[0]], DIGITS[words[1]]
    return (Decimal(low * factor), Decimal(high * factor)) if low < high else ()


def _plain(value: Decimal) -> Decimal:
    """Without an exponent and without zeros that a scale brought (1.2万 is 12000)."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def chinese(words: str) -> int | None:
    """The value of Chinese numerals: 一百二 is 120, 两千零五 is 2005, 二〇二六 is 2026."""
    if words[0] in "百千万亿":
        return None
    if len(words) > 1 and all(char in DIGITS for char in words):
        return int("".join(str(DIGITS[char]) for char in words))
    total = section = digit = 0
    scale = last = 1
    seen_zero = False
    for char in words:
        if char in DIGITS:
            if digit:
                return None
            digit, seen_zero = DIGITS[char], seen_zero or DIGITS[char] == 0
            continue
        scale = SCALES[char]
        if scale >= 10000:
            total, section = (total + section + digit) * scale, 0
        else:
            section += (digit or 1) * scale
        digit, last, seen_zero = 0, scale, False
    if digit and last >= 100 and not seen_zero:
        digit *= last // 10
    return total + section + digit
