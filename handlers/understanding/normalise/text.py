"""A line as it was typed, and the same line in one spelling, character by character."""

import re
import unicodedata
from dataclasses import dataclass

from handlers.understanding.normalise.traditional import SIMPLIFIED

LONGEST = 1000
"""A message has so many characters at most, and is read in a few hundredths of a second."""
LONGEST_TABLE = 8000
"""With tabs, and a head that says that it is a table."""

_TIMES = str.maketrans(dict.fromkeys("×✕✖*", "x"))
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2002\u2003\u2005\u2009\u3000\ufeff\v\f", " "))
_MARKS = str.maketrans(
    {
        "，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "！": "!", "？": "?", "～": "~",
        "—": "-", "–": "-", "－": "-", "【": "[", "】": "]", "“": '"', "”": '"', "‘": "'", "’": "'",
        "《": "<", "》": ">", "｜": "|", "＋": "+", "俩": "两", "貳": "二",
    }
)  # fmt: skip
_DROPPED = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufe0f\r]|\[[\u4e00-\u9fffA-Za-z]{1,4}\]")
_THOUSANDS = re.compile(r"(?<![\d,.])[1-9]\d{0,2}(?:,\d{3})+(?=\.\d|\s*(?:元|块|$)|\s)")
_HAN = re.compile(r"[\u4e00-\u9fff]*")
_SPACED_TIMES = re.compile(r"(?<=[0-9A-Za-z])[ \t]*[×✕✖*＊][ \t]*(?=[0-9])")


@dataclass(frozen=True, slots=True)
class Text:
    """`raw` in the sender's spelling, `low` in ours; both have the same length."""

    raw: str
    low: str

    def cut(self, start: int, end: int) -> "Text":
        """The part between two offsets."""
        return Text(self.raw[start:end], self.low[start:end])


class _Spelling(dict[int, str]):
    """How we write each character, worked out when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = spelled = _one_spelling(chr(code))
        return spelled


class _Width(dict[int, str]):
    """Characters that stand for several, spelled out (㎡, ½), except numbers in circles."""

    def __missing__(self, code: int) -> str:
        self[code] = spelled = _wide(chr(code))
        return spelled


def _one_spelling(char: str) -> str:
    """Half width, lower case, simple marks; always one character."""
    folded = SIMPLIFIED.get(char, char).translate(_MARKS)
    if folded == char and not char.isascii():
        narrow = unicodedata.normalize("NFKC", char)
        folded = narrow if len(narrow) == 1 else char
        if unicodedata.category(folded) in {"So", "Sk", "Cs", "Cn", "Co", "Cf"}:
            return " "
    if folded < " " and folded not in "\t\n":
        return " "
    lower = folded.translate(_TIMES).translate(_SPACES).lower()
    return lower if len(lower) == 1 else folded


_SPELLING = _Spelling()
_WIDTH = _Width()


def spell(words: str) -> str:
    """`words` in one spelling, character by character."""
    return words.translate(_SPELLING)


def read_text(words: str) -> Text:
    """Normalise what was typed; marks without width and pictures are dropped."""
    kept = _SPACED_TIMES.sub("×", _DROPPED.sub("", words)).translate(_WIDTH)
    kept = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), kept)
    return Text(kept, spell(kept))


def _wide(char: str) -> str:
    if "\uff10" <= char <= "\uff5a" and char.isalnum():
        return unicodedata.normalize("NFKC", char)
    if char.isascii() or "\u2460" <= char <= "\u249b" or char == "…":
        return char
    return unicodedata.normalize("NFKC", char) if unicodedata.category(char) in {"So", "No"} else char


def fold(words: str) -> str:
    """The one spelling of `words`, for names and tables."""
    if _HAN.fullmatch(words):
        return spell(words)
    return read_text(words).low
