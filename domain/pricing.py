"""What is wanted, and what it costs by the company's price list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.company import Company
from domain.order import Line


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


def price_lines(wanted: Wanted, company: Company) -> tuple[Line, ...]:
    """The lines of an order for `wanted`, numbered from 1, priced for the customer."""
    raise NotImplementedError


def line_of(no: int, said: WantedLine, customer: str, company: Company) -> Line:
    """One line, checked and priced."""
    raise NotImplementedError


__all__: Sequence[str] = ["Wanted", "WantedLine", "line_of", "price_lines"]
