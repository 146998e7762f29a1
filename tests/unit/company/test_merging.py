"""Importing master data: rows join or replace by code, all of them or none, each mistake with its line."""

import pytest

from bot.company.load import load_files
from bot.company.merging import KEYS, export, merge
from bot.company.sheets import Sheet, write_sheet
from domain.identity import id_on
from tests.unit.company.conftest import Texts, places

NAMES = ["in.csv", "in.xlsx"]


def sheet(name: str, *rows: list[str]) -> bytes:
    return write_sheet(name, Sheet(tuple(rows[0]), rows[1:]))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", sorted(KEYS))
def test_what_was_exported_comes_back_unchanged(texts: Texts, kind: str, name: str) -> None:
    merged = merge(texts, kind, name, write_sheet(name, export(texts, kind)), version=1)

    assert merged.problems == ()
    assert (merged.added, merged.changed) == (0, 0)
    assert merged.same > 0
    assert merged.loaded == load_files(texts, version=1)


@pytest.mark.parametrize("name", NAMES)
def test_rows_join_and_replace_by_their_code(texts: Texts, name: str) -> None:
    data = sheet(
        name,
        ["code", "name", "region", "salesperson"],
        ["K002", "大众五金行", "城东", "fangyu"],
        ["K009", "北门建材", "城西", "caohui"],
    )

    merged = merge(texts, "customers", name, data, version=2)

    assert merged.errors == ()
    assert (merged.added, merged.changed, merged.same) == (1, 1, 0)
    assert merged.loaded is not None
    customers = merged.loaded.company.catalogue.customers
    assert list(customers) == ["K001", "K002", "K003", "K009"]
    assert customers["K002"].name == "大众五金行"
    assert customers["K002"].credit_limit == 8000
    assert customers["K009"].salesperson == "caohui"


def test_two_columns_change_one_thing_of_each_row(texts: Texts) -> None:
    merged = merge(texts, "products", "p.csv", b"sku,price\nH001,30\nH005,5.1\n")

    assert merged.loaded is not None
    products = merged.loaded.company.catalogue.products
    assert [str(products[sku].price) for sku in ("H001", "H002", "H005")] == ["30", "28.00", "5.1"]


def test_a_column_the_table_did_not_have_is_added(texts: Texts) -> None:
    merged = merge(texts, "staff", "s.csv", b"user_id,feishu_id\nKuBao,ou_77\n")

    assert merged.loaded is not None
    staff = merged.loaded.company.catalogue.staff
    assert staff["kubao"].feishu_id == "ou_77"
    assert staff["kubao"].name == "库宝"
    assert id_on("feishu", staff["fangyu"]) == "fangyu"


def test_every_bad_row_is_told_with_its_line_and_nothing_is_taken(texts: Texts) -> None:
    data = (
        "code,name,salesperson,credit_limit\n"
        "K002,大众五金行,fangyu,100\n"
        "K010,新客户,nobody,-5\n"
        ",没有编号,fangyu,1\n"
        "K002,又一次,fangyu,1\n"
        "K 11,有空格,fangyu,1\n"
    ).encode("gb18030")

    merged = merge(texts, "customers", "新客户.csv", data)

    assert places(merged.errors) == [
        ("新客户.csv", 3, "number_below"),
        ("新客户.csv", 3, "staff_unknown"),
        ("新客户.csv", 4, "cell_missing"),
        ("新客户.csv", 5, "row_twice"),
        ("新客户.csv", 6, "code_malformed"),
    ]
    assert merged.loaded is not None
    assert merged.loaded.rules is None


def test_a_new_row_must_be_whole(texts: Texts) -> None:
    merged = merge(texts, "products", "p.csv", b"sku,price\nH001,30\nH777,5\n")

    assert {(problem.line, problem.code) for problem in merged.errors} == {(3, "cell_missing")}


def test_what_a_row_breaks_elsewhere_is_told_there(texts: Texts) -> None:
    merged = merge(texts, "products", "p.csv", "sku,units,default_unit\nH003,筒;箱=10,筒\n".encode())
    assert merged.errors == ()

    merged = merge(texts, "products", "p.csv", "sku,units,default_unit\nH003,米;卷=0.5,卷\n".encode())
    assert merged.errors == ()

    merged = merge(texts, "products", "p.csv", "sku,units,default_unit\nH006,箱;半箱=0.01,半箱\n".encode())
    assert places(merged.errors) == [("rules/stock.csv", 7, "stock_fraction")]


def test_a_column_nobody_knows_keeps_everything_out(texts: Texts) -> None:
    merged = merge(texts, "customers", "c.csv", b"code,nmae\nK001,x\n")

    assert [(problem.line, problem.code) for problem in merged.errors] == [(1, "column_unknown")]


def test_a_file_that_cannot_be_read_changes_nothing(texts: Texts) -> None:
    merged = merge(texts, "customers", "c.xlsx", b"nonsense")

    assert places(merged.errors) == [("c.xlsx", 0, "xlsx_broken")]


def test_prices_are_known_by_product_and_whom_they_are_for(texts: Texts) -> None:
    merged = merge(texts, "prices", "p.csv", b"sku,level,customer,price\nH001,,K002,24\nH001,B,,25.8\n")

    assert (merged.added, merged.changed) == (1, 1)
    assert merged.loaded is not None
    rules = merged.loaded.company.catalogue.prices
    assert [(rule.level, rule.customer, str(rule.price)) for rule in rules if rule.sku == "H001"] == [
        ("A", "", "25.00"),
        ("", "K002", "24"),
        ("B", "", "25.8"),
    ]


def test_warnings_of_rows_that_were_there_before_are_not_repeated(texts: Texts) -> None:
    noisy = {**texts, "customers.csv": texts["customers.csv"].replace("城西,城西小巷", "城北,城西小巷")}

    merged = merge(noisy, "customers", "customers.csv", "code,name,region\nK008,新,城南\n".encode())

    assert places(merged.problems) == [("customers.csv", 2, "region_unserved")]


def test_a_company_without_the_table_begins_one(texts: Texts) -> None:
    bare = {name: text for name, text in texts.items() if name != "prices.csv"}

    merged = merge(bare, "prices", "p.csv", b"sku,level,price\nH001,A,24\n")

    assert (merged.added, merged.errors) == (1, ())
    assert export(bare, "prices").columns == ("sku", "price", "level", "customer")
