"""What a newcomer is offered to type."""

from dataclasses import replace

import pytest

from bot.platforms.console.examples import examples
from domain.catalogue import Catalogue
from handlers.understanding import Understanding
from tests.fakes.console import MONDAY, ConsoleWorld

COMPANY = ConsoleWorld().company


def offered(user_id: str) -> tuple[str, ...]:
    return examples(COMPANY.catalogue.staff[user_id], COMPANY)


def test_a_salesperson_is_offered_an_order_of_an_own_customer_first():
    assert offered("lina")[0] == "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"


def test_another_salesperson_gets_another_customer():
    assert offered("wangqiang")[0].endswith("罐装可乐20箱 雪碧10箱 明天上午送")
    assert not offered("wangqiang")[0].startswith("人民路华联")


def test_a_supervisor_who_also_sells_is_offered_reviewing():
    assert offered("zhoukai")[:2] == ("我的待办", "哪些单待审核")


@pytest.mark.parametrize(
    ("user_id", "line"),
    [
        ("madong", "到货 罐装可乐50箱 中心仓"),
        ("xugang", "哪些单缺货"),
        ("qianfang", "哪些单没收款"),
        ("wangmin", "已发货的单有哪些"),
    ],
)
def test_each_department_is_offered_its_own_work(user_id: str, line: str):
    assert line in offered(user_id)
    assert "我的待办" in offered(user_id)


def test_everybody_is_offered_three_lines():
    assert {len(offered(user_id)) for user_id in COMPANY.catalogue.staff} == {3}


def test_the_bot_understands_everything_it_offers():
    understanding = Understanding(COMPANY.catalogue)
    for user_id in COMPANY.catalogue.staff:
        for line in offered(user_id):
            reading = understanding.read(line, sender=user_id, now=MONDAY)
            assert reading.intent != "none", line
            assert (reading.missing, reading.ambiguous, reading.unknown) == ((), {}, {}), line


def test_a_company_without_products_still_offers_something():
    bare = replace(COMPANY, catalogue=Catalogue(staff=COMPANY.catalogue.staff))
    assert examples(COMPANY.catalogue.staff["lina"], bare) == ("看板", "超时", "我的待办")


def test_products_without_short_names_are_named_in_full():
    products = {sku: replace(product, aliases=()) for sku, product in COMPANY.catalogue.products.items()}
    bare = replace(COMPANY, catalogue=replace(COMPANY.catalogue, products=products))
    assert "可乐330ml罐装20箱" in examples(COMPANY.catalogue.staff["lina"], bare)[0]
