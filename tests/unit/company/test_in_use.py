"""What orders and stock still need is not dropped from the rules."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from bot.company.in_use import InUse, dropped
from bot.company.load import load_files
from domain.company import Company
from domain.order import Order
from domain.ports import StockLevel
from domain.pricing import Wanted, WantedLine, price_lines
from tests.unit.company.conftest import Texts

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def company(texts: Texts) -> Company:
    return load_files(texts).company


def order(company: Company, number: int, step: str = "picking", held_from: str = "") -> Order:
    wanted = Wanted("K001", (WantedLine("H001", Decimal(1), "盒"),))
    return Order(
        number=number, version=1, step=step, customer="K001", customer_name="新桥装饰公司", customer_type="工程",
        region="城东", salesperson="fangyu", maker="caohui", created_at=AT, step_since=AT,
        lines=price_lines(wanted, company), held_from=held_from,
    )  # fmt: skip


def without(company: Company, **kinds: str) -> Company:
    """The company with one key less in each of these."""
    catalogue, workflow = company.catalogue, company.workflow
    for kind, key in kinds.items():
        if kind == "steps":
            steps = {step: one for step, one in workflow.steps.items() if step != key}
            workflow = replace(workflow, steps=steps)
        else:
            rows: Any = {code: one for code, one in getattr(catalogue, kind).items() if code != key}
            catalogue = replace(catalogue, **{kind: rows})
    return replace(company, catalogue=catalogue, workflow=workflow)


def told(used: InUse, company: Company) -> list[str]:
    problems = dropped(used, company)
    assert all(problem.text("zh") != problem.text("en") for problem in problems)
    return [problem.text("en") for problem in problems]


def test_rules_that_keep_everything_in_use_are_fine(company: Company) -> None:
    lies = StockLevel("W1", "H001", Decimal(3), Decimal(0))
    used = InUse((order(company, 7),), (lies,), {"done": 3})

    unused = without(company, customers="K002", products="H002")
    assert told(replace(used, levels=()), unused) == []
    assert told(InUse(), without(company, customers="K001", products="H001", steps="picking")) == []


@pytest.mark.parametrize(
    ("kind", "key", "says"),
    [
        ("customers", "K001", "customers.csv: the customer “K001” (新桥装饰公司) cannot be dropped, there are open orders: #7 #9"),
        ("products", "H001", "products.csv: the product “H001” (细帆布手套) cannot be dropped, it is in open orders: #7 #9"),
        ("steps", "picking", "workflow.yaml: the step “picking” cannot be dropped or named otherwise, orders stand in it: #7 #9"),
        ("steps", "done", "workflow.yaml: the step “done” cannot be dropped or named otherwise, 3 orders have ended in it"),
    ],
)  # fmt: skip
def test_what_open_orders_need_is_named_with_its_orders(
    company: Company, kind: str, key: str, says: str
) -> None:
    name = company.catalogue.products["H001"].name
    used = InUse((order(company, 9, "hold", held_from="picking"), order(company, 7)), (), {"done": 3})

    assert told(used, without(company, **{kind: key})) == [says.replace("细帆布手套", name)]


@pytest.mark.parametrize(("on_hand", "reserved"), [(3, 0), (0, 1)])
def test_what_lies_somewhere_is_named_with_its_place(company: Company, on_hand: int, reserved: int) -> None:
    place = next(iter(company.catalogue.warehouses))
    lies = StockLevel(place, "H001", Decimal(on_hand), Decimal(reserved))
    nothing = StockLevel(place, "H002", Decimal(0), Decimal(0))
    used = InUse(levels=(lies, nothing))

    goods = told(used, without(company, products="H001"))
    house = told(used, without(company, warehouses=place))

    assert goods == [
        f"products.csv: the product “H001” cannot be dropped, it is in stock: {place}; count it to 0 first"
    ]
    assert house == [
        f"warehouses.csv: the warehouse “{place}” cannot be dropped, it holds goods: H001; count them to 0 first"
    ]
    assert told(used, without(company, products="H002")) == []
