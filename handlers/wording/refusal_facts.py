"""The facts of a refusal as parts of a sentence."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias, cast

from handlers.wording.actions import action_name
from handlers.wording.text import money, number, packed, plain

Facts: TypeAlias = Mapping[str, object]


def text_of(facts: Facts, key: str) -> str:
    """A fact as harmless text; empty where there is none."""
    return plain(str(facts.get(key) if facts.get(key) is not None else ""))


def names_of(facts: Facts, key: str) -> str:
    """Several names in a row."""
    return "、".join(plain(str(name)) for name in cast("Iterable[object]", facts.get(key) or ()))


def decimal_of(facts: Facts, key: str) -> Decimal:
    """A number."""
    return Decimal(str(facts[key]))


def goods_of(facts: Facts, key: str) -> str:
    """A quantity of the line's smallest unit in the words of its unit."""
    return packed(
        decimal_of(facts, key), str(facts["unit"]), decimal_of(facts, "unit_size"), str(facts["smallest"])
    )


def moment_of(facts: Facts, key: str) -> str:
    """A moment, which the refusal has in the company's zone."""
    return f"{cast('datetime', facts[key]):%m-%d %H:%M}"


def order_of(facts: Facts) -> str:
    """`#17 `, where one order is meant."""
    return f"#{facts['number']} " if facts.get("number") is not None else ""


def action_of(facts: Facts) -> str:
    """What was asked for, as people call it."""
    return action_name(str(facts["action"]))


def who_may(facts: Facts) -> str:
    """Who can be asked instead."""
    who = names_of(facts, "who")
    return f"能{action_of(facts)}的是：{who}。" if who else "现在没有人有这个权限，请找流程负责人。"


def step_of(facts: Facts) -> str:
    """Where the order stands."""
    return (
        f"{order_of(facts)}现在是「{text_of(facts, 'step_name')}」"
        if facts.get("step_name")
        else order_of(facts)
    )


def wrong_step(facts: Facts) -> str:
    """Where it stands, and where this can be done."""
    steps = names_of(facts, "steps")
    return f"{step_of(facts)}，不能{action_of(facts)}" + (f"，要在「{steps}」时才行。" if steps else "。")


def said_of(facts: Facts, key: str = "qty") -> str:
    """A quantity as it was said."""
    return f"{text_of(facts, 'name')} {number(decimal_of(facts, key))}{text_of(facts, 'unit')}"


def open_money(facts: Facts) -> str:
    """That nothing is open, and what must go back."""
    refund = decimal_of(facts, "refund")
    owed = f"，还应退客户 {money(refund)} 元" if refund else ""
    return f"#{facts['number']} 已收 {money(decimal_of(facts, 'paid'))} 元，没有未收款{owed}，这笔没有记。请核对单号。"
