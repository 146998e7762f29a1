"""What is wanted, and what it costs by the company's price list."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from domain.catalogue import Customer, Product
from domain.company import Company
from domain.errors import Invalid, Unknown
from domain.order import ZERO, Line
from domain.quantity import product_of, smallest, unit_size

# Unit prices go to a hundredth of a fen.
_PRICE = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class WantedLine:
    """One product as it was said; `price` is yuan for one `unit`, absent where the list's price holds."""

    sku: str
    qty: Decimal
    unit: str = ""
    price: Decimal | None = None
    gift: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """An order before it is one."""

    customer: str
    lines: tuple[WantedLine, ...]
    due: date | None = None
    period: str = ""
    address: str = ""
    note: str = ""
    urgent: bool = False


def customer_of(code: str, company: Company) -> Customer:
    """The customer, or the refusal that there is none."""
    customer = company.catalogue.customers.get(code)
    if customer is None:
        raise Unknown("customer", customer=code)
    return customer


def price_lines(wanted: Wanted, company: Company) -> tuple[Line, ...]:
    """The lines of an order for `wanted`, numbered from 1, priced for the customer."""
    if not wanted.lines:
        raise Invalid("no-lines")
    customer = customer_of(wanted.customer, company)
    return tuple(line_of(no, said, customer, company) for no, said in enumerate(wanted.lines, 1))


def line_of(no: int, said: WantedLine, customer: Customer | None, company: Company) -> Line:
    """One line, believed and priced; refused where quantity or price cannot be meant."""
    product = product_of(said.sku, company)
    unit = said.unit or product.default_unit
    smallest(product, said.qty, unit, company.limits.max_quantity)
    list_price = price_for(product, unit, customer, company)
    if said.gift:
        price = ZERO
    elif said.price is None:
        price = list_price
    else:
        price = believed(said.price, list_price, product, unit, company)
    return Line(
        no=no,
        sku=product.sku,
        name=product.name,
        qty=said.qty,
        unit=unit,
        unit_size=unit_size(product, unit),
        smallest=product.smallest,
        price=price,
        list_price=list_price,
        tax_rate=product.tax_rate,
        gift=said.gift,
    )


def price_for(product: Product, unit: str, customer: Customer | None, company: Company) -> Decimal:
    """The list's price for this customer, for one `unit`, to four places."""
    price = company.catalogue.list_price(product, customer)
    of_default = unit_size(product, product.default_unit)
    return to_price(price * unit_size(product, unit) / of_default)


def to_price(price: Decimal) -> Decimal:
    """`price` rounded half up to the four places of a unit price."""
    return price.quantize(_PRICE, rounding=ROUND_HALF_UP)


def believed(price: Decimal, list_price: Decimal, product: Product, unit: str, company: Company) -> Decimal:
    """The price somebody named, or the refusal that it cannot be meant."""
    facts = {"sku": product.sku, "name": product.name, "price": price, "unit": unit}
    if not price.is_finite() or price <= 0:
        raise Invalid("price-not-positive", **facts)
    factor = company.limits.absurd_price_factor
    if list_price and not list_price / factor <= price <= list_price * factor:
        raise Invalid("price-absurd", **facts, list_price=list_price)
    if price != to_price(price):
        raise Invalid("price-places", **facts)
    return price
