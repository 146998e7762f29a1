"""Stock counts and stock lists."""

from decimal import Decimal

import pytest

from bot.company.counting import read_count, stock_sheet
from bot.company.load import load_files
from bot.company.sheets import write_sheet
from domain.act import Portion
from domain.company import Company
from domain.ports import StockLevel
from tests.unit.company.conftest import Texts, places


@pytest.fixture
def company(texts: Texts) -> Company:
    return load_files(texts).company


def level(sku: str, on_hand: str, reserved: str = "0") -> StockLevel:
    return StockLevel("A1", sku, Decimal(on_hand), Decimal(reserved))


def test_a_count_is_read_by_warehouse(company: Company) -> None:
    data = "warehouse,sku,on_hand,unit\nA1,H001,12,\nA1,H005,30,双\nA1,H006,2.5,打\n".encode()

    count = read_count(company, "盘点.csv", data)

    assert count.problems == ()
    assert count.counted == {
        "A1": (
            Portion("H001", Decimal(12)),
            Portion("H005", Decimal(30), "双"),
            Portion("H006", Decimal("2.5"), "打"),
        )
    }


def test_every_bad_row_of_a_count_is_told(company: Company) -> None:
    data = (
        "warehouse,sku,on_hand,unit\n"
        "A9,H001,12,\n"
        "A1,X001,12,\n"
        "A1,H002,-1,\n"
        "A1,H003,1.5,\n"
        "A1,H004,1,箱\n"
        "A1,H005,,\n"
        "A1,H005,3,\n"
    ).encode()

    count = read_count(company, "盘点.csv", data)

    assert places(count.problems) == [
        ("盘点.csv", 2, "warehouse_unknown"),
        ("盘点.csv", 3, "sku_unknown"),
        ("盘点.csv", 4, "number_below"),
        ("盘点.csv", 5, "stock_fraction"),
        ("盘点.csv", 6, "unit_unknown"),
        ("盘点.csv", 7, "cell_missing"),
        ("盘点.csv", 8, "row_twice"),
    ]


@pytest.mark.parametrize("name", ["stock.csv", "stock.xlsx"])
def test_a_stock_list_can_be_counted_and_sent_back(company: Company, name: str) -> None:
    levels = [level("H001", "24000", "400"), level("H002", "250"), level("H005", "7")]

    count = read_count(company, name, write_sheet(name, stock_sheet(levels, company)))

    assert count.problems == ()
    assert count.counted["A1"] == (
        Portion("H001", Decimal(120), "盒"),
        Portion("H002", Decimal(250), "个"),
        Portion("H005", Decimal(7), "双"),
    )


def test_a_stock_list_says_what_is_promised(company: Company) -> None:
    sheet = stock_sheet([level("H001", "24000", "400"), level("GONE", "5")], company)

    assert sheet.rows == [
        ("A1", "GONE", Decimal(5), "", "", Decimal(0), Decimal(5)),
        ("A1", "H001", Decimal(120), "盒", "内六角螺丝M6x20", Decimal(2), Decimal(118)),
    ]
