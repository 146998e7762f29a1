"""What the tables say about each other: nobody and nothing may be named that is not there."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Protocol

from bot.company.problems import Findings, nearest
from bot.company.rows import Row
from bot.company.tables import Tables, price_key, stock_key
from domain.catalogue import ID_COLUMNS, Product, Staff

_FAR = Decimal(5)


class Named(Protocol):
    """Something people call by its name or an alias."""

    @property
    def name(self) -> str: ...

    @property
    def aliases(self) -> tuple[str, ...]: ...


def check_references(tables: Tables, findings: Findings) -> None:
    """Note every reference to nobody, and every name that means two things."""
    known = tables.catalogue
    _check_customers(tables)
    for sku, product in known.products.items():
        if product.supplier and product.supplier not in known.suppliers:
            row = tables.rows["products.csv"][sku]
            row.error(
                "supplier_unknown",
                supplier=product.supplier,
                nearest=nearest(product.supplier, known.suppliers),
            )
    _check_staff(tables)
    _check_prices(tables)
    _check_stock(tables)
    for file, things in (
        ("customers.csv", known.customers),
        ("products.csv", known.products),
        ("staff.csv", known.staff),
        ("warehouses.csv", known.warehouses),
        ("suppliers.csv", known.suppliers),
    ):
        _check_names(things, tables.rows[file])


def opening_stock(tables: Tables) -> Mapping[tuple[str, str], Decimal]:
    """What `stock.csv` says, in each product's smallest unit."""
    products = tables.catalogue.products
    return {
        (line.warehouse, line.sku): line.on_hand * _default_size(products[line.sku])
        for line in tables.stock
        if line.sku in products
    }


def _check_customers(tables: Tables) -> None:
    known = tables.catalogue
    served = {region for warehouse in known.warehouses.values() for region in warehouse.regions}
    unserved: set[str] = set()
    for code, customer in known.customers.items():
        row = tables.rows["customers.csv"][code]
        if customer.salesperson:
            _check_person(row, customer.salesperson, known.staff)
        if known.warehouses and customer.region not in served | unserved:
            unserved.add(customer.region)
            row.warn("region_unserved", region=customer.region)


def _check_staff(tables: Tables) -> None:
    staff = tables.catalogue.staff
    rows = tables.rows["staff.csv"]
    for platform in ID_COLUMNS:
        owners: dict[str, str] = {}
        for user, person in staff.items():
            # Who has no id of their own there is known by the user id.
            other = owners.setdefault((getattr(person, platform) or user).lower(), user)
            if other != user:
                rows[user].error("platform_id_twice", column=platform, user=other)
    for user, person in staff.items():
        for other in filter(None, (person.manager, person.deputy)):
            _check_person(rows[user], other, staff)
            if other == user:
                rows[user].error("own_manager", user=user)
        if not person.roles:
            rows[user].warn("person_without_role", user=user)
        if person.manager != user and _above_itself(user, staff):
            rows[user].error("managers_circular", user=user)


def _above_itself(user: str, staff: Mapping[str, Staff]) -> bool:
    seen: set[str] = set()
    here = staff[user].manager
    while here in staff and here not in seen and here != user:
        seen.add(here)
        here = staff[here].manager
    return here == user


def _check_person(row: Row, user: str, staff: Mapping[str, Staff]) -> None:
    if user not in staff:
        row.error("staff_unknown", user=user, nearest=nearest(user, staff))
    elif not staff[user].active:
        row.warn("staff_away", user=user)


def _check_prices(tables: Tables) -> None:
    known = tables.catalogue
    levels = {customer.price_level for customer in known.customers.values()}
    for rule in known.prices:
        row = tables.rows["prices.csv"][price_key(rule)]
        product = known.products.get(rule.sku)
        if product is None:
            row.error("sku_unknown", sku=rule.sku, nearest=nearest(rule.sku, known.products))
        elif product.price > 0 and not product.price / _FAR <= rule.price <= product.price * _FAR:
            row.warn("price_far", price=rule.price, list_price=product.price)
        if rule.customer and rule.customer not in known.customers:
            row.error(
                "customer_unknown", customer=rule.customer, nearest=nearest(rule.customer, known.customers)
            )
        if rule.level and rule.level not in levels:
            row.warn("level_unknown", level=rule.level)


def _check_stock(tables: Tables) -> None:
    known = tables.catalogue
    for line in tables.stock:
        row = tables.rows["stock.csv"][stock_key(line)]
        product = known.products.get(line.sku)
        if line.warehouse not in known.warehouses:
            hint = nearest(line.warehouse, known.warehouses)
            row.error("warehouse_unknown", warehouse=line.warehouse, nearest=hint)
        if product is None:
            row.error("sku_unknown", sku=line.sku, nearest=nearest(line.sku, known.products))
        elif (line.on_hand * _default_size(product)) % 1:
            row.error(
                "stock_fraction", value=line.on_hand, unit=product.default_unit, smallest=product.smallest
            )


def _default_size(product: Product) -> Decimal:
    return product.size_of(product.default_unit) or Decimal(1)


def _check_names(things: Mapping[str, Named], rows: Mapping[str, Row]) -> None:
    owners: dict[str, str] = {}
    for code, thing in things.items():
        other = owners.setdefault(thing.name, code)
        if thing.name and other != code:
            rows[code].warn("name_twice", name=thing.name, other=other)
    for code, thing in things.items():
        for alias in thing.aliases:
            if owners.get(alias, code) != code:
                rows[code].warn("alias_is_name", alias=alias, other=owners[alias])
