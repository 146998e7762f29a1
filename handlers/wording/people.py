"""Sentences about leave and ideas."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.catalogue import Staff
from domain.order import Order
from handlers.context import Context
from handlers.message import Button, Reply
from handlers.wording.orders import step_name
from handlers.wording.text import days, plain

SHOWN = 8


def leave_facts(
    first: date, last: date, deputy: Staff | None, orders: Sequence[Order], count: int, ctx: Context
) -> Mapping[str, object]:
    """Who is away, when, who stands in, and what lies on their desk, as JSON."""
    return {
        "who": ctx.actor.name,
        "span": days(first, last, ctx.today),
        "deputy": deputy.name if deputy is not None else "",
        "orders": [
            f"#{order.number} {plain(order.customer_name)}（{step_name(order, ctx)}）"
            for order in orders[:SHOWN]
        ],
        "count": count,
    }


def leave(facts: Mapping[str, object], told: Sequence[str]) -> Reply:
    """To the person who will be away."""
    deputy, count = plain(str(facts["deputy"])), facts["count"]
    by = f"由{deputy}替您" if deputy else "没有指定谁，按岗位顺延给同事或主管替您"
    heard = f"，已告诉{'、'.join(map(plain, told))}" if told else ""
    desk = f"您手上还有 {count} 张单，已列给他们；要彻底交出去请说「17转给某某」。" if count else ""
    return Reply(
        f"知道了：{plain(str(facts['span']))}{by}{heard}。这期间新到的单和提醒都先找替您的人。{desk}"
        "提前回来请说「销假」。",
        (Button("销假", "销假"),),
    )


def back(count: int, told: Sequence[str]) -> Reply:
    """To the person who is here again."""
    heard = f"已告诉{'、'.join(map(plain, told))}，" if told else ""
    desk = f"您手上有 {count} 张单。" if count else "您手上没有待办。"
    return Reply(
        f"欢迎回来：已销假，{heard}新到的单和提醒又会找您。{desk}", (Button("我的待办", "我的待办"),)
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
