"""What choices teach, on both engines: once for each word and scope, whoever is faster, and for ever."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Stale, Unknown
from domain.lessons import MOST, Choice, Lesson, Taught, taught
from domain.ports import UnitOfWork, UnitsOfWork
from storage.audit import verify
from storage.engine import Database, connect
from storage.events import OF_STREAM
from storage.learning import Learning
from tests.builders import MONDAY
from tests.integration.storage.conftest import ways
from tests.integration.storage.teaching import (
    COLAS,
    HERE,
    MINE,
    THERE,
    a_choice,
    an_act,
    choose,
    decide,
    known,
    withdraw,
)

DAY = timedelta(days=1)


async def listed(
    units: UnitsOfWork, person: str = "", limit: int = 10, offset: int = 0
) -> tuple[list[str], int]:
    """The words on a page of the list, and how many there are in all."""
    async with units() as uow:
        found, count = await uow.lessons.learned(person, limit, offset)
    return [lesson.term.word for lesson in found], count


async def test_a_lesson_comes_back_as_it_was_written(units: UnitsOfWork):
    await choose(units, a_choice("CAN", "m1"), a_choice("CAN", "m2", among={"CAN", "BIG"}))

    lesson = await known(units)

    assert lesson is not None
    assert lesson == Lesson(
        a_choice("CAN", "m2").term,
        "可乐",
        "CAN",
        2,
        frozenset({"CAN", "BIG"}),
        frozenset({"CAN", "BIG"}),
        "m2",
        "seller",
        MONDAY,
        lesson.number,
        2,
        MONDAY,
    )


async def test_what_one_customer_taught_is_not_known_of_another(units: UnitsOfWork):
    await choose(units, a_choice("CAN", "m1"), a_choice("CAN", "m2"))

    assert await known(units, THERE) is None
    assert await known(units, MINE) is None
    assert await known(units, HERE, "雪碧") is None


async def test_it_is_still_known_when_everything_was_started_anew(units: UnitsOfWork, database_url: str):
    await choose(units, a_choice("CAN", "m1"))
    async with connect(database_url) as another:
        await choose(another.units(ways), a_choice("CAN", "m2"))

    lesson = await known(units)

    assert lesson is not None
    assert lesson.settles(COLAS)


async def test_of_two_second_choices_at_once_one_teaches(units: UnitsOfWork, database: Database):
    await choose(units, a_choice("CAN", "m1"))
    async with units() as first, units() as second:
        mine, theirs = await of_term(first), await of_term(second)
        await keep(first, mine, a_choice("CAN", "m2"))
        await first.commit()
        with pytest.raises(Stale):
            await keep(second, theirs, a_choice("CAN", "m3"))

    await choose(units, a_choice("CAN", "m3"))  # handled once more, on what the first left

    lesson = await known(units)
    assert lesson is not None
    assert lesson.times == 3
    assert await listed(units) == (["可乐"], 1)
    assert await told(database) == [("word:learned", "seller")]


async def test_of_two_first_choices_at_once_one_is_kept(units: UnitsOfWork):
    async with units() as first, units() as second:
        mine, theirs = await of_term(first), await of_term(second)
        await keep(first, mine, a_choice("CAN", "m1"))
        await first.commit()
        await keep(second, theirs, a_choice("BIG", "m2"))
        with pytest.raises(Stale):
            await second.commit()

    lesson = await known(units)
    assert lesson is not None
    assert (lesson.code, lesson.times) == ("CAN", 1)


async def test_of_taking_back_and_choosing_at_once_one_is_handled_again(units: UnitsOfWork):
    await choose(units, a_choice("CAN", "m1"), a_choice("CAN", "m2"))
    async with units() as uow:
        before = await of_term(uow)
        assert before is not None
        await withdraw(units, before.number)
        await keep(uow, before, a_choice("CAN", "m3"))
        with pytest.raises(Stale):
            await uow.commit()


async def of_term(uow: UnitOfWork) -> Lesson | None:
    """What this transaction finds of the word."""
    found = await uow.lessons.known("sku", [HERE], ["可乐"])
    return found[0] if found else None


async def keep(uow: UnitOfWork, before: Lesson | None, choice: Choice) -> None:
    """Let the choice teach on the strength of what was found."""
    new = taught(before, choice, an_act(choice.message))
    assert new is not None
    await uow.lessons.keep(new)


async def told(database: Database) -> list[tuple[str, str]]:
    """The events about words: kind, and by whom."""
    async with database.session() as session:
        rows = await session.rows(OF_STREAM, stream="words")
    return [(row["kind"], row["actor"]) for row in rows]


async def test_what_was_taken_back_is_listed_no_more_and_needs_two_new_choices(
    units: UnitsOfWork, database: Database
):
    await choose(units, a_choice("CAN", "m1"), a_choice("CAN", "m2"))
    lesson = await known(units)
    assert lesson is not None

    await withdraw(units, lesson.number)
    await choose(units, a_choice("CAN", "m3"))

    assert await listed(units) == ([], 0)
    with pytest.raises(Unknown):
        await withdraw(units, lesson.number)
    await choose(units, a_choice("CAN", "m4"))
    again = await known(units)
    assert again is not None
    assert (again.number, again.settles(COLAS)) == (lesson.number, True)
    assert await told(database) == [
        ("word:learned", "seller"),
        ("word:taken-back", "admin"),
        ("word:learned", "seller"),
    ]
    assert (await verify(database)).broken == ()


async def test_the_list_has_the_newest_first_and_pages(units: UnitsOfWork):
    for day, word in enumerate(["一品", "二品", "三品"]):
        for message in ("m1", "m2"):
            await choose(units, a_choice("CAN", f"{day}{message}", word=word), at=MONDAY + day * DAY)
    await choose(units, a_choice("CAN", "once", word="没学会"))

    assert await listed(units) == (["三品", "二品", "一品"], 3)
    assert await listed(units, limit=2) == (["三品", "二品"], 3)
    assert await listed(units, limit=2, offset=2) == (["一品"], 3)
    assert await listed(units, offset=9) == ([], 3)
    async with units() as uow:
        assert await uow.lessons.learned_since(MONDAY + DAY) == 2


async def test_ones_own_are_what_one_says_or_chose_last(units: UnitsOfWork):
    for scope, word in ((MINE, "我说的"), (HERE, "我选的"), (HERE, "别人的"), ("person:other", "别人说的")):
        await choose(units, *(a_choice("CAN", f"{word}{n}", scope=scope, word=word) for n in (1, 2)))
    async with units() as uow:
        for word, scope in (("别人的", HERE), ("别人说的", "person:other")):
            (lesson,) = await uow.lessons.known("sku", [scope], [word])
            await uow.lessons.keep(Taught(replace(lesson, by="other")))
        await uow.commit()

    assert await listed(units, "seller") == (["我选的", "我说的"], 2)
    assert (await listed(units))[1] == 4


async def test_a_scope_has_only_so_many_words(units: UnitsOfWork):
    async with units() as uow:
        for n in range(MOST):
            assert await uow.lessons.room(HERE)
            await decide(uow, a_choice("CAN", "m", word=f"词{n}"))
        assert not await uow.lessons.room(HERE)
        assert await uow.lessons.room(THERE)


async def test_choices_that_taught_nothing_are_forgotten_and_what_was_learned_stays(
    units: UnitsOfWork, database: Database
):
    await choose(units, a_choice("CAN", "m1"), a_choice("CAN", "m2"), a_choice("CAN", "m3", word="半懂"))

    assert await Learning(database).forget_choices(MONDAY) == 0
    assert await Learning(database).forget_choices(MONDAY + DAY) == 1

    assert await known(units, word="半懂") is None
    assert await known(units) is not None
