"""How characters sound, so that words typed by sound are found."""

import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from handlers.understanding.values.numerals import NUMERALS

FIRST, LAST = 0x4E00, 0x9FFF
_TONES = str.maketrans(
    "āáǎàēéěèêīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ",
    "aaaaeeeeeiiiioooouuuuvvvvvnnnm",
    "\u0300\u0301\u0302\u0304\u030c",
)
_NEAR = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


@cache
def _syllables() -> tuple[str, ...]:
    """The first reading of each character, without tone, in the order of their code points.

    The table is read as a file: the package itself loads its phrases too, which cost 40 MB.
    """
    spec = find_spec("pypinyin")
    places = spec.submodule_search_locations if spec else None
    if not places:
        return ()
    table: dict[str, str] = json.loads((Path(places[0]) / "pinyin_dict.json").read_text(encoding="utf-8"))
    return tuple(_without_tone(table.get(str(code), "").partition(",")[0]) for code in range(FIRST, LAST + 1))


@cache
def _without_tone(spoken: str) -> str:
    return spoken.translate(_TONES)


@cache
def _near(spoken: str) -> str:
    for spelled, heard_as in _NEAR:
        spoken = spoken.replace(spelled, heard_as)
    return re.sub(r"^[nl](?=[aeiouv])", "l", spoken)


@cache
def _sounds() -> dict[int, int]:
    """For each character the one that stands for all that sound nearly so; numerals stay what they are."""
    first: dict[str, int] = {}
    return {
        code: first.setdefault(_near(spoken), code)
        for code, spoken in enumerate(_syllables(), FIRST)
        if spoken and chr(code) not in NUMERALS
    }


def heard(words: str) -> str:
    """`words` with each character replaced by one for all of nearly its sound."""
    return words.translate(_sounds())


@cache
def _spelled() -> dict[int, str]:
    return {code: spoken for code, spoken in enumerate(_syllables(), FIRST) if spoken}


@cache
def _initial() -> dict[int, str]:
    return {code: spoken[0] for code, spoken in enumerate(_syllables(), FIRST) if spoken}


def pinyin(words: str) -> str:
    """All syllables of `words`, run together."""
    return words.translate(_spelled())


def initials(words: str) -> str:
    """The first letter of each syllable."""
    return words.translate(_initial())
