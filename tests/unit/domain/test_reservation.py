"""Which warehouse keeps what."""

# mypy: disable-error-code="comparison-overlap"
# A figure is said as a whole number here wherever it is one, and compared with a Decimal.

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.order import Allocation
from domain.reservation import ledger, put_to, release, reserve, taken_off
from tests.builders import COMPANY, PLENTY, boxes, entered, levels, picking, reviewing


def places(order):
    return [[(place.warehouse, int(place.qty)) for place in line.allocations] for line in order.lines]


def reserved(stock, *lines, **more):
    return places(reserve(reviewing(*lines, stock={}, **more), COMPANY, stock))


def test_the_warehouse_of_the_region_comes_first():
    assert reserved(PLENTY, boxes(2)) == [[("EAST", 48)]]
    assert reserved(PLENTY, boxes(2), customer="CORNER") == [[("WEST", 48)]]


def test_another_warehouse_that_has_all_is_better_than_two():
    stock = levels(EAST_COLA=48, EAST_TEA=10, WEST_COLA=48, WEST_TEA=15)

    assert reserved(stock, boxes(2), boxes(1, "TEA")) == [[("WEST", 48)], [("WEST", 15)]]


def test_a_line_stays_whole_where_one_warehouse_has_it():
    stock = levels(EAST_COLA=40, WEST_COLA=48, EAST_TEA=15)

    assert reserved(stock, boxes(2), boxes(1, "TEA")) == [[("WEST", 48)], [("EAST", 15)]]


def test_a_line_is_split_where_no_warehouse_has_it():
    assert reserved(levels(EAST_COLA=30, WEST_COLA=30), boxes(2)) == [[("EAST", 30), ("WEST", 18)]]


def test_two_lines_of_one_product_do_not_get_the_same_cans():
    stock = levels(EAST_COLA=50)

    assert reserved(stock, boxes(2), boxes(12, unit="罐")) == [[("EAST", 48)], [("EAST", 2)]]


def test_what_others_have_reserved_is_not_there():
    stock = dict(levels(EAST_COLA=48))
    level = stock["EAST", "COLA"]
    stock["EAST", "COLA"] = type(level)("EAST", "COLA", level.on_hand, Decimal(40))

    assert reserved(stock, boxes(2)) == [[("EAST", 8)]]


def test_what_is_reserved_already_is_kept():
    stock = levels(EAST_COLA=30)
    first = reserve(reviewing(boxes(2), stock={}), COMPANY, stock)

    assert places(reserve(first, COMPANY, levels(EAST_COLA=5, WEST_COLA=18))) == [
        [("EAST", 30), ("WEST", 18)]
    ]


def test_released_goods_go_back_and_the_ledger_says_so():
    order = picking()
    free = release(order)

    assert places(free) == [[]]
    moves = ledger(order.lines, free.lines, 17)
    assert [(move.kind, move.on_hand, move.reserved, move.order) for move in moves] == [
        ("release", 0, -48, 17)
    ]


def test_a_part_released_comes_from_the_farthest_place():
    order = entered(boxes(2), stock=levels(EAST_COLA=30, WEST_COLA=30)).order

    assert places(release(order, {1: Decimal(20)})) == [[("EAST", 28)]]


PLACES = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.integers(1, 9)), max_size=4, unique_by=lambda place: place[0]
)


@settings(max_examples=100, deadline=None)
@given(PLACES, st.integers(0, 40))
def test_what_is_taken_and_what_remains_is_what_was_there(pairs, qty):
    there = tuple(Allocation(warehouse, Decimal(some)) for warehouse, some in pairs)

    remain, taken = taken_off(there, Decimal(qty))

    assert sum(place.qty for place in taken) == min(qty, sum(some for _, some in pairs))
    assert sorted((p.warehouse, p.qty) for p in put_to(remain, taken)) == sorted(
        (p.warehouse, p.qty) for p in there
    )


LINES = st.lists(st.tuples(st.sampled_from(["COLA", "TEA"]), st.integers(1, 6)), min_size=1, max_size=4)
STOCK = st.fixed_dictionaries(
    {name: st.integers(0, 200) for name in ("EAST_COLA", "WEST_COLA", "EAST_TEA", "WEST_TEA")}
)


@settings(max_examples=150, deadline=None)
@given(LINES, STOCK, st.sampled_from(["MARKET", "CORNER"]))
def test_never_more_than_there_is_and_all_of_it_when_it_is_needed(said, on_hand, customer):
    stock = levels(**on_hand)
    before = reviewing(*(boxes(qty, sku) for sku, qty in said), stock={}, customer=customer)

    after = reserve(before, COMPANY, stock)

    taken: dict[tuple[str, str], Decimal] = {}
    for line in after.lines:
        assert line.lacking >= 0
        for place in line.allocations:
            key = (place.warehouse, line.sku)
            taken[key] = taken.get(key, Decimal(0)) + place.qty
    assert all(qty <= stock[place].on_hand for place, qty in taken.items())
    for sku in ("COLA", "TEA"):
        wanted = sum(line.ordered for line in before.lines if line.sku == sku)
        there = on_hand[f"EAST_{sku}"] + on_hand[f"WEST_{sku}"]
        assert sum(line.reserved for line in after.lines if line.sku == sku) == min(wanted, there)
    sums = {(move.warehouse, move.sku): move.reserved for move in ledger(before.lines, after.lines, 17)}
    assert sums == taken
