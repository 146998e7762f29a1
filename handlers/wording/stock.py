"""Sentences about goods in the warehouses."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from domain.catalogue import Product
from domain.facts import Change, StockChange
from domain.ports import StockLevel
from handlers.context import Context
from handlers.message import Reply
from handlers.understanding.reading import Slots
from handlers.wording.text import number, packed, plain, price

SHOWN = 20


def _amount(smallest: Decimal, product: Product) -> str:
    size = product.size_of(product.default_unit) or Decimal(1)
    return packed(smallest, product.default_unit, size, product.smallest)


def _warehouse(code: str, ctx: Context) -> str:
    found = ctx.company.catalogue.warehouses.get(code)
    return plain(found.name) if found else plain(code)


def came_in(slots: Slots, served: Sequence[Change], ctx: Context) -> Reply:
    """Goods are in; which orders go on because of it."""
    products = ctx.company.catalogue.products
    text = [f"**已入库 {_warehouse(slots.warehouse or '', ctx)}**"]
    text += [
        f"- {plain(products[line.sku or ''].name)} {number(line.qty or Decimal(0))}{line.unit}"
        for line in slots.lines
    ]
    if served:
        named = "、".join(f"#{change.order.number} {plain(change.order.customer_name)}" for change in served)
        text.append(f"等货的单已补上库存：{named}，仓库已收到通知。")
    return Reply("\n".join(text))


def counted(slots: Slots, change: StockChange, ctx: Context) -> Reply:
    """A count is in the ledger, with what it changed."""
    products = ctx.company.catalogue.products
    moved = {move.sku: move.on_hand for move in change.moves}
    text = [f"**已盘点 {_warehouse(slots.warehouse or '', ctx)}**"]
    for line in slots.lines:
        product = products[line.sku or ""]
        difference = moved.get(product.sku, Decimal(0))
        verdict = (
            "账实相符"
            if not difference
            else f"{'盘盈' if difference > 0 else '盘亏'} {_amount(abs(difference), product)}"
        )
        text.append(f"- {plain(product.name)} {number(line.qty or Decimal(0))}{line.unit}，{verdict}")
    return Reply("\n".join(text))


def levels(
    skus: Sequence[str], found: Mapping[tuple[str, str], StockLevel], warehouse: str | None, ctx: Context
) -> Reply:
    """What is there of each, by warehouse."""
    text = ["**库存**（可用 = 在库 − 已预留）"]
    for sku in skus[:SHOWN]:
        product = ctx.company.catalogue.products[sku]
        here = [level for (place, of), level in found.items() if of == sku and warehouse in (None, place)]
        total = sum((level.available for level in here), Decimal(0))
        parts = [
            f"{_warehouse(level.warehouse, ctx)} {_amount(level.available, product)}{_kept(level, product)}"
            for level in here
        ]
        text.append(
            f"- {plain(product.name)}：可用 **{_amount(total, product)}**（{'；'.join(parts) or '没有库存记录'}）"
        )
    if len(skus) > SHOWN:
        text.append(f"…共{len(skus)}种，说得再具体一点可以少看几行")
    return Reply("\n".join(text))


def _kept(level: StockLevel, product: Product) -> str:
    return f"+预留{_amount(level.reserved, product)}" if level.reserved else ""


def products(skus: Sequence[str], customer: str | None, ctx: Context) -> Reply:
    """Prices and units, for a customer where one was named."""
    catalogue = ctx.company.catalogue
    buyer = catalogue.customers.get(customer or "")
    text = [f"**价格**（{plain(buyer.name)}）" if buyer else "**价格**（牌价）"]
    for sku in skus[:SHOWN]:
        product = catalogue.products[sku]
        units = "，".join(f"1{unit.name}={number(unit.size)}{product.smallest}" for unit in product.units[1:])
        cost = price(catalogue.list_price(product, buyer))
        text.append(
            f"- {plain(product.name)}：{cost} 元/{product.default_unit}" + (f"（{units}）" if units else "")
        )
    return Reply("\n".join(text))


def to_buy(low: Sequence[tuple[str, Decimal, Decimal]], ctx: Context) -> Reply:
    """What is low and how much brings it back to twice its safety stock."""
    if not low:
        return Reply("库存都在安全线以上，暂时不用进货。")
    text = [f"**建议进货**（低于安全库存 {len(low)} 种）"]
    for sku, left, safe in low[:SHOWN]:
        product = ctx.company.catalogue.products[sku]
        supplier = ctx.company.catalogue.suppliers.get(product.supplier)
        source = f"，{plain(supplier.name)}，{product.lead_days}天到货" if supplier else ""
        text.append(
            f"- {plain(product.name)}：可用 {_amount(left, product)} / 安全 {_amount(safe, product)}，"
            f"建议进 **{_amount(safe * 2 - left, product)}**{source}"
        )
    if len(low) > SHOWN:
        text.append(f"…另有 {len(low) - SHOWN} 种")
    return Reply("\n".join(text))
