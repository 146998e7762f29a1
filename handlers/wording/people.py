"""Sentences about leave, ideas, reminders."""

from collections.abc import Mapping

from handlers.context import Context
from handlers.message import Reply
from handlers.understanding.reading import Slots
from handlers.wording.orders import name_of
from handlers.wording.text import days, plain


def leave_facts(slots: Slots, ctx: Context) -> Mapping[str, object]:
    """Who is away, when, and who stands in, as JSON."""
    start = slots.from_ or ctx.today
    end = slots.to or start
    span = days(start, end, ctx.today)
    return {"who": ctx.actor.name, "span": span, "deputy": name_of(slots.staff or "", ctx)}


def leave(facts: Mapping[str, object]) -> Reply:
    """To the person who will be away."""
    return Reply(
        f"知道了：{plain(str(facts['span']))}由{plain(str(facts['deputy']))}替您，已告诉对方和您的主管。"
        "手上已有的单请用「17转给某某」交接。"
    )


def process_owners(ctx: Context) -> tuple[str, ...]:
    """The names of those who keep the list."""
    staff = ctx.company.catalogue.staff.values()
    return tuple(person.name for person in staff if person.active and "process_owner" in person.roles)


def seen(count: int) -> Reply:
    """The list is empty from now on."""
    return Reply(f"好的，清单上 {count} 条都已标为看过。" if count else "清单上本来就没有待看的。")


def idea() -> Reply:
    """To somebody with an idea."""
    return Reply("谢谢，建议已记到流程负责人的清单上。")
