"""Who is away, on both engines: said, read with the message's opening, over, and ended early."""

from datetime import date, timedelta

from domain.duty import Absence, Duty
from domain.facts import DutyChange, Event
from domain.ports import UnitsOfWork
from storage.audit import verify
from storage.engine import Database
from tests.integration.storage.stories import NOW, a_key, an_order, written

TODAY = date(2026, 11, 23)


def said(person: str, *absences: Absence, ended: tuple[Absence, ...] = ()) -> DutyChange:
    event = Event(f"staff:{person}", "staff:away", NOW, person, "console:demo:m1", {})
    return DutyChange(event, absences, ended)


async def keep(units: UnitsOfWork, *changes: DutyChange) -> None:
    async with units() as uow:
        for change in changes:
            await uow.save(change)
        await uow.commit()


async def away(units: UnitsOfWork, today: date) -> list[tuple[str, date, date, str]]:
    async with units() as uow:
        opened = (await uow.open(a_key("looking"), "lina", "", today)).duty
        assert await uow.duty(today) == opened
    return [(one.person, one.first, one.last, one.deputy) for one in opened.absences]


async def test_nobody_is_away_where_nobody_said_so(units: UnitsOfWork):
    async with units() as uow:
        assert (await uow.open(a_key(), "lina", "", TODAY)).duty == Duty()
        assert await uow.duty(TODAY) == Duty()


async def test_an_absence_is_read_until_its_last_day(units: UnitsOfWork):
    first = Absence("lina", TODAY, TODAY + timedelta(days=1), "zhaolei")
    later = Absence("heting", TODAY + timedelta(days=5), TODAY + timedelta(days=5))
    await keep(units, said("lina", first), said("heting", later))

    both = [("lina", first.first, first.last, "zhaolei"), ("heting", later.first, later.last, "")]
    assert await away(units, TODAY) == both
    assert await away(units, first.last) == both
    assert await away(units, first.last + timedelta(days=1)) == both[1:]
    assert await away(units, date.max) == []


async def test_what_was_said_last_comes_last(units: UnitsOfWork):
    for deputy in ("a", "b", "c"):
        await keep(units, said("lina", Absence("lina", TODAY, TODAY, deputy)))

    async with units() as uow:
        absence = (await uow.duty(TODAY)).away("lina", TODAY)
    assert absence is not None
    assert absence.deputy == "c"


async def test_who_is_back_is_away_no_more_and_the_story_stays(units: UnitsOfWork, database: Database):
    await keep(units, said("lina", Absence("lina", TODAY, TODAY)), said("wu", Absence("wu", TODAY, TODAY)))
    async with units() as uow:
        mine = (await uow.duty(TODAY)).away("lina", TODAY)
    assert mine is not None

    await keep(units, said("lina", ended=(mine,)), said("lina", ended=(mine,)))

    assert [person for person, *_ in await away(units, TODAY)] == ["wu"]
    assert (await verify(database)).broken == ()


async def test_open_work_is_counted_for_those_asked_about(units: UnitsOfWork):
    for number, owner, step in (
        (1, "a", "picking"),
        (2, "a", "short"),
        (3, "b", "done"),
        (4, "c", "picking"),
    ):
        await written(units, an_order(number, owner=owner, step=step))

    async with units() as uow:
        assert await uow.orders.loads(["a", "b"]) == {"a": 2}
        assert await uow.orders.loads([]) == {}
