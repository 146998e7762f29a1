"""One row of a table as the thing it describes; a bad cell is noted and gets a usable value."""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from bot.company.numbers import number_in
from bot.company.rows import Row, split_names
from bot.company.scalars import shift
from domain.catalogue import Customer, PriceRule, Product, Staff, Supplier, Unit, Warehouse

_ONE = Decimal(1)
_WIDE_EQUALS = "\uff1d"


@dataclass(frozen=True, slots=True)
class StockLine:
    """So much of a sku, counted in its default unit, lies in a warehouse."""

    warehouse: str
    sku: str
    on_hand: Decimal


def customer(row: Row) -> Customer:
    """A row of `customers.csv`."""
    return Customer(
        code=row.code("code"),
        name=row.text("name", needed=True),
        aliases=row.names("aliases"),
        type=row.text("type"),
        region=row.text("region"),
        address=row.text("address"),
        contact=row.text("contact"),
        phone=row.text("phone"),
        credit_limit=row.number("credit_limit", places=2),
        credit_days=row.whole("credit_days"),
        price_level=row.text("price_level"),
        salesperson=row.text("salesperson").lower(),
    )


def product(row: Row) -> Product:
    """A row of `products.csv`."""
    default_unit = row.text("default_unit", needed=True)
    units = _units(row, default_unit)
    if default_unit and all(unit.name != default_unit for unit in units):
        row.error("default_unit_unknown", unit=default_unit, units=", ".join(unit.name for unit in units))
    return Product(
        sku=row.code("sku"),
        name=row.text("name", needed=True),
        aliases=row.names("aliases"),
        line=row.text("line"),
        spec=row.text("spec"),
        options=_options(row),
        default_unit=default_unit,
        units=units,
        price=_price(row),
        tax_rate=_tax_rate(row),
        safety_stock=row.number("safety_stock"),
        lead_days=row.whole("lead_days"),
        supplier=row.text("supplier"),
    )


def staff(row: Row) -> Staff:
    """A row of `staff.csv`; without an id of its own on a platform the user id counts there."""
    user_id = row.code("user_id").lower()
    return Staff(
        user_id=user_id,
        name=row.text("name", needed=True),
        aliases=row.names("aliases"),
        department=row.text("department"),
        roles=frozenset(row.names("roles")),
        manager=row.text("manager").lower(),
        phone=row.text("phone"),
        deputy=row.text("deputy").lower(),
        shifts=_shifts(row),
        active=row.flag("active", default=True),
        wecom_id=row.code("wecom_id", needed=False).lower(),
        # As they were written: they are sent back, and these two need not take them in small letters.
        dingtalk_id=row.code("dingtalk_id", needed=False),
        feishu_id=row.code("feishu_id", needed=False),
    )


def warehouse(row: Row) -> Warehouse:
    """A row of `warehouses.csv`."""
    return Warehouse(
        code=row.code("code"),
        name=row.text("name", needed=True),
        aliases=row.names("aliases"),
        regions=row.names("regions"),
        address=row.text("address"),
    )


def supplier(row: Row) -> Supplier:
    """A row of `suppliers.csv`."""
    return Supplier(
        code=row.code("code"),
        name=row.text("name", needed=True),
        aliases=row.names("aliases"),
        contact=row.text("contact"),
        phone=row.text("phone"),
        lead_days=row.whole("lead_days"),
    )


def price_rule(row: Row) -> PriceRule:
    """A row of `prices.csv`: for a level or for a customer, not both."""
    level, own = row.text("level"), row.text("customer")
    if bool(level) == bool(own):
        row.error("price_for_whom")
    return PriceRule(sku=row.code("sku"), price=_price(row), level=level, customer=own)


def stock_line(row: Row) -> StockLine:
    """A row of `stock.csv`."""
    return StockLine(row.code("warehouse"), row.code("sku"), row.number("on_hand", needed=True))


def _price(row: Row) -> Decimal:
    price = row.number("price", needed=True, least=None)
    if price <= 0 and number_in(row.text("price")) is not None:
        row.error("price_not_positive", value=row.text("price"))
    return price


def _tax_rate(row: Row) -> Decimal:
    said = row.text("tax_rate")
    percent = said.endswith("%")
    rate = number_in(said.removesuffix("%").strip()) if said else Decimal(0)
    if rate is not None and percent:
        rate /= 100
    if rate is None or not 0 <= rate < 1:
        row.error("tax_rate_malformed", value=said)
        return Decimal(0)
    return rate


def _shifts(row: Row) -> tuple[tuple[time, time], ...]:
    shifts: list[tuple[time, time]] = []
    for part in row.names("shift"):
        said = shift(part.replace("：", ":").replace(" ", ""))
        if said is None or any(said[0] < end and start < said[1] for start, end in shifts):
            row.error("shift_malformed", value=part)
        else:
            shifts.append(said)
    return tuple(sorted(shifts))


def _units(row: Row, default_unit: str) -> tuple[Unit, ...]:
    said = row.text("units", needed=True).replace(_WIDE_EQUALS, "=")
    units: list[Unit] = []
    for place, part in enumerate(split_names(said)):
        name, _, size_said = (each.strip() for each in part.partition("="))
        size = number_in(size_said) if size_said else (_ONE if place == 0 and "=" not in part else None)
        if not name or size is None or size <= 0 or (place == 0 and size != _ONE):
            row.error("unit_malformed", part=part, value=said)
        elif any(unit.name == name for unit in units):
            row.error("unit_twice", unit=name, value=said)
        else:
            units.append(Unit(name, size))
    return tuple(units) or (Unit(default_unit, _ONE),)


def _options(row: Row) -> tuple[tuple[str, str], ...]:
    options: list[tuple[str, str]] = []
    for part in row.names("options"):
        name, equals, value = (each.strip() for each in part.replace(_WIDE_EQUALS, "=").partition("="))
        if not (name and equals and value):
            row.error("option_malformed", part=part)
        elif any(known == name for known, _ in options):
            row.error("option_twice", name=name)
        else:
            options.append((name, value))
    return tuple(options)
