"""The lines of a notice, from its facts."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias, cast

from handlers.wording.checks import checks_line
from handlers.wording.figures import HIDDEN
from handlers.wording.text import METHODS, PERIODS, WEEKDAYS, money, number, packed, plain, price, span

Facts: TypeAlias = Mapping[str, object]
SHOWN_GOODS = 12


def said(facts: Facts, key: str) -> str:
    """A fact as harmless text; empty where there is none."""
    value = facts.get(key)
    return plain(str(value)) if value is not None else ""


def yuan(facts: Facts, key: str) -> str:
    """An amount: `1,350.00`, or what hides it."""
    value = facts.get(key)
    return HIDDEN if value == HIDDEN else money(Decimal(str(value or 0)))


def day_of(value: object, facts: Facts) -> str:
    """`11-24 周二` from ISO text; with its year where that is another than today's."""
    if not value:
        return ""
    when = date.fromisoformat(str(value)[:10])
    today = facts.get("today")
    year = f"{when.year}-" if isinstance(today, date) and when.year != today.year else ""
    return f"{year}{when:%m-%d} 周{WEEKDAYS[when.weekday()]}"


def delivery(facts: Facts) -> str:
    """When and where it goes."""
    when = " ".join(
        part
        for part in (day_of(facts.get("due"), facts), PERIODS.get(str(facts.get("period") or ""), ""))
        if part
    )
    place = said(facts, "address")
    return f"送货：{when or '尽早'} {place}".rstrip() if when or place else ""


def goods(facts: Facts, key: str = "goods") -> Sequence[str]:
    """The goods, a line each."""
    items = cast("Sequence[Facts]", facts.get(key) or ())
    lines = [f"- {one_item(item)}" for item in items[:SHOWN_GOODS]]
    return lines if len(items) <= SHOWN_GOODS else [*lines, f"- …共{len(items)}种"]


def taken_from(facts: Facts) -> Sequence[str]:
    """Which warehouse each product is taken from, where they are not all the same one."""
    items = cast("Sequence[Facts]", facts.get("allocations") or ())
    places = list(dict.fromkeys(said(item, "warehouse") for item in items))
    if len(places) < 2:
        return [f"出货：{place}" for place in places]
    return [
        f"出货 {place}：{'、'.join(one_item(i) for i in items if said(i, 'warehouse') == place)}"
        for place in places
    ]


def one_item(item: Facts) -> str:
    """`可乐330ml罐装 20箱`."""
    size = Decimal(str(item.get("unit_size") or 1))
    quantity = packed(
        Decimal(str(item["qty"])), str(item["unit"]), size, str(item.get("smallest") or item["unit"])
    )
    return f"{said(item, 'name')} {quantity}{'（赠）' if item.get('gift') else ''}"


def labelled(label: str, facts: Facts, key: str) -> str:
    """`原因：…`, or nothing."""
    value = said(facts, key)
    return f"{label}：{value}" if value else ""


def by_whom(facts: Facts) -> str:
    """Who did it and where the order stands now, in whose hands."""
    owner = said(facts, "owner")
    who = f"，由 {owner} 处理" if owner else ""
    return f"{said(facts, 'by')} 操作，现在：{said(facts, 'step_name')}{who}"


def carrier(facts: Facts) -> str:
    """Who carries it, under which number."""
    return (
        f"承运：{said(facts, 'carrier')} {said(facts, 'tracking')}".rstrip() if facts.get("carrier") else ""
    )


def reviewing(facts: Facts) -> Sequence[str]:
    """All that a reviewer decides by."""
    needed, given = int(str(facts.get("needed") or 1)), cast("Sequence[str]", facts.get("given") or ())
    rest = f"（需 {needed} 人审核，已有 {'、'.join(map(plain, given)) or '0人'}）" if needed > 1 else ""
    return [
        *goods(facts),
        f"合计 {yuan(facts, 'amount')} 元{rest}",
        delivery(facts),
        checks_line(facts.get("checks")),
        note(facts),
        by_whom(facts),
    ]


def note(facts: Facts) -> str:
    """The remark."""
    return labelled("备注", facts, "note")


def changes(facts: Facts) -> Sequence[str]:
    """Before and after of each thing that changed."""
    lines = [f"- {change(item, facts)}" for item in cast("Sequence[Facts]", facts.get("changes") or ())]
    return [*lines, "这样改要重新审核。"] if lines and facts.get("review") else lines


def change(item: Facts, facts: Facts) -> str:
    """`雪碧330ml罐装：10箱 → 8箱`."""
    known = {
        "due": "送货日期",
        "period": "时段",
        "address": "地址",
        "urgent": "加急",
        "price": f"{said(item, 'name')}单价",
    }
    return f"{known.get(str(item['what']), said(item, 'name'))}：{side(item, 'before', facts)} → {side(item, 'after', facts)}"


def side(item: Facts, which: str, facts: Facts) -> str:
    """One side of a change as people say it; a line's figure comes with its unit."""
    value = item.get(which)
    if value in (None, ""):
        return "无"
    if item["what"] == "urgent":
        return "是"
    if isinstance(value, Sequence) and not isinstance(value, str):
        figure, unit = Decimal(str(value[0])), plain(str(value[1]))
        return f"{price(figure)}元/{unit}" if item["what"] == "price" else f"{number(figure)}{unit}"
    if item["what"] == "due":
        return day_of(value, facts)
    return PERIODS.get(str(value), plain(str(value))) if item["what"] == "period" else plain(str(value))


def paid(facts: Facts) -> Sequence[str]:
    """This payment and what is still open."""
    method = METHODS.get(str(facts.get("method") or ""), "")
    return [
        f"本次 {yuan(facts, 'sum')} 元{f'（{method}）' if method else ''}，未收 {yuan(facts, 'open')} 元",
        by_whom(facts),
    ]


def late_by(facts: Facts) -> str:
    """How late a reminder comes that nobody sent when it was due; empty where it is in time."""
    minutes = str(facts.get("late", ""))
    return f"晚了 {span(timedelta(minutes=int(minutes)))}" if minutes.isdigit() else ""


def overdue(facts: Facts) -> Sequence[str]:
    """Where it stands, since when, in whose hands."""
    since = said(facts, "since")
    again = f"（第{facts['repeat']}次提醒）" if str(facts.get("repeat")) != "1" else ""
    limit = f"，时限 {said(facts, 'limit_at')}" if facts.get("in_time") else ""
    late = late_by(facts)
    return [
        f"停在「{said(facts, 'step_name')}」，在 {said(facts, 'owner') or '无人'} 手上，{since}进入{limit}{again}",
        *([f"系统停了一阵，这条提醒{late}。"] if late else ()),
        _asked_for(facts),
    ]


def _asked_for(facts: Facts) -> str:
    """What whoever is reminded may do: of somebody else's order 收到 means to take it over."""
    owner, answer = said(facts, "owner"), f"「收到 {said(facts, 'number')}」"
    if said(facts, "to") == owner:
        return f"请处理；正在办就回{answer}，先不再催。"
    if facts.get("whom") == "group":
        return f"请处理；谁在办就回{answer}，先不再催。"
    if not owner:
        return f"请处理：回{answer}由您接手。"
    if facts.get("whom") == "owner":
        return f"{owner} 不在，请您代办：回{answer}由您接手。"
    hand = f"「{said(facts, 'number')}转给某某」"
    return f"请过问：催 {owner}，换人办就说{hand}，自己办就回{answer}由您接手。"


def acked(facts: Facts) -> Sequence[str]:
    """Who has it now, and until when nobody is called."""
    owner, was = said(facts, "owner"), said(facts, "was")
    took = f"{owner} 接手" if was and was != owner else f"{owner} 在处理"
    took += f"（原来在 {was} 手上）" if was and was != owner else ""
    return [f"{took}，停在「{said(facts, 'step_name')}」，{said(facts, 'until')} 前不再催。"]


def snoozed(facts: Facts) -> Sequence[str]:
    """Who put it off until when."""
    return [
        f"{said(facts, 'by')} 推迟了提醒：停在「{said(facts, 'step_name')}」，{said(facts, 'until')} 再催。"
    ]


def leave(facts: Facts) -> Sequence[str]:
    """When somebody is away, who stands in, and what lies on their desk."""
    deputy = said(facts, "deputy")
    by = f"由 {deputy} 代办" if deputy else "没有指定代办人，按岗位顺延"
    orders = cast("Sequence[object]", facts.get("orders") or ())
    count = int(str(facts.get("count") or 0))
    more = [f"- …共 {count} 张"] if count > len(orders) else []
    desk = ["手上的单：", *(f"- {plain_line(str(line))}" for line in orders), *more] if orders else []
    return [f"{said(facts, 'span')}，{by}。", *desk]


def plain_line(line: str) -> str:
    """A line that starts with an order's number, which is ours, followed by people's words."""
    number, _, rest = line.partition(" ")
    return f"{number} {plain(rest)}"


def lacking(facts: Facts) -> Sequence[str]:
    """What it waits for."""
    return ["缺：", *goods(facts, "lacking"), "到货入库后自动转回待发货。", by_whom(facts)]


def urged(facts: Facts) -> Sequence[str]:
    """Who presses, how often, where it stands and since when."""
    return [
        f"{said(facts, 'by')} 催单（第 {said(facts, 'urges')} 次），停在「{said(facts, 'step_name')}」，"
        f"在 {said(facts, 'owner') or '无人'} 手上，{said(facts, 'since')}进入，请尽快处理。"
    ]


def refund(facts: Facts) -> str:
    """What must go back to the customer, or nothing."""
    back = facts.get("refund")
    due = back == HIDDEN or Decimal(str(back or 0)) > 0
    return f"应退客户 {yuan(facts, 'refund')} 元" if due else ""
