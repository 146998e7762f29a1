"""Orders as a table."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.company.load import load_files
from bot.company.order_sheets import OrderRow, already_there, orders_sheet, read_orders
from bot.company.sheets import write_sheet
from domain.act import Act
from domain.company import Company
from domain.order import Order
from domain.pricing import Wanted, WantedLine, price_lines
from tests.unit.company.conftest import Texts, places

WANTED = Wanted(
    customer="K001",
    lines=(
        WantedLine("H001", Decimal(10), "盒", Decimal("24.5")),
        WantedLine("H001", Decimal(1), "盒", gift=True),
        WantedLine("H005", Decimal("2.5"), "打", Decimal("57.6")),
    ),
    due=date(2026, 11, 24),
    period="morning",
    address="新桥路工地",
    note="=后门",
    urgent=True,
)


@pytest.fixture
def company(texts: Texts) -> Company:
    return load_files(texts).company


def order(company: Company) -> Order:
    at = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    return Order(
        number=17, version=1, step="picking", customer="K001", customer_name="新桥装饰公司", customer_type="工程",
        region="城东", salesperson="fangyu", maker="caohui", created_at=at, step_since=at,
        lines=price_lines(WANTED, company), due=WANTED.due, period=WANTED.period, address=WANTED.address,
        note=WANTED.note, urgent=True,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["orders.csv", "orders.xlsx"])
def test_an_exported_order_comes_back_as_it_was_and_is_known_again(company: Company, name: str) -> None:
    data = write_sheet(name, orders_sheet([order(company)], company))

    read = read_orders(company, name, data)

    assert read.problems == ()
    assert read.orders == (OrderRow("17", 2, "caohui", WANTED, number=17),)
    assert already_there(name, read, {16}) == ()
    assert places(already_there(name, read, {17})) == [(name, 2, "order_exists")]


@pytest.mark.parametrize(
    ("row", "number"),
    [
        (b"1,K001,H001,1,", 0),
        (b"1,K001,H001,1,SO261123-0017", 17),
        (b"so261123-0017,K001,H001,1,", 17),
        (b"1,K001,H001,1,PO-17", 0),
    ],
)
def test_only_a_code_of_ours_names_an_order_that_is_here(company: Company, row: bytes, number: int) -> None:
    read = read_orders(company, "o.csv", b"order,customer,sku,qty,code\n" + row)

    assert read.problems == ()
    assert [one.number for one in read.orders] == [number]


def test_rows_of_one_order_belong_together_in_the_order_of_the_file(company: Company) -> None:
    data = b"order,customer,sku,qty\nA,K001,H001,1\nB,K002,H002,2\nA,,H003,3\n"

    read = read_orders(company, "o.csv", data)

    assert read.problems == ()
    assert [(one.ref, one.line, [line.sku for line in one.wanted.lines]) for one in read.orders] == [
        ("A", 2, ["H001", "H003"]),
        ("B", 3, ["H002"]),
    ]


def test_every_bad_row_of_orders_is_told(company: Company) -> None:
    data = (
        "order,customer,sku,qty,unit,price,due,period,by,gift\n"
        "A,K009,H001,1,,,,,,\n"
        "B,K001,X001,1,,,,,,\n"
        "C,K001,H001,1,桶,,,,,\n"
        "D,K001,H001,0,,,,,,\n"
        "E,K001,H001,0.001,盒,,,,,\n"
        "F,K001,H001,1,,9999,,,,\n"
        "G,K001,H001,1,,,明天,,,\n"
        "H,K001,H001,1,,,,早上,,\n"
        "I,K001,H001,1,,,,,nobody,\n"
        "J,K001,H001,1,,,2026-11-24,,,\n"
        "J,K001,H002,1,,,2026-11-25,,,\n"
        "K,K001,H001,,,,,,,\n"
        "L,K001,H001,1,,,,,,maybe\n"
    ).encode()

    read = read_orders(company, "o.csv", data)

    assert places(read.problems) == [
        ("o.csv", 2, "customer_unknown"),
        ("o.csv", 3, "sku_unknown"),
        ("o.csv", 4, "unit_unknown"),
        ("o.csv", 5, "refused"),
        ("o.csv", 6, "refused"),
        ("o.csv", 7, "refused"),
        ("o.csv", 8, "day_malformed"),
        ("o.csv", 9, "period_unknown"),
        ("o.csv", 10, "staff_unknown"),
        ("o.csv", 12, "order_differs"),
        ("o.csv", 13, "cell_missing"),
        ("o.csv", 13, "refused"),
        ("o.csv", 14, "flag_malformed"),
    ]


def test_what_was_shipped_is_said_in_the_unit_of_the_line_where_it_is_round(company: Company) -> None:
    one = order(company)
    lines = (replace(one.lines[0], shipped=Decimal(400)), replace(one.lines[2], shipped=Decimal(7)))

    sheet = orders_sheet([replace(one, lines=lines)], company)

    shipped = sheet.columns.index("shipped")
    assert [row[shipped] for row in sheet.rows] == [Decimal(2), "7双"]


def test_what_the_rules_would_refuse_is_told_before_anything_is_entered(company: Company) -> None:
    data = (
        b"order,customer,sku,qty,due,by\n"
        b"A,K001,H001,1,2026-11-22,\n"
        b"B,K001,H001,1,,kubao\n"
        b"C,K001,H001,450,,\n"
        b"D,K001,H001,1,2026-11-24,caohui\n"
    )
    limits = replace(company.limits, max_amount=Decimal(10_000))
    strict = replace(company, limits=limits)
    act = Act(strict.catalogue.staff["fangyu"], datetime(2026, 11, 23, 2, 0, tzinfo=UTC), strict, "import:1")

    read = read_orders(strict, "o.csv", data, act)

    assert [(problem.line, problem.facts["code"]) for problem in read.problems] == [
        (2, "due-past"),
        (3, "no-role"),
        (4, "amount-too-large"),
    ]
    assert read.problems[0].text("zh").startswith("o.csv:2: 不能收：日期 2026-11-22 已经过了")
