"""Why a line was read as it was, in sentences: what decided, what was named, what is asked."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers.understanding.normalise.text import LONGEST
from handlers.understanding.why.facts import (
    Before,
    Decided,
    Entry,
    Evidence,
    Found,
    Narrowed,
    Open,
    Quoted,
    Said,
    Spelled,
    Step,
    TakenOff,
    TooLong,
)
from handlers.understanding.why.reasons import Reason, Why
from handlers.wording.grounds import WORDS, decided, intent_name
from handlers.wording.meanings import Figures
from handlers.wording.text import plain

_MONEY = re.compile(r"[元块毛角¥￥]|\d\s*[万千]|[价转付收款钱]\D{0,4}\d")
SHOWN = 6
KINDS = {"customer": "客户", "product": "商品", "staff": "同事", "warehouse": "仓库"}
_TAKEN = {
    "bot": "「{}」是在叫我，不算内容",
    "head": "「{}」是转发带的抬头，不算内容",
    "numbering": "「{}」是序号，不算数量",
    "manners": "「{}」是客气话，不算内容",
    "command": "「{}」按同名的说法看",
}
_STEPS: Mapping[Step, str] = {
    Step.CODE: "编号",
    Step.EXACT: "全名",
    Step.ALIAS: "别名",
    Step.PREFIX: "「{}」开头的几个字",
    Step.CONTAINED: "「{}」里的字",
    Step.LINE: "品类名",
    Step.DESCRIBED: "资料里有",
    Step.SIZE: "规格",
    Step.OPTION: "颜色尺码一类",
    Step.CHARACTER: "和「{}」同音，差一个字",
    Step.SOUND: "和「{}」同音",
    Step.PINYIN: "「{}」的拼音",
    Step.INITIALS: "「{}」的拼音首字母",
}
_OF_SEVERAL = {Step.PREFIX: "名字开头都是它", Step.CONTAINED: "名字里都有"}
_NARROWED = {
    "unit": "其中按{words}卖的只有{name}",
    "order": "刚才说到的是{name}",
    "together": "几处合起来只有{name}",
    "before": "和前面说的合起来只有{name}",
}
SLOTS = {
    "address": "地址", "note": "备注", "reason": "原因", "carrier": "承运", "tracking": "运单号", "method": "收款方式",
    "state": "单子状态", "urgent": "加急", "customer": "客户", "lines": "要哪些商品", "orders": "哪张单", "qty": "要多少",
    "sku": "商品", "skus": "商品", "unit": "按什么单位", "staff": "同事", "warehouse": "仓库", "amount": "金额",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentences:
    """Reasons in words as of `today`: without `amounts` no price and no sum is shown, with `codes` those of entries."""

    today: date
    amounts: bool = True
    codes: bool = False

    def all(self, why: Why) -> Iterator[str]:
        """Every reason of a message; of several requests each begins with its place."""
        yield from filter(None, map(self.one, why.message))
        for index, reasons in enumerate(why.requests, 1):
            start = f"第{index}件：" if len(why.requests) > 1 else ""
            said = [self.one(reason) for reason in reasons]
            yield from (start * (not at) + sentence for at, sentence in enumerate(filter(None, said)))

    def one(self, reason: Reason) -> str:
        """One reason; empty for what is not worth saying."""
        if not self.amounts and _tells_amount(reason):
            return f"意思是{intent_name(reason.intent)}" if isinstance(reason, Decided) else ""
        word = _WORDS.get(type(reason))
        return word(self, reason) if word else Figures(self.today, self.amounts).one(reason)

    def entry(self, one: Entry) -> str:
        """An entry by its name."""
        return f"{one.code} {plain(one.name)}" if self.codes else plain(one.name)


def _tells_amount(reason: Reason) -> bool:
    """Whether the sender's words in it may be an amount."""
    paid = isinstance(reason, Decided) and reason.intent == "order.pay"
    return paid or (
        isinstance(reason, Decided | Spelled | Said | Quoted) and bool(_MONEY.search(reason.words))
    )


def _taken(_: Sentences, reason: TakenOff) -> str:
    return _TAKEN[reason.kind].format(_quoted(reason.words))


def _found(words_of: Sentences, reason: Found) -> str:
    kind, words = KINDS.get(reason.kind, "名字"), _quoted(reason.words)
    if not reason.entries:
        return f"「{words}」没有对上{kind}"
    names = _listed([words_of.entry(entry) for entry in reason.entries])
    several = f"对得上{len(reason.entries)}个{kind}：" if len(reason.entries) > 1 else f"是{kind} "
    carried = f"，接着前面的「{'、'.join(map(_quoted, reason.carried))}」" if reason.carried else ""
    how = "；".join(_evidence(one, reason) for one in reason.evidence)
    return f"「{words}」{several}{names}{f'（{how}）' if how else ''}{carried}"


def _evidence(one: Evidence, reason: Found) -> str:
    """`「雪壁」和「雪碧」同音，差一个字`; the words are named where they are only a part of what was said."""
    part = f"「{_quoted(one.words)}」" if len(reason.evidence) > 1 else ""
    if not one.name and one.step in _OF_SEVERAL:
        return part + _OF_SEVERAL[one.step]
    return part + _STEPS[one.step].format(_quoted(one.name))


def _narrowed(words_of: Sentences, reason: Narrowed) -> str:
    return _NARROWED[reason.by].format(words=_quoted(reason.words), name=words_of.entry(reason.entry))


def _said(_: Sentences, reason: Said) -> str:
    return f"「{_quoted(reason.words)}」是{SLOTS[reason.slot]}"


def _before(words_of: Sentences, reason: Before) -> str:
    slot = SLOTS["sku" if reason.slot == "lines" else reason.slot]
    return f"{slot} {words_of.entry(reason.entry)} 是前面说的"


def _open(_: Sentences, reason: Open) -> str:
    slot = SLOTS.get(reason.kind, "这一项")
    about = f"{plain(reason.about.name)}" if reason.about else ""
    words = _quoted(reason.words)
    if reason.because == "unsaid":
        return f"{about}没说{slot}，要问您"
    if reason.because == "unit":
        return f"{about}不按「{words}」卖，单位要问您"
    if reason.because == "unknown":
        return f"「{words}」没有对上{slot}，要问您"
    if words:
        return f"「{words}」有{len(reason.choices)}个可能，要问您是哪个"
    return f"{about}{slot}有{len(reason.choices)}个可能，要问您是哪个：{_listed([plain(name) for name in reason.choices])}"


def _listed(names: Sequence[str]) -> str:
    """The first few names, and that there are more."""
    more = f"…共{len(names)}个" if len(names) > SHOWN else ""
    return "、".join(names[:SHOWN]) + more


def _quoted(words: str) -> str:
    return plain(words, WORDS)


_WORDS: Mapping[type, Callable[[Sentences, Any], str]] = {
    TakenOff: _taken,
    Spelled: lambda _, reason: f"「{_quoted(reason.words)}」按「{_quoted(reason.spelling)}」看",
    Quoted: lambda _, reason: f"是在回复「{_quoted(reason.words)}」",
    TooLong: lambda _, __: f"这条太长，没有看：一条最多{LONGEST}字，请分几条说",
    Decided: lambda _, reason: decided(reason),
    Found: _found,
    Narrowed: _narrowed,
    Said: _said,
    Before: _before,
    Open: _open,
}
