"""Who buys, what is sold, who works here: the company's master data, frozen.

Columns and meaning follow the tables of a company folder (`customers.csv`, `products.csv`, …).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Unit:
    """One way a product is counted; `size` says how many of the smallest unit it holds."""

    name: str
    size: Decimal


@dataclass(frozen=True, slots=True)
class Product:
    """A thing sold. `units[0]` is the smallest unit (size 1); `price` is for one `default_unit`, in yuan."""

    sku: str
    name: str
    aliases: tuple[str, ...]
    line: str
    spec: str
    options: tuple[tuple[str, str], ...]
    default_unit: str
    units: tuple[Unit, ...]
    price: Decimal
    tax_rate: Decimal
    safety_stock: Decimal = Decimal(0)
    lead_days: int = 0
    supplier: str = ""

    @property
    def smallest(self) -> str:
        """The name of the unit in which stock is counted."""
        return self.units[0].name

    def size_of(self, unit: str) -> Decimal | None:
        """How many of the smallest unit one `unit` holds, or None where the product is not sold by it."""
        return next((known.size for known in self.units if known.name == unit), None)


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who buys. `credit_limit` in yuan, `credit_days` after signing."""

    code: str
    name: str
    aliases: tuple[str, ...]
    type: str
    region: str
    address: str
    contact: str
    phone: str
    credit_limit: Decimal
    credit_days: int
    price_level: str
    salesperson: str


@dataclass(frozen=True, slots=True)
class Staff:
    """A colleague. `manager` and `deputy` are user ids or empty; ids on the platforms are lower-cased.

    `shifts` are their own hours within the company's working days; none: those of the company. `door` is where they
    want to be told; empty: where they wrote last.
    """

    user_id: str
    name: str
    aliases: tuple[str, ...]
    department: str
    roles: frozenset[str]
    manager: str = ""
    phone: str = ""
    deputy: str = ""
    active: bool = True
    wecom_id: str = ""
    dingtalk_id: str = ""
    feishu_id: str = ""
    shifts: tuple[tuple[time, time], ...] = ()
    door: str = ""


ID_COLUMNS = ("wecom_id", "dingtalk_id", "feishu_id")
"""Where the table of staff keeps what somebody is called on a platform."""


@dataclass(frozen=True, slots=True)
class Warehouse:
    """A place with stock; `regions` are served from here first."""

    code: str
    name: str
    aliases: tuple[str, ...]
    regions: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Supplier:
    """Somebody we buy from."""

    code: str
    name: str
    aliases: tuple[str, ...]
    contact: str = ""
    phone: str = ""
    lead_days: int = 0


@dataclass(frozen=True, slots=True)
class PriceRule:
    """A price (yuan per `default_unit`) of one sku for a price level or one customer; the customer's own wins."""

    sku: str
    price: Decimal
    level: str = ""
    customer: str = ""


@dataclass(frozen=True)
class Catalogue:
    """All master data of the company, each kind keyed by its code, in the order of its table."""

    customers: Mapping[str, Customer] = field(default_factory=dict)
    products: Mapping[str, Product] = field(default_factory=dict)
    staff: Mapping[str, Staff] = field(default_factory=dict)
    warehouses: Mapping[str, Warehouse] = field(default_factory=dict)
    suppliers: Mapping[str, Supplier] = field(default_factory=dict)
    prices: tuple[PriceRule, ...] = ()

    @cached_property
    def accounts(self) -> Mapping[tuple[str, str], Staff]:
        """Everybody by (column, id there), and by ("", user id), in lower case; who is active goes first."""
        found: dict[tuple[str, str], Staff] = {}
        for person in sorted(self.staff.values(), key=lambda one: not one.active):
            own = ((column, str(getattr(person, column)).lower()) for column in ID_COLUMNS)
            for account in (*(one for one in own if one[1]), ("", person.user_id.lower())):
                found.setdefault(account, person)
        return found

    @cached_property
    def _price_index(self) -> Mapping[tuple[str, str, str], Decimal]:
        return {(rule.sku, rule.level, rule.customer): rule.price for rule in self.prices}

    def list_price(self, product: Product, customer: Customer | None) -> Decimal:
        """What one `default_unit` of `product` costs `customer`: own price, its level's, or the list's."""
        if customer is None:
            return product.price
        own = self._price_index.get((product.sku, "", customer.code))
        level = self._price_index.get((product.sku, customer.price_level, ""))
        return own if own is not None else level if level is not None else product.price
