"""What orders and stock still need of the rules: a new version must not drop it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.company.problems import Findings, Problem
from domain.company import Company
from domain.order import Order
from domain.ports import StockLevel


@dataclass(frozen=True, slots=True)
class InUse:
    """The open orders, the stock there is, and how many orders have ended in each step that ends one."""

    orders: tuple[Order, ...] = ()
    levels: tuple[StockLevel, ...] = ()
    ended: Mapping[str, int] = field(default_factory=dict)


def dropped(used: InUse, company: Company) -> tuple[Problem, ...]:
    """What `company` lacks of it, by the file in which its row is missing."""
    findings = Findings()
    known, steps = company.catalogue, company.workflow.steps
    customers = {order.customer: order.customer_name for order in used.orders}
    for code in customers.keys() - known.customers.keys():
        orders = _numbers(order for order in used.orders if order.customer == code)
        findings.error("customers.csv", 0, "customer_in_use", code=code, name=customers[code], orders=orders)
    products = {line.sku: line.name for order in used.orders for line in order.lines}
    for sku in products.keys() - known.products.keys():
        orders = _numbers(order for order in used.orders if sku in {line.sku for line in order.lines})
        findings.error("products.csv", 0, "product_in_use", code=sku, name=products[sku], orders=orders)
    stocked = [level for level in used.levels if level.on_hand or level.reserved]
    for sku in {level.sku for level in stocked} - known.products.keys():
        places = ", ".join(sorted(level.warehouse for level in stocked if level.sku == sku))
        findings.error("products.csv", 0, "product_in_stock", code=sku, warehouses=places)
    for place in {level.warehouse for level in stocked} - known.warehouses.keys():
        skus = ", ".join(sorted(level.sku for level in stocked if level.warehouse == place))
        findings.error("warehouses.csv", 0, "warehouse_in_use", code=place, products=skus)
    stood_in = {step for order in used.orders for step in (order.step, order.held_from) if step}
    for step in stood_in - steps.keys():
        orders = _numbers(order for order in used.orders if step in (order.step, order.held_from))
        findings.error("workflow.yaml", 0, "step_in_use", step=step, orders=orders)
    for step, ended in used.ended.items():
        if ended and step not in steps:
            findings.error("workflow.yaml", 0, "step_of_the_past", step=step, orders=ended)
    return findings.all()


def _numbers(orders: Iterable[Order]) -> str:
    return " ".join(f"#{number}" for number in sorted(order.number for order in orders))
