"""What people in these stories do."""

from pathlib import Path

from bot.office import amending
from domain.misreading import Misreading
from handlers.message import Reply
from tests.world import World

COLA = "人民路华联 可乐{}箱"
CAN, BOTTLE = "可乐330ml罐装", "可乐500ml瓶装"


async def asks(world: World, line: str, answer: str, who: str = "lina") -> Reply:
    """Somebody says a line that is asked about, answers, and gives the draft up."""
    asked = await world.says(who, line)
    assert "请核对" not in asked.text, asked.text
    draft = await world.says(who, answer)
    assert "请核对" in draft.text, draft.text
    await world.says(who, "算了")
    return draft


async def teaches(world: World, times: int = 2, answer: str = "罐装", who: str = "lina") -> None:
    """可乐 is asked about so many times, and the can is meant."""
    for boxes in range(5, 5 + times):
        await asks(world, COLA.format(boxes), answer, who)


async def changes(world: World, kind: str, text: str) -> None:
    """The process owner takes a table in; the rules in force are another version from now on."""
    await amending(world.program.store).merge(kind, Path("in.csv"), text.encode(), "linxiaomei")


async def without_product(world: World, sku: str) -> None:
    """The next version of the rules no longer has this product."""
    rules = world.program.store.rules
    newest = await rules.newest()
    assert newest is not None
    files = {
        name: "".join(row for row in text.splitlines(keepends=True) if sku not in row)
        for name, text in newest.files.items()
    }
    await rules.add(world.now, "linxiaomei", f"no {sku}", files)


async def misread(world: World) -> list[Misreading]:
    """What was asked about so far, the oldest first."""
    return list(await world.program.store.learning.misread())
