"""Whole catalogues."""

from collections.abc import Iterable
from functools import cache

from domain.catalogue import Catalogue, Customer, Product, Staff, Warehouse
from tests.sayings.shops import clientele
from tests.sayings.wares import assortment

PRODUCTS, CUSTOMERS = 10_000, 20_000


def catalogue(customers: Iterable[Customer], products: Iterable[Product]) -> Catalogue:
    """A catalogue with these, two colleagues and a warehouse."""
    colleagues = (
        Staff("lina", "李娜", ("小李",), "销售部", frozenset({"sales"})),
        Staff("wangqiang", "王强", ("小王", "王哥"), "销售部", frozenset({"sales"})),
    )
    return Catalogue(
        {one.code: one for one in customers},
        {one.sku: one for one in products},
        {one.user_id: one for one in colleagues},
        {"W01": Warehouse("W01", "总仓", (), (), ""), "W02": Warehouse("W02", "江北分仓", (), (), "")},
    )


@cache
def city(products: int = PRODUCTS, customers: int = CUSTOMERS) -> Catalogue:
    """A catalogue as big as a city's wholesaler has it."""
    return catalogue(clientele(customers), assortment(products))
