"""What a newcomer is offered to type."""

from dataclasses import replace

import pytest

from bot.platforms.console.examples import examples
from domain.catalogue import Catalogue
from tests.fakes.console import ConsoleWorld

COMPANY = ConsoleWorld().company


def offered(user_id: str) -> tuple[str, ...]:
    return examples(COMPANY.catalogue.staff[user_id], COMPANY)


def test_a_salesperson_is_offered_an_order_of_an_own_customer_first():
    assert offered("lina")[0] == "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"


def test_another_salesperson_gets_another_customer():
    assert offered("wangqiang")[0].endswith("罐装可乐20箱 雪碧10箱 明天上午送")
    assert not offered("wangqiang")[0].startswith("人民路华联")


def test_a_supervisor_who_also_sells_is_offered_reviewing():
    assert offered("zhoukai")[:2] == ("我的待办", "待审核的订单")


@pytest.mark.parametrize(
    ("user_id", "line"),
    [
        ("madong", "到货 罐装可乐50箱"),
        ("xugang", "缺货的订单"),
        ("qianfang", "未收款的订单"),
        ("wangmin", "已发货的订单"),
    ],
)
def test_each_department_is_offered_its_own_work(user_id: str, line: str):
    assert line in offered(user_id)
    assert "我的待办" in offered(user_id)


def test_everybody_is_offered_three_lines():
    assert {len(offered(user_id)) for user_id in COMPANY.catalogue.staff} == {3}


def test_a_company_without_products_still_offers_something():
    bare = replace(COMPANY, catalogue=Catalogue(staff=COMPANY.catalogue.staff))
    assert examples(COMPANY.catalogue.staff["lina"], bare) == ("我的待办", "未完成的订单", "帮助")


def test_products_without_short_names_are_named_in_full():
    products = {sku: replace(product, aliases=()) for sku, product in COMPANY.catalogue.products.items()}
    bare = replace(COMPANY, catalogue=replace(COMPANY.catalogue, products=products))
    assert "可乐330ml罐装20箱" in examples(COMPANY.catalogue.staff["lina"], bare)[0]
