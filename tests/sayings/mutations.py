"""What fingers, keyboards, other programs and spite make of a line: anything at all, but text."""

import unicodedata
from collections.abc import Callable, Sequence
from random import Random

FULL_WIDTH: dict[int, int] = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
STRANGE: tuple[str, ...] = (
    *"😀👍🏽👨‍👩‍👧🇨🇳☎️①⑳⑴㈱㎡½ⅷ〇々〆ヶ",
    *"\u200b\u200d\u200e\u202e\u2066\u2069\ufeff\u00ad\u0301\u0489\u3000\u00a0\u2028\u2029",
    *"\x00\x01\x07\x08\x0b\x1b\x7f\x85\ud7ff\ud800\udfff\ue000\uf8ff\uffff\U000f0000\U0010ffff",
    *"مرحباשלוםไทยกำཨོ𝟙𝟚𝓐𠮷龘ﬁßİıſ",
    *"'\"`\\/<>{}[]()|$%^&*#@~=+-_.,;:!?…—·、。，；：？！「」『』【】《》￥¥×÷±≈≠",
)
BOUND, TABLE_BOUND = 1000, 2000
Mutation = Callable[[Random, str], str]


def mutated(random: Random, text: str, others: Sequence[str]) -> str:
    """`text` changed in one to five ways, now and then beyond recognition; `others` are what it may be mixed with."""
    for _ in range(random.choice([1, 1, 2, 3, 5])):
        text = random.choice(WAYS)(random, text)
    if random.random() < 0.1:
        other = random.choice(others)
        at = random.randint(0, len(text))
        text = text[:at] + random.choice(["", " ", "\n", "\t", "，"]) + other + text[at:]
    if random.random() < 0.02:
        text = _long(random, text)
    return text


def noise(random: Random) -> str:
    """Characters without any sense."""
    length = random.choice([0, 1, 2, 10, 60, 200])
    ranges = [(0, 0x7F), (0x4E00, 0x9FFF), (0, 0xFFFF), (0, 0x10FFFF), (0x2000, 0x206F)]
    return "".join(chr(random.randint(*random.choice(ranges))) for _ in range(length))


def _deleted(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    return text[:at] + text[at + random.choice([1, 1, 2, 5]) :]


def _doubled(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    end = at + random.choice([1, 1, 2, 6])
    return text[:end] + text[at:end] * random.choice([1, 1, 1, 9]) + text[end:]


def _swapped(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


def _inserted(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    return text[:at] + random.choice(STRANGE) * random.choice([1, 1, 1, 4]) + text[at:]


def _replaced(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    return text[:at] + chr(random.randint(0x4E00, 0x9FFF)) + text[at + 1 :]


def _wide(random: Random, text: str) -> str:
    return text.translate(FULL_WIDTH) if random.random() < 0.5 else text.upper()


def _shuffled(random: Random, text: str) -> str:
    mark = random.choice([" ", "\n", "\t", "，", ""])
    parts = list(text) if mark == "" else text.split(mark)
    random.shuffle(parts)
    return mark.join(parts)


def _respaced(random: Random, text: str) -> str:
    first, second = random.choice(
        [(" ", ""), (" ", "\t"), ("\n", " "), ("，", "\n"), ("\t", "|"), (" ", "   ")]
    )
    return text.replace(first, second)


def _renumbered(random: Random, text: str) -> str:
    digits = random.choice(
        ["0", "9" * 40, "1e9", "-5", "0.0001", "二三十", "一百二", "½", "٣", "1.2.3", "1,000,000"]
    )
    at = random.randint(0, len(text))
    return text[:at] + digits + text[at:]


def _decomposed(random: Random, text: str) -> str:
    return unicodedata.normalize(random.choice(["NFD", "NFKD"]), text)


def _long(random: Random, text: str) -> str:
    """Repeated up to the longest that is read, or just beyond."""
    bound = random.choice([BOUND, BOUND, TABLE_BOUND]) + random.choice([-1, 0, 0, 1])
    mark = random.choice(["", " ", "\n", "，", "\t"])
    return (f"{text}{mark}" * (bound // max(1, len(text)) + 1))[:bound]


WAYS: tuple[Mutation, ...] = (
    _deleted, _deleted, _doubled, _swapped, _inserted, _inserted, _replaced, _wide, _shuffled, _respaced, _renumbered,
    _decomposed,
)  # fmt: skip
