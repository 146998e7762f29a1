"""Every kind of mistake in the tables is told with its file and line."""

import pytest

from tests.unit.company.conftest import Texts, found, line_of, places, spoiled

CUSTOMERS, PRODUCTS, STAFF, STOCK, PRICES = (
    "customers.csv",
    "products.csv",
    "staff.csv",
    "stock.csv",
    "prices.csv",
)

SPOILT = [
    # what, file, words -> words in their place, words on the line that is blamed, code
    ("a column nobody knows", CUSTOMERS, {"credit_limit": "credit_limt"}, "code,name", "column_unknown"),
    ("a column twice", CUSTOMERS, {"aliases": "name"}, "code,name", "column_twice"),
    ("a column that must be there", PRODUCTS, {"default_unit": ""}, "sku,name", "columns_missing"),
    ("an open quote", CUSTOMERS, {"K002,大众": 'K002,"大众'}, "K002", "csv_broken"),
    ("more cells than columns", CUSTOMERS, {"15,B,fangyu": "15,B,fangyu,9"}, "K002", "too_many_cells"),
    ("no name", CUSTOMERS, {"K002,大众五金店": "K002,"}, "K002", "cell_missing"),
    ("no code", CUSTOMERS, {"K002,": ","}, "大众五金店", "cell_missing"),
    ("a code with a space", CUSTOMERS, {"K002,": "K 002,"}, "大众五金店", "code_malformed"),
    ("a code twice", CUSTOMERS, {"K003,": "K001,"}, "小巷修理铺", "row_twice"),
    ("a hidden character", CUSTOMERS, {"大众五金店": "大众\u202e五金店"}, "K002", "cell_unprintable"),
    ("a cell as long as a book", CUSTOMERS, {"大众五金店": "大" * 1001}, "K002", "cell_too_long"),
    ("credit that is no number", CUSTOMERS, {"8000,15": "八千,15"}, "K002", "number_malformed"),
    ("credit below nothing", CUSTOMERS, {"8000,15": "-1,15"}, "K002", "number_below"),
    ("credit in tenths of a fen", CUSTOMERS, {"8000,15": "80.001,15"}, "K002", "number_places"),
    ("days that are not whole", CUSTOMERS, {"8000,15": "8000,1.5"}, "K002", "number_places"),
    ("a salesperson who is nobody", CUSTOMERS, {"B,fangyu": "B,fangyi"}, "K002", "staff_unknown"),
    ("a unit of another", PRODUCTS, {",盒,个;盒=200": ",箱子,个;盒=200"}, "H001", "default_unit_unknown"),
    ("a unit without a size", PRODUCTS, {"个;盒=200": "个;盒"}, "H001", "unit_malformed"),
    ("a unit of size nought", PRODUCTS, {"个;盒=200": "个;盒=0"}, "H001", "unit_malformed"),
    ("a smallest unit of two", PRODUCTS, {"个;盒=200": "个=2;盒=200"}, "H001", "unit_malformed"),
    ("a unit twice", PRODUCTS, {"箱=4000": "盒=4000"}, "H001", "unit_twice"),
    ("no unit", PRODUCTS, {"个;盒=200;箱=4000": ""}, "H001", "cell_missing"),
    ("a price of nothing", PRODUCTS, {"26.00": "0"}, "H001", "price_not_positive"),
    ("a price below nothing", PRODUCTS, {"26.00": "-26"}, "H001", "price_not_positive"),
    ("a price that is no number", PRODUCTS, {"26.00": "NaN"}, "H001", "number_malformed"),
    ("a price of five places", PRODUCTS, {"26.00": "26.00001"}, "H001", "number_places"),
    ("no price", PRODUCTS, {"26.00": ""}, "H001", "cell_missing"),
    ("a tax of thirteen", PRODUCTS, {"0.13": "13"}, "H001", "tax_rate_malformed"),
    ("a tax below nothing", PRODUCTS, {"0.13": "-0.13"}, "H001", "tax_rate_malformed"),
    ("a tax that is no number", PRODUCTS, {"0.13": "免税"}, "H001", "tax_rate_malformed"),
    ("an option without a value", PRODUCTS, {"颜色=红色": "颜色"}, "H003", "option_malformed"),
    ("an option twice", PRODUCTS, {"颜色=红色": "颜色=红色;颜色=蓝色"}, "H003", "option_twice"),
    ("a supplier who is nobody", PRODUCTS, {"3,G01": "3,G09"}, "H001", "supplier_unknown"),
    ("a manager who is nobody", STAFF, {"caohui,138-0000-2003": "caohu,138-0000-2003"}, "fangyu", "staff_unknown"),
    ("a deputy who is nobody", STAFF, {"2003,caohui": "2003,nobody"}, "fangyu", "staff_unknown"),
    ("somebody above themselves", STAFF, {"zongyi,138-0000-2004": "kubao,138-0000-2004"}, "kubao", "own_manager"),
    ("managers in a circle", STAFF, {"admin,,138": "admin,fangyu,138"}, "zongyi,宗毅", "managers_circular"),
    ("a role that is none", STAFF, {",warehouse,": ",warehous,"}, "kubao", "role_unknown"),
    ("two people on one account", STAFF, {"qianyun,钱云,钱姐,财务,finance,zongyi,138-0000-2006,,是,": "qianyun,钱云,钱姐,财务,finance,zongyi,138-0000-2006,,是,KuBao"}, "qianyun", "platform_id_twice"),
    ("neither here nor gone", STAFF, {"2004,,是": "2004,,也许"}, "kubao", "flag_malformed"),
    ("stock in no warehouse", STOCK, {"A1,H002": "A2,H002"}, "A2,H002", "warehouse_unknown"),
    ("stock of nothing", STOCK, {"A1,H002": "A1,X002"}, "X002", "sku_unknown"),
    ("negative stock", STOCK, {"H002,80": "H002,-1"}, "H002", "number_below"),
    ("a piece of a screw", STOCK, {"H002,80": "H002,0.005"}, "H002", "stock_fraction"),
    ("stock twice", STOCK, {"A1,H002": "A1,H001"}, "A1,H001,80", "row_twice"),
    ("a price of nothing sold", PRICES, {"H002,A": "H009,A"}, "H009", "sku_unknown"),
    ("a price for nobody in particular", PRICES, {"H002,A": "H002,"}, "H002", "price_for_whom"),
    ("a price for level and customer", PRICES, {"H001,,K002": "H001,A,K002"}, "K002", "price_for_whom"),
    ("a price for an unknown customer", PRICES, {"H001,,K002": "H001,,K009"}, "K009", "customer_unknown"),
    ("a price twice", PRICES, {"H002,A,,27.00": "H001,A,,27.00"}, "27.00", "row_twice"),
]  # fmt: skip

WORTH_A_LOOK = [
    ("somebody who left sells", STAFF, {"2003,caohui,是": "2003,caohui,否"}, CUSTOMERS, "K001", "staff_away"),
    ("a region no warehouse serves", CUSTOMERS, {"城西,城西小巷": "城北,城西小巷"}, CUSTOMERS, "K003", "region_unserved"),
    ("a level of nobody", PRICES, {"H002,A": "H002,Z"}, PRICES, "H002", "level_unknown"),
    ("a price far from the list's", PRICES, {"25.50": "2.55"}, PRICES, "K002", "price_far"),
    ("two of one name", CUSTOMERS, {"小巷修理铺,修理铺": "大众五金店,修理铺"}, CUSTOMERS, "K003", "name_twice"),
    ("an alias that is another's name", CUSTOMERS, {"铺,修理铺": "铺,大众五金店"}, CUSTOMERS, "K003", "alias_is_name"),
    ("somebody without a role", STAFF, {"fangyu,方宇,小方,销售,sales": "fangyu,方宇,小方,销售,"}, STAFF, "fangyu", "person_without_role"),
]  # fmt: skip


def _spoil(texts: Texts, file: str, swaps: dict[str, str]) -> Texts:
    for find, put in swaps.items():
        texts = spoiled(texts, file, find, put)
    return texts


@pytest.mark.parametrize(
    ("what", "file", "swaps", "blamed", "code"), SPOILT, ids=[case[0] for case in SPOILT]
)
def test_a_mistake_is_told_where_it_stands(
    texts: Texts, what: str, file: str, swaps: dict[str, str], blamed: str, code: str
) -> None:
    spoilt = _spoil(texts, file, swaps)

    problems = found(spoilt)

    assert (file, line_of(spoilt[file], blamed), code) in places(problems)
    assert any(not problem.warning for problem in problems)


@pytest.mark.parametrize(
    ("what", "file", "swaps", "where", "blamed", "code"), WORTH_A_LOOK, ids=[case[0] for case in WORTH_A_LOOK]
)
def test_what_may_be_meant_is_a_warning_only(
    texts: Texts, what: str, file: str, swaps: dict[str, str], where: str, blamed: str, code: str
) -> None:
    spoilt = _spoil(texts, file, swaps)

    problems = found(spoilt)

    assert (where, line_of(spoilt[where], blamed), code) in places(problems)
    assert all(problem.warning for problem in problems)


def test_an_alias_shared_by_customers_is_no_problem(texts: Texts) -> None:
    shared = spoiled(texts, CUSTOMERS, "小巷修理铺,修理铺", "小巷修理铺,大众五金")

    assert found(shared) == ()


def test_a_row_after_a_cell_of_two_lines_keeps_its_line(texts: Texts) -> None:
    spoilt = spoiled(texts, CUSTOMERS, "城东新桥路18号", '"城东新桥路\n18号"')
    spoilt = spoiled(spoilt, CUSTOMERS, "0,0,B,fangyu", "0,0,B,nobody")

    assert places(found(spoilt)) == [(CUSTOMERS, 5, "staff_unknown")]
