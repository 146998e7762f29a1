"""Stock as a table: a count to be written into the ledger, and what lies there now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bot.company.problems import Findings, Problem, nearest
from bot.company.rows import Columns, Row, rows_of
from bot.company.sheets import Sheet, read_sheet
from domain.act import Portion
from domain.company import Company
from domain.ports import StockLevel

# The last three are written by an export, so that a list can be printed, counted, filled in and sent back.
COLUMNS = Columns(("warehouse", "sku", "on_hand"), ("unit", "name", "reserved", "available"))


@dataclass(frozen=True)
class StockCount:
    """What was counted, by warehouse; for use only where there are no `problems`."""

    counted: Mapping[str, tuple[Portion, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_count(company: Company, name: str, data: bytes) -> StockCount:
    """A stock count: each row says how much of a sku lies in a warehouse; no unit: the default one."""
    findings = Findings()
    counted: dict[str, dict[str, Portion]] = {}
    lines: dict[tuple[str, str], int] = {}
    for row in rows_of(name, read_sheet(name, data, findings), COLUMNS, findings):
        warehouse = row.code("warehouse")
        portion = _portion(row, company)
        if warehouse and warehouse not in company.catalogue.warehouses:
            hint = nearest(warehouse, company.catalogue.warehouses)
            row.error("warehouse_unknown", warehouse=warehouse, nearest=hint)
        first = lines.setdefault((warehouse, portion.sku), row.line)
        if first != row.line:
            row.error("row_twice", code=f"{warehouse} {portion.sku}", line=first)
        counted.setdefault(warehouse, {})[portion.sku] = portion
    return StockCount(
        {warehouse: tuple(portions.values()) for warehouse, portions in counted.items()}, findings.all()
    )


def stock_sheet(levels: Iterable[StockLevel], company: Company) -> Sheet:
    """What lies where, in each product's default unit, or in its smallest where that leaves a fraction."""
    products = company.catalogue.products
    rows: list[tuple[str | Decimal, ...]] = []
    for level in sorted(levels, key=lambda level: (level.warehouse, level.sku)):
        product = products.get(level.sku)
        unit, size = (product.default_unit, product.size_of(product.default_unit)) if product else ("", None)
        figures = (level.on_hand, level.reserved, level.available)
        if product and (size is None or any(figure % size for figure in figures)):
            unit, size = product.smallest, None
        on_hand, reserved, available = (_plain(figure / (size or Decimal(1))) for figure in figures)
        name = product.name if product else ""
        rows.append((level.warehouse, level.sku, on_hand, unit, name, reserved, available))
    return Sheet(COLUMNS.all, rows)


def _portion(row: Row, company: Company) -> Portion:
    sku, unit = row.code("sku"), row.text("unit")
    on_hand = row.number("on_hand", needed=True)
    product = company.catalogue.products.get(sku)
    if product is None:
        if sku:
            row.error("sku_unknown", sku=sku, nearest=nearest(sku, company.catalogue.products))
        return Portion(sku, on_hand, unit)
    size = product.size_of(unit or product.default_unit)
    if size is None:
        row.error("unit_unknown", sku=sku, unit=unit, units=", ".join(each.name for each in product.units))
    elif (on_hand * size) % 1:
        row.error(
            "stock_fraction", value=on_hand, unit=unit or product.default_unit, smallest=product.smallest
        )
    return Portion(sku, on_hand, unit)


def _plain(figure: Decimal) -> Decimal:
    return Decimal(f"{figure.normalize():f}")
