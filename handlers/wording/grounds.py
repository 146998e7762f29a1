"""What decided the intent of a line, in sentences."""

from collections.abc import Mapping

from handlers.understanding.grammar.grounds import By
from handlers.understanding.why.facts import Decided
from handlers.wording.actions import action_name
from handlers.wording.text import plain

WORDS = 24
"""As much of what was said is quoted."""

INTENTS = {
    "order.repeat": "照旧下单",
    "task.list": "看自己的待办",
    "suggest": "提建议",
    "confirm": "确认",
    "dismiss": "不要了",
    "help": "看能做什么",
    "none": "没有要办的",
    "again": "另选一个",
    "alias.list": "看学会的说法",
    "alias.drop": "撤回学会的说法",
    "order.why": "看一张单为什么在谁手上",
    "staff.back": "销假",
    "quiet.begin": "免打扰",
    "quiet.end": "取消免打扰",
}
"""What is no action of its own and no look; `action_name` has the others."""

_FOR: Mapping[By, str] = {
    By.PHRASE: "整句「{}」是固定说法",
    By.RULE: "说了「{}」",
    By.UNDER_QUOTE: "在回复的那条下面说「{}」",
    By.AGREES: "刚说过要下的单，「{}」就是同意",
    By.REPEATS: "说了「{}」",
    By.CHANGES: "说了「{}」",
    By.CORRECTS: "接着刚才的单，另说了数量、日期或地址",
    By.FINDS: "「{}」是在问单",
    By.LISTED: "说的是哪些单",
    By.COUNTED: "有商品有数量（{}），不是问话，也没说「可能」",
    By.ORDERING: "说了「{}」",
    By.FOR_CUSTOMER: "说了客户和商品",
    By.BUYS: "商品旁边说了「{}」",
    By.FILLS: "接着前面没说全的那单往下补",
    By.SAME: "「{}」是跟前面那单一样",
    By.TABLE: "是一张带表头的表，一行一个商品",
}
_AGAINST: Mapping[By, str] = {
    By.PAST: "说的日子已经过了，只当在讲过去的事",
    By.DOUBT: "「{}」是还没定",
    By.STORY: "「{}」是在讲事情，不是要办",
    By.QUESTION: "「{}」是在问",
    By.REFUSED: "「{}」是不要",
    By.NOTHING: "没有说要办什么",
}


def intent_name(intent: str) -> str:
    """`下单` for `order.create`."""
    return INTENTS.get(intent) or action_name(intent)


def decided(reason: Decided) -> str:
    """What the line was taken for, and what did it."""
    words = plain(reason.words, WORDS)
    if reason.by in _AGAINST:
        return f"{_AGAINST[reason.by].format(words)}，所以什么也没做"
    return f"意思是{intent_name(reason.intent)}：{_FOR[reason.by].format(words)}"
