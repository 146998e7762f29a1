"""What words say of a product: its noun, its size, one of its options."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.understanding.vocabulary.atoms import is_atom
from handlers.understanding.vocabulary.lexicon import Lexicon
from handlers.understanding.vocabulary.mentions import Fragment, Fragments

_LONGEST_OPTION = 8
MEASURES = (
    "平方",
    "寸",
    "分",
    "厘",
    "号",
    "米",
    "公分",
    "孔",
    "芯",
    "匹",
    "股",
    "目",
    "丝",
    "位",
    "开",
    "头",
    "档",
)

_SIZED = frozenset({""}) | frozenset(
    "瓶 罐 听 盒 袋 包 提 条 桶 杯 箱 件 支 只 个 卷 捆 套 盘 壶 坛 份 片 板 块 根 张 双 号 码 款 样 瓶装 罐装 袋装 盒装 桶装".split()
)


class Qualities:
    """Tells nouns from qualifiers."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._goods = lexicon.goods

    def qualifies(self, fragment: Fragment) -> bool:
        """Whether a word rather tells products apart than names one (330ml, 黑色, 罐装, 原味)."""
        if fragment.kind != "name":
            return fragment.kind in {"size", "option"}
        word = fragment.word
        if any(map(self._numbered, word)):
            return True
        ends = word[-1] in "装味色码款型号" and not (
            len(word) > 2 and self._lexicon.products.names.is_phrase(word)
        )
        return ends or (word[0] in "大小中" and word[1:] in _SIZED)

    def classes(self, fragment: Fragment) -> frozenset[str]:
        """What a fragment decides: an option by its key, the size, or the name."""
        if fragment.kind in {"option", "size"}:
            return self._goods.option_keys.get(self._spelled(fragment), frozenset({"size"}))
        sized = any(map(self._numbered, fragment.word))
        return frozenset({"size"}) if sized else frozenset({"name"})

    def _spelled(self, fragment: Fragment) -> str:
        return self._lexicon.alphabet.chars.get(fragment.word, fragment.word)

    def _numbered(self, char: str) -> bool:
        """Whether this character is a size: letters and digits that stand for no style."""
        if not is_atom(char) or char in self._goods.articles:
            return False
        return any(digit.isdigit() for digit in self._lexicon.alphabet.runs[char])

    def decomposed(self, fragments: Sequence[Fragment]) -> Fragments:
        """The same words with sizes and option values apart from the noun."""
        return tuple(
            part for one in fragments for part in (self._parts(one) if one.kind == "name" else [one])
        )

    def _parts(self, fragment: Fragment) -> list[Fragment]:
        parts: list[Fragment] = []
        word, at, plain = fragment.word, 0, ""
        while at < len(word):
            kind, length = self._part_at(word, at)
            if kind == "name":
                plain += word[at]
            else:
                parts += [replace(fragment, word=plain)] if plain else []
                run = word[at : at + length]
                spelled = self._lexicon.alphabet.spell(run) if kind == "size" else run
                parts.append(replace(fragment, kind=kind.split()[0], word=spelled))
                plain = ""
            at += length
        return [*parts, replace(fragment, word=plain)] if plain else parts

    def _part_at(self, word: str, at: int) -> tuple[str, int]:
        for length in range(min(_LONGEST_OPTION, len(word) - at), 0, -1):
            if word[at : at + length] in self._goods.by_option:
                return "option", length
        if self._numbered(word[at]):
            measure = next((one for one in MEASURES if word.startswith(one, at + 1)), "")
            return ("size", 1) if not measure else ("name sized", 1 + len(measure))
        return "name", 1
