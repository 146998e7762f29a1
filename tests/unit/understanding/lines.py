"""Lines with expected answers, and how an answer is compared."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from bot.company.tables import read_catalogue
from domain.catalogue import Catalogue, Product
from handlers.understanding import Understanding, document
from tests.sayings.answers import same, written_wrongly
from tests.sayings.catalogues import catalogue
from tests.sayings.line import NOW
from tests.sayings.shops import shop
from tests.sayings.wares import units_of

DATA = Path(__file__).parents[2] / "data" / "understanding"
MONDAY = NOW


@cache
def understanding(trade: str) -> Understanding:
    """The understanding of one trade's catalogue."""
    return Understanding(read_catalogue(DATA / trade))


def read(text: str, *history: str, trade: str = "drinks", now: datetime = MONDAY) -> dict[str, Any]:
    """What a line means, as the contract writes it, without what is empty."""
    made = document(understanding(trade).read(text, sender="lina", now=now, history=history))
    return {key: value for key, value in made.items() if value}


def made(customers: Iterable[str], products: Iterable[str]) -> Catalogue:
    """A catalogue of names; a product as `name`, or `name|units|aliases|options` in the spelling of the tables.

    A customer is `name` or `name|aliases`. Products get the codes P1, P2, …, customers K1, K2, …; the last unit is
    the usual one.
    """
    return catalogue(
        [shop(f"K{at}", *_customer(*row.split("|"))) for at, row in enumerate(customers, 1)],
        [_product(f"P{at}", *row.split("|")) for at, row in enumerate(products, 1)],
    )


def _customer(name: str, aliases: str = "") -> tuple[str, list[str]]:
    return name, [alias for alias in aliases.split(";") if alias]


def _product(sku: str, name: str, units: str = "个;箱=12", aliases: str = "", options: str = "") -> Product:
    counted = units_of(units)
    pairs = tuple((key, value) for key, _, value in (one.partition("=") for one in options.split(";") if one))
    called = tuple(alias for alias in aliases.split(";") if alias)
    return Product(sku, name, called, "", "", pairs, counted[-1].name, counted, Decimal(10), Decimal(0))


def said(stock: Catalogue, text: str, *history: str) -> dict[str, Any]:
    """What a line means against such a catalogue, without what is empty."""
    read = document(Understanding(stock).read(text, sender="lina", now=MONDAY, history=history))
    return {key: value for key, value in read.items() if value}


def lines(answer: dict[str, Any]) -> list[str]:
    """The goods of an order in short: `P1 10箱`, with `送` where given free and `@` before a price; `?` is asked about."""
    return [_short(one) for one in answer["slots"].get("lines", ())]


def _short(line: dict[str, Any]) -> str:
    figure = line.get("qty") or line.get("delta", "?")
    price = f"@{line['price']}" if "price" in line else ""
    return f"{'送' if line.get('gift') else ''}{line.get('sku', '?')} {figure}{line.get('unit', '')}{price}"


@dataclass(frozen=True)
class Tally:
    """How many answers were right, had the right intent, or would have been written wrongly unasked."""

    lines: int
    right: int
    intent: int
    silent: tuple[str, ...]
    wrong: tuple[str, ...]


def tally(trade: str, lines: str = "") -> Tally:
    """Read every line of a trade, or other lines about its catalogue, and compare."""
    wrong, silent, intent = [], [], 0
    cases = list(_cases(lines or trade))
    for case in cases:
        got = read(
            case["text"], *case.get("history", ()), trade=trade, now=datetime.fromisoformat(case["now"])
        )
        want = case["expect"]
        intent += want["intent"] == got["intent"]
        wrong += [case["id"]] if not same(want, got) else []
        silent += [case["id"]] if written_wrongly(want, got) else []
    return Tally(len(cases), len(cases) - len(wrong), intent, tuple(silent), tuple(wrong))


def _cases(folder: str) -> Iterator[dict[str, Any]]:
    for row in (DATA / folder / "lines.jsonl").read_text(encoding="utf-8").splitlines():
        if row.strip():
            yield json.loads(row)
