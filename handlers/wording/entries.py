"""What the entries of the catalogue are called."""

from domain.catalogue import Customer
from handlers.context import Context

TABLES = {"customer": "customers", "sku": "products", "staff": "staff", "warehouse": "warehouses"}


def entry_name(kind: str, code: str, ctx: Context) -> str:
    """The name of an entry; the code itself where there is none, as for units and addresses."""
    table = getattr(ctx.company.catalogue, TABLES[kind], {}) if kind in TABLES else {}
    return str(table[code].name) if code in table else code


def short_name(customer: Customer) -> str:
    """How people call a customer: the shortest of its names that are longer than one character."""
    return min((name for name in (customer.name, *customer.aliases) if len(name) > 1), key=len, default="")
