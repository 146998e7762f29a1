"""Sheets made at random, written as workbooks and read by the real reader: each row has one fate, the right one."""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.company.load import load
from bot.company.tables import read_catalogue
from bot.spreadsheets.opened import pages_of
from domain.company import Company
from handlers.fates import Fates
from handlers.files.judging import believed, fates_of, left_out
from handlers.understanding import Reading, Understanding
from handlers.understanding.readings.sheets.steps import finished
from tests.tables import saved
from tests.unit.understanding.lines import DATA, MONDAY
from tests.world import DEMO_COMPANY

HEADS = {
    "serial": ["序号", "No."],
    "customer": ["客户", "客户名称", "门店"],
    "goods": ["品名", "商品名称", "货品"],
    "quantity": ["数量", "订货数量", "数 量"],
    "unit": ["单位"],
    "note": ["备注", "说明"],
    "other": ["联系人"],
}
ABOVE = [["送货单"], ["NO：0012", "", "电话：13800138000"], ["制单日期", "2026-11-23"], []]
BELOW = [["以上货品请清点"], ["制表：李四", "", "审核：王五"], ["备注：轻拿轻放"]]
BUYERS = ("人民路华联", "福满楼", "川味轩", "百惠")
STRANGE = ("榴莲汁", "=1+1 牛油果汁", "@all", "<b>雪碧</b>", "雪碧 不要", "合计器", "🥤", "9" * 60)
UNCLEAR = ("可乐", "水")
COUNTS = ((3, "3"), (20.0, "20"), ("１２", "12"), ("7箱", "7"), ("十五", "15"))


@dataclass(frozen=True)
class Wanted:
    """A row to be written, and what must become of it: `taken`, `asked`, `refused`, or nothing for one that is none."""

    fate: str
    goods: object = None
    quantity: object = None
    count: str = ""
    hidden: bool = False


@cache
def company(trade: str) -> Company:
    """The demo company, trading in this."""
    whole = load(DEMO_COMPANY).company
    return whole if trade == "drinks" else replace(whole, catalogue=read_catalogue(DATA / trade))


@cache
def understanding(trade: str) -> Understanding:
    return Understanding(company(trade).catalogue)


def read(book: Workbook, trade: str) -> tuple[list[Reading], Fates]:
    """As a file that was sent, with nothing left out."""
    said = finished(understanding(trade).sheets(pages_of(saved(book)), "订单.xlsx", MONDAY))
    refused, readings = left_out(said.pages), []
    for order in said.orders:
        kept, fallen = believed(order.reading, company(trade))
        refused += fallen
        readings += [kept] if kept.slots.lines else []
    return readings, fates_of(readings, refused)


@cache
def names() -> dict[str, str]:
    """Products by name that are sold in 箱, as their usual unit."""
    products = company("drinks").catalogue.products.values()
    return {one.name: one.sku for one in products if one.default_unit == "箱"}


@cache
def rows() -> st.SearchStrategy[Wanted]:
    """Rows of every kind; most of them can be taken."""
    good, value = st.sampled_from(sorted(names())), st.sampled_from(COUNTS)
    first = value.map(lambda pair: pair[0])
    taken = st.builds(lambda name, pair: Wanted("taken", name, *pair), good, value)
    refused = st.one_of(
        st.builds(Wanted, st.just("refused"), st.sampled_from(STRANGE), first),
        st.builds(
            Wanted,
            st.just("refused"),
            good,
            st.sampled_from([None, 0, 0.0, "-", "无", "0.00", -3, "-2箱", "=A1+1", "#N/A"]),
        ),
        st.builds(Wanted, st.just("refused"), good, first, hidden=st.just(True)),
        st.builds(Wanted, st.just("refused"), st.none(), first),
    )
    asked = st.builds(Wanted, st.just("asked"), st.sampled_from(UNCLEAR), first)
    none = st.builds(
        Wanted, st.just(""), st.sampled_from(["合计", "小计", "总计："]), st.sampled_from([5, None])
    )
    return st.one_of(taken, taken, taken, refused, asked, none, st.just(Wanted("")))


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Workbook, dict[int, Wanted], dict[int, str]]:
    """A workbook, the rows wanted of it by number, and whose they are."""
    columns = [
        "goods",
        "quantity",
        "unit",
        *draw(st.lists(st.sampled_from(["serial", "customer", "note", "other"]), unique=True)),
    ]
    columns = draw(st.permutations(columns))
    above, below = (
        draw(st.lists(st.sampled_from(ABOVE), max_size=3)),
        draw(st.lists(st.sampled_from(BELOW), max_size=2)),
    )
    wanted = draw(st.lists(rows(), min_size=1, max_size=12))
    book = Workbook()
    page = book.worksheets[0]
    for row in above:
        page.append(list(row))
    page.append([draw(st.sampled_from(HEADS[column])) for column in columns])
    at, whose = len(above) + 2, {}
    for number, one in enumerate(wanted, at):
        buyer = draw(st.sampled_from(BUYERS))
        whose[number] = buyer if "customer" in columns else ""
        cells = {
            "serial": number if one.fate else None,
            "customer": buyer if one.fate else None,
            "goods": one.goods,
            "quantity": one.quantity,
            "unit": "箱" if one.fate and not str(one.quantity).endswith("箱") else None,
            "note": "总数不够再说" if one.fate == "taken" else None,
            "other": None,
        }
        for place, column in enumerate(columns, 1):
            cell = page.cell(number, place)
            cell.value = cells[column]  # type: ignore[assignment]
            if column == "goods" and str(one.goods).startswith("="):
                cell.data_type = "s"
        page.row_dimensions[number].hidden = one.hidden
    for offset, row in enumerate(below):
        for place, value in enumerate(row, 1):
            page.cell(at + len(wanted) + offset, place).value = value or None
    footer = {at + len(wanted) + offset: Wanted("refused") for offset in range(len(below))}
    return book, {**dict(enumerate(wanted, at)), **footer}, whose


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheets())
def test_rows_taken_asked_and_refused_are_all_rows_there_are(made):
    book, wanted, whose = made

    readings, fates = read(book, "drinks")

    taken, asked, refused = (
        {row for _, row in rows} for rows in (fates.taken, [row for row, _ in fates.asked], fates.wholly)
    )
    named = bool(any(whose.values()))
    expected = {
        fate: {row for row, one in wanted.items() if one.fate == fate}
        for fate in ("taken", "asked", "refused")
    }
    if not named:  # nobody knows for whom: all of it is asked about
        expected = {**expected, "asked": expected["asked"] | expected["taken"], "taken": set()}
    assert (taken, asked, refused) == (expected["taken"], expected["asked"], expected["refused"])
    assert fates.rows == len(taken) + len(asked) + len(refused)
    for reading in readings:
        for line in reading.slots.lines:
            assert line.spot is not None
            row = wanted[line.spot.row]
            if row.fate == "taken":
                assert (line.sku, line.qty, line.unit) == (names()[str(row.goods)], Decimal(row.count), "箱")


@st.composite
def matrices(draw: st.DrawFn) -> tuple[Workbook, dict[tuple[int, str], tuple[str, Decimal]], set[int]]:
    """A workbook of sizes across, the cells wanted with their product, and the rows of which nothing is."""
    catalogue = company("clothes").catalogue
    styles: dict[str, dict[tuple[str, str], str]] = {}
    for one in catalogue.products.values():
        options = dict(one.options)
        if {"颜色", "尺码"} <= options.keys():
            style = one.name.split(f" {options['颜色']}")[0]
            styles.setdefault(style, {})[options["颜色"], options["尺码"]] = one.sku
    two_rows = draw(st.booleans())
    sizes = draw(st.lists(st.sampled_from(["M", "L", "XL", "2XL"]), min_size=2, unique=True))
    book = Workbook()
    page = book.worksheets[0]
    page.append(["款式", "颜色", "尺码" if two_rows else sizes[0], *([] if two_rows else sizes[1:])])
    if two_rows:
        page.append([None, None, *sizes])
    wanted: dict[tuple[int, str], tuple[str, Decimal]] = {}
    nothing: set[int] = set()
    for number in range(2 + two_rows, 2 + two_rows + draw(st.integers(1, 5))):
        style = draw(st.sampled_from(sorted(styles)))
        colour = draw(st.sampled_from(sorted({colour for colour, _ in styles[style]})))
        cells = [draw(st.sampled_from([None, "-", 0, 1, 5, "12"])) for _ in sizes]
        page.append([style, colour, *cells])
        for size, cell in zip(sizes, cells, strict=True):
            if cell not in (None, "-", 0):
                wanted[number, size.lower()] = (styles[style].get((colour, size), ""), Decimal(str(cell)))
        if not any(row == number and sku for (row, _), (sku, _) in wanted.items()):
            nothing.add(number)
    return book, wanted, nothing


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(matrices())
def test_every_cell_of_a_matrix_is_a_line_of_its_product_or_is_refused(made):
    book, wanted, nothing = made

    readings, fates = read(book, "clothes")

    lines = [line for reading in readings for line in reading.slots.lines]
    said = {(line.spot.row, line.spot.column): (line.sku, line.qty) for line in lines if line.spot}
    assert said == {place: one for place, one in wanted.items() if one[0]}
    cells = {(one.row[1], one.column) for one in fates.refused if one.column}
    assert cells == {place for place, (sku, _) in wanted.items() if not sku}
    assert {row for _, row in fates.wholly} == nothing
