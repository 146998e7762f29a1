"""People who are asked about words and choose, straight on the database."""

from collections.abc import Iterable
from datetime import datetime

from domain.act import Act
from domain.lessons import Choice, Lesson, Term, take_back, taught
from domain.ports import UnitOfWork, UnitsOfWork
from tests.builders import ADMIN, COMPANY, MONDAY, SELLER

COLAS = frozenset({"CAN", "BOTTLE", "BIG"})
HERE, THERE, MINE = "customer:MARKET", "customer:CORNER", "person:seller"


def an_act(message: str, at: datetime = MONDAY) -> Act:
    """The seller does something through this message."""
    return Act(SELLER, at, COMPANY, message)


def a_choice(
    code: str, message: str, *, scope: str = HERE, word: str = "可乐", among: Iterable[str] = COLAS
) -> Choice:
    """Somebody was asked about a product in `message`."""
    return Choice(Term(scope, "sku", word), word, code, frozenset(among), message)


async def decide(uow: UnitOfWork, choice: Choice, at: datetime = MONDAY) -> None:
    """Let the choice teach; nothing is written before the commit."""
    term = choice.term
    found = await uow.lessons.known(term.kind, [term.scope], [term.word])
    new = taught(found[0] if found else None, choice, an_act(choice.message, at))
    if new is not None:
        await uow.lessons.keep(new)


async def choose(units: UnitsOfWork, *choices: Choice, at: datetime = MONDAY) -> None:
    """Each in a transaction of its own."""
    for choice in choices:
        async with units() as uow:
            await decide(uow, choice, at)
            await uow.commit()


async def withdraw(units: UnitsOfWork, number: int) -> None:
    """The process owner takes it back."""
    async with units() as uow:
        lesson = await uow.lessons.get(number)
        await uow.lessons.keep(take_back(lesson, Act(ADMIN, MONDAY, COMPANY, "back")))
        await uow.commit()


async def known(units: UnitsOfWork, scope: str = HERE, word: str = "可乐") -> Lesson | None:
    """What is known of a word in a scope."""
    async with units() as uow:
        found = await uow.lessons.known("sku", [scope], [word])
    assert len(found) < 2
    return found[0] if found else None
