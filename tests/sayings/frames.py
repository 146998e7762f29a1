"""What stands around the goods of an order: whose it is, when, how, and how the message came."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

TODAY = "2026-11-23"
DAYS: Mapping[str, Mapping[str, str]] = {
    "明天送": {"due": "2026-11-24"},
    "明天上午送": {"due": "2026-11-24", "period": "morning"},
    "后天下午送到": {"due": "2026-11-25", "period": "afternoon"},
    "周五前": {"due": "2026-11-27"},
    "下周三送": {"due": "2026-12-02"},
    "28号送": {"due": "2026-11-28"},
    "12月3号送": {"due": "2026-12-03"},
    "下午送": {"due": TODAY, "period": "afternoon"},
    "月底前": {"due": "2026-11-30"},
}
OPENINGS = ("", "", "", "", "你好 ", "@跟单助手 ", "/下单 ", "麻烦下单 ", "录个单：", "帮忙开单\n")
WHOSE = (
    "{customer} {body}",
    "{customer}\n{body}",
    "{customer}要{body}",
    "{customer}：{body}",
    "{customer}，{body}",
    "{customer}那边要{body}",
    "给{customer} {body}",
    "{body} 给{customer}",
    "{body}\n{customer}",
    "客户：{customer}\n{body}",
)
GLUED = "{customer}{body}"
BETWEEN = (" ", "，", "\n", "、", "；", " + ", "，再来")


@dataclass(frozen=True, slots=True)
class Frame:
    """Words with a place for the goods, and what they mean besides."""

    shape: str
    slots: Mapping[str, Any] = field(default_factory=dict)

    def around(self, body: str) -> str:
        """The message with these goods."""
        return self.shape.replace("{body}", body)


def frame(random: Random, customer: str, *, glue: bool = False) -> Frame:
    """Whose order it is, and perhaps when, how urgent and what to remember."""
    shape = random.choice([*WHOSE, GLUED] if glue else WHOSE).replace("{customer}", customer)
    slots: dict[str, Any] = {}
    ends: list[str] = []
    if random.random() < 0.4:
        words, meant = random.choice(list(DAYS.items()))
        slots |= meant
        ends.append(words)
    if random.random() < 0.1:
        ends.append("加急")
        slots["urgent"] = True
    if random.random() < 0.1:
        ends.append("备注：轻拿轻放")
        slots["note"] = "轻拿轻放"
    gap = random.choice([" ", "，", "\n"])
    return Frame(random.choice(OPENINGS) + gap.join([shape, *ends]), slots)


def forwarded(random: Random, customer: str, body: str) -> str:
    """The same as a chat that was passed on, with heads and times."""
    who = random.choice(["李娜", "阿芬", "王强", "老板"])
    minute = random.randint(10, 58)
    stamp = random.choice(["", "2026/11/23 ", "11-23 ", "上午 "])
    return f"{who} {stamp}9:{minute}\n{customer}\n{who} {stamp}9:{minute + 1}\n{body}"


def quoted(random: Random, customer: str, body: str) -> str:
    """The same as a message of somebody else that is answered with 下单."""
    reply = random.choice(["帮下一下", "下单", "录一下", "安排"])
    return f"「{random.choice(['李娜', '阿芬'])}：{customer} {body}」\n- - - - - - -\n{reply}"


def numbered(parts: list[str]) -> str:
    """A list with numbers that count nothing."""
    return "\n".join(f"{at}. {part}" for at, part in enumerate(parts, 1))
