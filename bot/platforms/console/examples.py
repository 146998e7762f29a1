"""What a newcomer may type first, made from the company's own names."""

from domain.catalogue import Catalogue, Customer, Product, Staff
from domain.company import Company

_ANYBODY = ("看板", "超时", "我的待办")


def examples(staff: Staff, company: Company) -> tuple[str, ...]:
    """Three lines that make sense for this person."""
    catalogue = company.catalogue
    customer, products = _customer(staff, catalogue), _products(catalogue)
    warehouse = next(iter(catalogue.warehouses.values()), None)
    if customer is None or warehouse is None or len(products) < 2:
        return _ANYBODY
    buyer, (first, second) = _short(customer), products
    stock, arrived = f"{_short(first)}还有多少", f"到货 {_some(first, 50)} {warehouse.name}"
    lines = {
        "sales_supervisor": ("我的待办", "哪些单待审核", "看板"),
        "sales": (f"{buyer} {_some(first, 20)} {_some(second, 10)} 明天上午送", "我的待办", stock),
        "warehouse": ("我的待办", stock, arrived),
        "purchaser": ("我的待办", "哪些单缺货", arrived),
        "finance": ("我的待办", "哪些单没收款", f"{buyer}还欠多少"),
        "service": ("我的待办", "已发货的单有哪些", f"{buyer}还欠多少"),
    }
    return next((said for role, said in lines.items() if role in staff.roles), _ANYBODY)


def _short(named: Customer | Product) -> str:
    return named.aliases[0] if named.aliases else named.name


def _some(product: Product, quantity: int) -> str:
    return f"{_short(product)}{quantity}{product.default_unit}"


def _customer(staff: Staff, catalogue: Catalogue) -> Customer | None:
    own = (customer for customer in catalogue.customers.values() if customer.salesperson == staff.user_id)
    return next(own, next(iter(catalogue.customers.values()), None))


def _products(catalogue: Catalogue) -> tuple[Product, ...]:
    """The first product, and the first after it whose short name shares no character with its name."""
    first = next(iter(catalogue.products.values()), None)
    if first is None:
        return ()
    others = (other for other in catalogue.products.values() if not set(_short(other)) & set(first.name))
    return tuple(product for product in (first, next(others, None)) if product is not None)
