"""Orders as a table, one row for each line: taken in as if they were said, and written out as they stand."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.company.numbers import places_of
from bot.company.problems import Findings, Problem, nearest
from bot.company.rows import Columns, Row, rows_of
from bot.company.sheets import Cell, Sheet, read_sheet
from domain.act import Act
from domain.catalogue import Product
from domain.company import Company
from domain.entry import enter
from domain.errors import DomainError
from domain.order import Line, Order
from domain.ports import EntryFacts
from domain.pricing import Wanted, WantedLine, line_of
from handlers.wording.refusals import refusal as worded

PERIODS = ("morning", "noon", "afternoon", "evening")
_HEAD = ("customer", "due", "period", "address", "note", "urgent", "by")
_FOR_READING = ("code", "created", "step", "customer_name", "name", "amount", "shipped", "paid", "salesperson")  # fmt: skip
COLUMNS = Columns(
    ("order", "customer", "sku", "qty"),
    ("unit", "price", "gift", "due", "period", "address", "note", "urgent", "by", *_FOR_READING),
)
"""`order` holds the rows of one order together. The last nine are written by an export; of these only `code` is
read, to know an order again that was written out here."""

_CODE = re.compile(r"SO\d{6}-(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order that a file asks for. `ref` is what the file calls it; `by` who enters it, empty for whoever imports.

    `number` is that of the order written out here whose code the row carries; 0: none.
    """

    ref: str
    line: int
    by: str
    wanted: Wanted
    number: int = 0


@dataclass(frozen=True)
class OrderSheet:
    """The orders of a file; for use only where there are no `problems`."""

    orders: tuple[OrderRow, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_orders(company: Company, name: str, data: bytes, act: Act | None = None) -> OrderSheet:
    """The orders of a file, in its order; rows with the same `order` belong together.

    With `act` (who imports, and when) each order is entered in thought, so that whatever the rules refuse is told
    before the first one is written.
    """
    findings = Findings()
    together: dict[str, list[Row]] = {}
    for row in rows_of(name, read_sheet(name, data, findings), COLUMNS, findings):
        together.setdefault(row.code("order"), []).append(row)
    orders = tuple(_order(ref, rows, company) for ref, rows in together.items())
    if act is not None and not findings.inside(name):
        for order in orders:
            _enter_in_thought(together[order.ref][0], order, act)
    return OrderSheet(orders, findings.all())


def already_there(name: str, sheet: OrderSheet, known: Container[int]) -> tuple[Problem, ...]:
    """The rows of a file that carry the code of an order that is `known`: what went out does not come in twice."""
    findings = Findings()
    for order in sheet.orders:
        if order.number in known:
            findings.error(name, order.line, "order_exists", order=order.ref, number=order.number)
    return findings.all()


def orders_sheet(orders: Iterable[Order], company: Company) -> Sheet:
    """Orders as they stand, one row for each line."""
    return Sheet(COLUMNS.all, [_cells(order, line, company) for order in orders for line in order.lines])


def _order(ref: str, rows: list[Row], company: Company) -> OrderRow:
    first = rows[0]
    for row in rows[1:]:
        for column in _HEAD:
            if row.text(column) not in ("", first.text(column)):
                row.error("order_differs", column=column, order=ref, line=first.line)
    customer, by = first.code("customer"), first.text("by").lower()
    if customer and customer not in company.catalogue.customers:
        hint = nearest(customer, company.catalogue.customers)
        first.error("customer_unknown", customer=customer, nearest=hint)
    if by and by not in company.catalogue.staff:
        first.error("staff_unknown", user=by, nearest=nearest(by, company.catalogue.staff))
    period = first.text("period")
    if period and period not in PERIODS:
        first.error("period_unknown", column="period", value=period)
    wanted = Wanted(
        customer=customer,
        lines=tuple(_line(row, customer, company) for row in rows),
        due=_day(first),
        period=period,
        address=first.text("address"),
        note=first.text("note"),
        urgent=first.flag("urgent", default=False),
    )
    return OrderRow(ref, first.line, by, wanted, _number(rows))


def _number(rows: Iterable[Row]) -> int:
    """Of the order whose code these rows carry, also where it stands in the column `order`."""
    said = (_CODE.fullmatch(row.text(column)) for row in rows for column in ("code", "order"))
    return next((int(code[1]) for code in said if code), 0)


def _line(row: Row, customer: str, company: Company) -> WantedLine:
    sku, unit = row.code("sku"), row.text("unit")
    price = row.number("price") if row.text("price") else None
    gift = row.flag("gift", default=False)
    said = WantedLine(sku, row.number("qty", needed=True), unit, None if gift else price, gift)
    product = company.catalogue.products.get(sku)
    if product is not None:
        _check(row, said, product, customer, company)
    elif sku:
        row.error("sku_unknown", sku=sku, nearest=nearest(sku, company.catalogue.products))
    return said


def _check(row: Row, said: WantedLine, product: Product, customer: str, company: Company) -> None:
    """Let the rules of the company say whether this line could be an order's."""
    if said.unit and product.size_of(said.unit) is None:
        units = ", ".join(unit.name for unit in product.units)
        row.error("unit_unknown", sku=said.sku, unit=said.unit, units=units)
        return
    try:
        line_of(1, said, company.catalogue.customers.get(customer), company)
    except DomainError as refusal:
        row.error("refused", reason=worded(refusal), code=refusal.code)


def _enter_in_thought(row: Row, order: OrderRow, act: Act) -> None:
    maker = act.company.staff(order.by) or act.by
    try:
        enter(0, order.wanted, replace(act, by=maker), EntryFacts(), {})
    except DomainError as refusal:
        row.error("refused", reason=worded(refusal), code=refusal.code)


def _day(row: Row) -> date | None:
    said = row.text("due")
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        row.error("day_malformed", column="due", value=said)
        return None


def _cells(order: Order, line: Line, company: Company) -> tuple[Cell, ...]:
    step = company.workflow.steps.get(order.step)
    return (
        str(order.number),
        order.customer,
        line.sku,
        line.qty,
        line.unit,
        "" if line.gift else Decimal(f"{line.price.normalize():f}"),
        "yes" if line.gift else "",
        order.due.isoformat() if order.due else "",
        order.period,
        order.address,
        order.note,
        "yes" if order.urgent else "",
        order.maker,
        order.code(company.calendar.zone),
        order.created_at.astimezone(company.calendar.zone).strftime("%Y-%m-%d %H:%M"),
        step.name if step else order.step,
        order.customer_name,
        line.name,
        line.amount,
        _in_unit(line.shipped, line),
        order.paid,
        order.salesperson,
    )


def _in_unit(smallest: Decimal, line: Line) -> Cell:
    """A quantity in the line's unit, or with the smallest unit's name where it is no round number of it."""
    whole = smallest / line.unit_size
    return whole if places_of(whole) <= 4 else f"{smallest.normalize():f}{line.smallest}"
