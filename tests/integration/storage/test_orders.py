"""The order book gives back what it was given, and finds it."""

from dataclasses import fields, replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.errors import Unknown
from domain.facts import Payment
from domain.figures import Scope
from domain.order import Head, Line, Order
from domain.ports import EntryFacts, Search, UnitsOfWork
from tests.integration.storage.stories import (
    NOW,
    a_change,
    a_full_line,
    a_full_order,
    a_line,
    an_order,
    everything,
    level,
    stocked,
    written,
)


def test_the_full_order_leaves_no_field_at_its_default():
    order, line = a_full_order(), a_full_line()
    plain_order = an_order(lines=())
    for field in fields(Order):
        if field.name not in ("version", "head"):
            assert getattr(order, field.name) != getattr(replace(plain_order, step=""), field.name) or field.name in (
                "created_at", "step_since", "step_due",
            ), field.name  # fmt: skip
    bare = Line(0, "", "", Decimal(0), "", Decimal(0), "", Decimal(0), Decimal(0), Decimal(0))
    assert [
        field.name for field in fields(Line) if getattr(line, field.name) == getattr(bare, field.name)
    ] == []


async def test_an_order_comes_back_as_it_was_written(units: UnitsOfWork):
    await written(units, a_full_order())

    async with units() as uow:
        order = await uow.orders.get(7)

    assert order == replace(a_full_order(), version=1, head=order.head)
    assert order.head.seq == 1
    assert str(order.paid) == "12.30"
    assert [str(line.price) for line in order.lines] == ["48.0000", "45.1234"]
    assert [str(line.shipped) for line in order.lines] == ["0", "20"]


async def test_a_written_order_replaces_the_one_before_lines_included(units: UnitsOfWork):
    await written(units, an_order(1, a_line(1), a_line(2, "TEA"), a_line(3, "WATER")))
    async with units() as uow:
        order = await uow.orders.get(1)
        lines = (replace(order.lines[0], qty=Decimal(5)), order.lines[2], a_line(4, "RICE"))
        await uow.save(a_change(replace(order, step="shipped", lines=lines)))
        await uow.commit()

    async with units() as uow:
        found = await uow.orders.get(1)

    assert found.lines == lines
    assert (found.step, found.version, found.head.seq) == ("shipped", 2, 2)


async def test_an_order_nobody_wrote_is_unknown(units: UnitsOfWork):
    async with units() as uow:
        with pytest.raises(Unknown) as refusal:
            await uow.orders.get(99)

    assert refusal.value.facts == {"number": 99}


async def test_numbers_are_given_once(units: UnitsOfWork):
    async with units() as uow:
        first, second = await uow.orders.next_number(), await uow.orders.next_number()
        await uow.save(a_change(an_order(first)))
        await uow.save(a_change(an_order(second)))
        await uow.commit()
    async with units() as uow:
        third = await uow.orders.next_number()

    assert first < second < third


async def test_a_number_that_was_not_used_is_given_again_on_sqlite(units: UnitsOfWork, database_url: str):
    async with units() as uow, units() as other:
        first, second = await uow.orders.next_number(), await other.orders.next_number()
    async with units() as uow:
        third = await uow.orders.next_number()

    assert second == first + 1
    assert third == (first if database_url.startswith("sqlite") else second + 1)


async def test_what_is_saved_is_seen_in_the_same_transaction_and_by_nobody_else(units: UnitsOfWork):
    async with units() as uow, units() as other:
        await uow.save(a_change(an_order(1)))
        assert (await uow.orders.get(1)).version == 1
        with pytest.raises(Unknown):
            await other.orders.get(1)

    async with units() as uow:
        with pytest.raises(Unknown):
            await uow.orders.get(1)


@pytest.mark.parametrize(
    ("search", "numbers"),
    [
        (Search(), [4, 3, 2, 1]),
        (Search(limit=2), [4, 3]),
        (Search(customer=("CORNER", "CANTEEN")), [3, 2]),
        (Search(steps=("picking",)), [2, 1]),
        (Search(not_steps=("picking", "done")), [3]),
        (Search(owner="picker"), [2]),
        (Search(salesperson="other"), [3]),
        (Search(sku=("TEA",)), [4, 2]),
        (Search(sku=("TEA",), customer=("CORNER",)), [2]),
        (Search(created_from=NOW + timedelta(hours=2)), [4, 3]),
        (Search(created_to=NOW + timedelta(hours=2)), [2, 1]),
        (Search(due_before=NOW + timedelta(minutes=90)), [2, 1]),
        (Search(unpaid=True), [3, 2, 1]),
        (Search(unpaid=False), [4]),
        (Search(owner="nobody"), []),
    ],
    ids=str,
)
async def test_a_search_narrows_by_every_given_field(units: UnitsOfWork, search: Search, numbers: list[int]):
    def at(hours: int) -> dict[str, object]:
        moment = NOW + timedelta(hours=hours)
        return {"created_at": moment, "step_since": moment, "step_due": moment}

    await written(
        units,
        an_order(1, **at(0)),
        an_order(2, a_line(1), a_line(2, "TEA"), customer="CORNER", owner="picker", **at(1)),
        an_order(3, customer="CANTEEN", step="signed", salesperson="other", **at(2)),
        an_order(4, a_line(1, "TEA"), step="done", paid=Decimal("96.00"), **at(3)),
    )
    async with units() as uow:
        found = await uow.orders.search(search)
        counted = await uow.orders.count(search)

    assert [order.number for order in found] == numbers
    assert counted == (len(numbers) if search.limit == 20 else 4)
    assert all(order.lines for order in found)


async def test_a_search_gives_whole_orders(units: UnitsOfWork):
    await written(units, an_order(1, a_line(1), a_line(2, "TEA")))

    async with units() as uow:
        (found,) = await uow.orders.search(Search(sku=("TEA",)))
        assert found == await uow.orders.get(1)


async def test_a_step_counts_by_what_it_is_for_the_company(database, units: UnitsOfWork):
    own = database.units(lambda to: (), {"archiv": "done", "wait": "short", "fertig": "picking"}.__getitem__)
    async with own() as uow:
        await uow.save(a_change(an_order(1, step="archiv")))
        await uow.save(a_change(an_order(2, step="fertig")))
        await uow.save(a_change(an_order(3, a_line(reserved="24"), step="wait")))
        await uow.commit()

    async with units() as uow:
        assert [one.step for one in await uow.figures.backlog(NOW, Scope())] == ["fertig", "wait"]
        assert [order.number for order in await uow.orders.waiting_for(["COLA"])] == [3]


async def test_entry_facts_say_exposure_repeats_and_habit(units: UnitsOfWork):
    old = NOW - timedelta(days=3)
    cola = [a_line(boxes=boxes, reserved="0") for boxes in ("2", "3", "5")]
    await written(
        units,
        an_order(1, cola[0], paid=Decimal("16.50"), created_at=old),
        an_order(2, cola[1], step="done", paid=Decimal("144.00")),
        an_order(3, cola[2]),
        an_order(4, step="cancelled", void=True),
        an_order(5, step="draft"),
        an_order(6, customer="CORNER"),
    )

    async with units() as uow:
        facts = await uow.orders.entry_facts("MARKET", ["COLA", "TEA", "COLA"], NOW - timedelta(hours=24))
        nothing = await uow.orders.entry_facts("NEW", ["COLA"], NOW)

    assert facts.exposure == Decimal("79.50") + Decimal("240.00")
    assert sorted(number for number, _ in facts.recent) == [2, 3, 5]
    assert facts.usual == {"COLA": Decimal(24 * (2 + 3 + 5 + 2 + 2)) / 5}
    assert nothing == EntryFacts(Decimal("0.00"))


async def test_a_habit_is_made_of_the_ten_latest_orders(units: UnitsOfWork):
    await written(
        units, *(an_order(n, a_line(boxes="100" if n == 1 else "1", reserved="0")) for n in range(1, 12))
    )

    async with units() as uow:
        facts = await uow.orders.entry_facts("MARKET", ["COLA"], NOW)

    assert facts.usual == {"COLA": Decimal(24)}


async def test_who_waits_for_goods_comes_urgent_first_then_oldest(units: UnitsOfWork):
    lacking, served = a_line(reserved="24"), a_line(2, "TEA")
    await written(
        units,
        an_order(1, lacking, step="short"),
        an_order(2, lacking, served, step="short", urgent=True),
        an_order(3, lacking, step="picking"),
        an_order(4, replace(lacking, sku="WATER"), step="short"),
        an_order(5, lacking, step="short"),
    )

    async with units() as uow:
        assert [order.number for order in await uow.orders.waiting_for(["COLA"])] == [2, 1, 5]
        assert await uow.orders.waiting_for(["TEA"]) == ()
        assert [order.number for order in await uow.orders.waiting_for(["WATER", "TEA"])] == [4]


async def test_shipments_and_payments_come_back(units: UnitsOfWork):
    await stocked(units, level())
    change = everything(an_order(1))
    async with units() as uow:
        await uow.save(change)
        await uow.commit()
    async with units() as uow:
        refund = Payment(1, NOW, "cashier", Decimal("-3.40"), "")
        await uow.save(a_change(await uow.orders.get(1), payments=(refund,)))
        await uow.commit()

    async with units() as uow:
        assert await uow.orders.shipments(1) == change.shipments
        assert await uow.orders.payments(1) == (*change.payments, refund)
        assert await uow.orders.shipments(2) == ()


async def test_a_quantity_that_would_be_rounded_is_refused(units: UnitsOfWork):
    async with units() as uow:
        await uow.save(
            a_change(an_order(1, a_line(boxes="0.1", reserved="0", unit_size=Decimal("0.0000001"))))
        )
        with pytest.raises(ValueError, match="decimal places"):
            await uow.commit()


@pytest.mark.parametrize(
    "line",
    [
        a_line(reserved="49"),
        a_line(reserved="-1"),
        a_line(boxes="-1", reserved="0"),
        a_line(reserved="0", shipped=Decimal(49)),
        a_line(reserved="0", shipped=Decimal(24), signed=Decimal(25)),
        a_line(reserved="0", shipped=Decimal(24), returned=Decimal(25)),
    ],
    ids=[
        "reserved too much",
        "reserved below nothing",
        "ordered below nothing",
        "shipped",
        "signed",
        "returned",
    ],
)
async def test_the_schema_refuses_quantities_that_cannot_be(units: UnitsOfWork, line: Line):
    async with units() as uow:
        await uow.save(a_change(an_order(1, line)))
        with pytest.raises(Exception, match="ck_order_lines"):
            await uow.commit()


async def test_text_no_database_can_hold_is_kept_readable(units: UnitsOfWork):
    await written(units, an_order(1, note="a\0b\ud800c😀"))

    async with units() as uow:
        order = await uow.orders.get(1)

    assert order.note == "a\ufffdb\ufffdc😀"
    assert order.head != Head()
