"""What a customer's latest orders have in common, on both engines."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.habits import LATEST, Habit, habit
from domain.order import Line, Order
from domain.ports import UnitsOfWork
from tests.integration.storage.stories import NOW, a_line, an_order, written

COLA, TEA = a_line(1, "COLA", reserved="0"), a_line(2, "TEA", reserved="0")


async def took(units: UnitsOfWork, number: int, *lines: Line, **more: object) -> Order:
    """An order of the market, each a minute after the one before."""
    order = an_order(number, *lines, created_at=NOW + timedelta(minutes=number), **more)
    await written(units, order)
    return order


async def test_orders_are_counted_in_which_a_product_is(units: UnitsOfWork):
    await took(units, 1, COLA, replace(COLA, no=3))
    await took(units, 2, COLA, TEA)
    await took(units, 3, TEA)
    await took(units, 4, COLA, customer="CORNER")

    async with units() as uow:
        assert await uow.habits.goods("MARKET", ["COLA", "TEA", "RICE"]) == ({"COLA": 2, "TEA": 2}, 3)
        assert await uow.habits.goods("MARKET", ["COLA"]) == ({"COLA": 2}, 3)
        assert await uow.habits.goods("NOBODY", ["COLA"]) == ({}, 0)


@pytest.mark.parametrize("step", ["draft", "cancelled"])
async def test_what_did_not_come_about_is_no_habit(units: UnitsOfWork, step: str):
    await took(units, 1, COLA, step=step)
    await took(units, 2, COLA)

    async with units() as uow:
        assert await uow.habits.goods("MARKET", ["COLA"]) == ({"COLA": 1}, 1)
        assert await uow.habits.units("MARKET", "COLA") == ({"箱": 1}, 1)
        assert (await uow.habits.addresses("MARKET"))[1] == 1


async def test_what_was_given_free_is_not_what_is_wanted(units: UnitsOfWork):
    await took(units, 1, TEA, replace(COLA, gift=True))

    async with units() as uow:
        assert await uow.habits.goods("MARKET", ["COLA", "TEA"]) == ({"TEA": 1}, 1)


async def test_only_the_latest_orders_count(units: UnitsOfWork):
    for number in range(1, 6):
        await took(units, number, COLA, address="老码头")
    for number in range(6, 6 + LATEST):
        await took(units, number, TEA, address="北门")

    async with units() as uow:
        assert await uow.habits.goods("MARKET", ["COLA", "TEA"]) == ({"TEA": LATEST}, LATEST)
        assert await uow.habits.addresses("MARKET") == ({"北门": LATEST}, LATEST)
        assert await uow.habits.units("MARKET", "COLA") == ({"箱": 5}, 5)


async def test_units_are_those_of_the_product(units: UnitsOfWork):
    await took(units, 1, COLA, replace(TEA, unit="瓶"))
    await took(units, 2, replace(COLA, unit="罐"), replace(COLA, no=3))

    async with units() as uow:
        assert await uow.habits.units("MARKET", "COLA") == ({"箱": 2, "罐": 1}, 2)
        assert await uow.habits.units("CORNER", "COLA") == ({}, 0)


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ({}, None),
        ({"A": 1}, None),
        ({"A": 2}, Habit("A", 2, 10)),
        ({"A": 2, "B": 2}, None),
        ({"B": 3, "A": 8}, Habit("A", 8, 10)),
    ],
)
def test_a_habit_stands_out(counts: dict[str, int], found: Habit | None):
    assert habit((counts, 10)) == found
