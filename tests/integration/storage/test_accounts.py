"""What reconciling and expecting read from the book, on both engines."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from domain.accounts import Account
from domain.facts import Deed, Passage, Payment, Shipment, ShippedLine, StockMove
from domain.figures import Count
from domain.forecast import Walk
from domain.order import total
from domain.ports import UnitsOfWork
from storage.accounts import AT_ONCE
from tests.integration.storage.stories import NOW, a_change, a_line, an_order, level, stocked, written

HOUR = timedelta(hours=1)
DAY = (NOW, NOW + 24 * HOUR)
ZERO = Decimal(0)


def deed(number: int, kind: str = "shipped", at: timedelta = timedelta(0)) -> Deed:
    """Something that was done to an order."""
    return Deed(kind, number, NOW + at, "keeper", "MARKET", "seller")


async def test_an_account_has_all_that_moved(units: UnitsOfWork):
    await stocked(units, level(), level(warehouse="WEST"), level("TEA"))
    order = an_order(3, a_line(), a_line(2, "TEA"))
    left = Shipment(3, 1, NOW, "keeper", "德邦", "1", (ShippedLine(1, "COLA", "EAST", Decimal(24)),))
    paid = Payment(3, NOW, "cashier", Decimal("10.00"), "wechat")
    moves = (
        StockMove("EAST", "COLA", "ship", Decimal(-24), ZERO, 3),
        StockMove("WEST", "COLA", "ship", Decimal("-1.5"), ZERO, 3),
        StockMove("EAST", "COLA", "return", Decimal(2), ZERO, 3),
        StockMove("EAST", "TEA", "reserve", ZERO, Decimal(1), 3),
        StockMove("EAST", "TEA", "count", Decimal(-1), ZERO, 4),
    )
    async with units() as uow:
        await uow.stock.take(("TEA",))
        await uow.save(a_change(order, shipments=(left,), payments=(paid,), moves=moves))
        await uow.save(a_change(an_order(4)))
        await uow.commit()

    async with units() as uow:
        (other, account) = sorted(await uow.accounts.of((4, 3, 99)), key=lambda one: -one.order.number)
        assert await uow.accounts.of(()) == ()

    assert account == Account(account.order, (left,), (paid,), {"COLA": Decimal("23.5"), "TEA": ZERO})
    assert [line.sku for line in account.order.lines] == ["COLA", "TEA"]
    assert (other.order.number, other.ledger) == (4, None)


async def test_goods_counted_off_for_an_order_leave_its_book_unsaid(units: UnitsOfWork):
    await stocked(units, level())
    counted = StockMove("EAST", "COLA", "count", Decimal(-24), ZERO, 3)
    async with units() as uow:
        await uow.stock.take(("COLA",))
        await uow.save(a_change(an_order(3), moves=(counted,)))
        await uow.commit()

    async with units() as uow:
        (account,) = await uow.accounts.of((3,))
    assert account.ledger is None


async def test_more_accounts_than_one_look_takes_come_all(units: UnitsOfWork):
    numbers = range(1, AT_ONCE + 3)
    await written(units, *(an_order(number) for number in numbers))

    async with units() as uow:
        assert [one.order.number for one in await uow.accounts.of(tuple(numbers))] == list(numbers)


async def test_touched_is_what_moved_within_the_days(units: UnitsOfWork):
    orders = [an_order(number) for number in range(1, 7)]
    deeds = {
        1: (deed(1), deed(1, "paid")),
        2: (deed(2, "urged"),),
        3: (deed(3, at=-HOUR),),
        4: (deed(4, "cancelled", 24 * HOUR),),
        5: (deed(5, "signed", 23 * HOUR),),
    }
    by_hand = Payment(6, NOW, "nobody", Decimal("1.00"), "")
    async with units() as uow:
        for order in orders:
            payments = (by_hand,) if order.number == 6 else ()
            await uow.save(a_change(order, deeds=deeds.get(order.number, ()), payments=payments))
        await uow.commit()

    async with units() as uow:
        assert await uow.accounts.touched(*DAY) == (1, 5, 6)
        assert await uow.accounts.ordered(*DAY) == Count(6, total(order.amount for order in orders))
        assert await uow.accounts.ordered(NOW + HOUR, NOW + 2 * HOUR) == Count(0, ZERO)


async def test_suspects_are_those_whose_money_does_not_fit_where_they_stand(units: UnitsOfWork):
    paid = Decimal("96.00")
    await written(
        units,
        an_order(1),  # being picked on credit
        an_order(2, customer="CASH"),
        an_order(3, step="signed", paid=paid + 1),  # too much
        an_order(4, step="cancelled", void=True, paid=paid),
        an_order(5, paid=Decimal(1)),  # before the goods
        an_order(6, step="signed", paid=Decimal(1)),  # a part, on credit
        an_order(7, step="done", paid=paid),
        an_order(8, customer="CASH", step="reviewing"),
        an_order(9, customer="CASH", created_at=NOW - HOUR),
    )

    async with units() as uow:
        assert await uow.accounts.suspects(*DAY, ("CASH",)) == (2, 3, 4, 5)
        assert await uow.accounts.suspects(*DAY, ()) == (3, 4, 5)


async def test_walks_are_the_newest_that_have_left(units: UnitsOfWork):
    async with units() as uow:
        for number in range(1, 6):
            passage = Passage(
                number, 1, "picking", NOW, None, NOW + number * HOUR, None, "keeper", "MARKET", "seller"
            )
            other = replace(passage, step="reviewing", entry=2)
            later = replace(passage, entry=3, entered=NOW + 30 * HOUR)
            await uow.save(
                a_change(
                    an_order(number),
                    deeds=(deed(number, "out", number * HOUR), deed(number, "shipped", number * HOUR)),
                    passages=(passage, other, later),
                )
            )
        await uow.commit()

    async with units() as uow:
        walks = await uow.walks.of("picking", NOW + 2 * HOUR, 3)
    assert sorted(walks, key=lambda walk: walk.out) == [Walk(NOW, NOW + n * HOUR) for n in (3, 4, 5)]
