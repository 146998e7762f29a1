"""The automatic checks in words: `✓价格 ⚠额度（已欠…）`."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from domain.checks import rows
from domain.order import Check
from handlers.wording.text import money, number, plain, price

NAMES = {
    "price": "价格",
    "stock": "库存",
    "address": "地址",
    "credit": "额度",
    "duplicate": "重复单",
    "habit": "数量",
}


def checks_text(checks: Sequence[Check]) -> str:
    """All checks on one line."""
    return " ".join(_mark(check.kind, check.passed, rows(check)) for check in checks)


def checks_line(facts: object) -> str:
    """The same from a notice's facts: a list of `[kind, passed, [[name, value], …]]`."""
    items = cast("Sequence[tuple[str, bool, Sequence[tuple[str, str]]]]", facts or ())
    return checks_text(
        [Check(kind, passed, tuple((name, value) for name, value in about)) for kind, passed, about in items]
    )


def _mark(kind: str, passed: bool, about: Sequence[Mapping[str, str]]) -> str:
    name = NAMES.get(kind, kind)
    if passed:
        return f"✓{name}"
    why = "；".join(_why(kind, row) for row in about)
    return f"⚠{name}（{why}）" if why else f"⚠{name}"


def _why(kind: str, row: Mapping[str, str]) -> str:
    match kind:
        case "price" if row["gift"]:
            unit, worth = plain(row["unit"]), Decimal(row["gift"]) * Decimal(row["list"])
            return f"送 {plain(row['name'])} {number(Decimal(row['gift']))}{unit}，值 {money(worth)} 元"
        case "price":
            return f"{plain(row['name'])} {price(Decimal(row['price']))}，牌价 {price(Decimal(row['list']))}/{plain(row['unit'])}"
        case "stock":
            unit = plain(row["unit"])
            return f"{plain(row['name'])} 要 {number(Decimal(row['qty']))}{unit}，只有 {number(Decimal(row['available']))}{unit}"
        case "address":
            return f"{plain(row['address'])} 不在 {plain(row['region'])}"
        case "credit":
            return f"已欠 {money(Decimal(row['exposure']))}，加本单 {money(Decimal(row['amount']))}，额度 {money(Decimal(row['limit']))}"
        case "duplicate":
            return f"和 #{plain(row['order'])} 一样"
        case _:
            unit = plain(row["unit"])
            return f"{plain(row['name'])} {number(Decimal(row['qty']))}{unit}，平常约 {number(Decimal(row['usual']))}{unit}"
