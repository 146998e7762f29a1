"""The tables of a company folder as master data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from bot.company.problems import Findings
from bot.company.records import (
    StockLine,
    customer,
    price_rule,
    product,
    staff,
    stock_line,
    supplier,
    warehouse,
)
from bot.company.rows import Columns, Row, Rows, rows_in
from bot.company.texts import TABLES, read_text
from domain.catalogue import Catalogue, PriceRule

Thing = TypeVar("Thing")


def _columns(required: str, optional: str = "") -> Columns:
    return Columns(tuple(required.split()), tuple(optional.split()))


COLUMNS: Mapping[str, Columns] = {
    "customers.csv": _columns(
        "code name",
        "aliases type region address contact phone credit_limit credit_days price_level salesperson",
    ),
    "products.csv": _columns(
        "sku name default_unit units price",
        "aliases line spec options tax_rate safety_stock lead_days supplier",
    ),
    "staff.csv": _columns(
        "user_id name",
        "aliases department roles manager phone deputy shift active wecom_id dingtalk_id feishu_id",
    ),
    "warehouses.csv": _columns("code name", "aliases regions address"),
    "suppliers.csv": _columns("code name", "aliases contact phone lead_days"),
    "stock.csv": _columns("warehouse sku on_hand"),
    "prices.csv": _columns("sku price", "level customer"),
}


@dataclass(frozen=True)
class Table:
    """One table as read from this text: its things by key, and the line on which each stands."""

    text: str
    things: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Tables:
    """Every table as read: the catalogue, the opening stock, and the row in which each thing stands.

    `clean` are the tables in which nothing was found; they need not be read again while their text is the same.
    """

    catalogue: Catalogue
    stock: tuple[StockLine, ...] = ()
    rows: Mapping[str, Mapping[str, Row]] = field(default_factory=dict)
    clean: Mapping[str, Table] = field(default_factory=dict)


def read_catalogue(folder: Path) -> Catalogue:
    """What the tables in `folder` hold, as far as they can be read; absent tables are empty."""
    findings = Findings()
    texts = {name: read_text(folder / name, findings) for name in TABLES if (folder / name).is_file()}
    return read_tables(texts, findings).catalogue


def read_tables(texts: Mapping[str, str], findings: Findings, before: Tables | None = None) -> Tables:
    """The tables among `texts` (file name -> content), every mistake within a row noted.

    A table whose text is that of `before` is taken from there as it is.
    """
    rows: dict[str, Mapping[str, Row]] = {}
    clean: dict[str, Table] = {}

    def keyed(file: str, build: Callable[[Row], Thing], key: Callable[[Thing], str]) -> Mapping[str, Thing]:
        known = before.clean.get(file) if before else None
        read = known if known and known.text == texts.get(file) else _keyed(file, texts, build, key, findings)
        if not findings.inside(file):
            clean[file] = read
        rows[file] = Rows(file, read.lines, findings)
        return read.things

    catalogue = Catalogue(
        customers=keyed("customers.csv", customer, lambda one: one.code),
        products=keyed("products.csv", product, lambda one: one.sku),
        staff=keyed("staff.csv", staff, lambda one: one.user_id),
        warehouses=keyed("warehouses.csv", warehouse, lambda one: one.code),
        suppliers=keyed("suppliers.csv", supplier, lambda one: one.code),
        prices=tuple(keyed("prices.csv", price_rule, price_key).values()),
    )
    return Tables(catalogue, tuple(keyed("stock.csv", stock_line, stock_key).values()), rows, clean)


def price_key(rule: PriceRule) -> str:
    """What makes a price rule itself."""
    return f"{rule.sku} {rule.level or rule.customer}"


def stock_key(line: StockLine) -> str:
    """What makes a line of the opening stock itself."""
    return f"{line.warehouse} {line.sku}"


def _keyed(
    file: str,
    texts: Mapping[str, str],
    build: Callable[[Row], Thing],
    key: Callable[[Thing], str],
    findings: Findings,
) -> Table:
    things: dict[str, Thing] = {}
    lines: dict[str, int] = {}
    for row in rows_in(file, texts[file], COLUMNS[file], findings) if file in texts else ():
        thing = build(row)
        code = key(thing)
        if code in lines:
            row.error("row_twice", code=code, line=lines[code])
        elif code:
            things[code], lines[code] = thing, row.line
    return Table(texts.get(file, ""), things, lines)
