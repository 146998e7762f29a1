"""A notice in words, written from the facts it was sent with (`domain.notices`)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias, cast

from domain.company import Company
from domain.facts import Notice
from domain.ports import Rendered
from handlers.wording.actions import ON_BUTTONS
from handlers.wording.checks import checks_line
from handlers.wording.kinds import event_name
from handlers.wording.text import METHODS, PERIODS, WEEKDAYS, moment, money, packed, plain, span

Facts: TypeAlias = Mapping[str, object]
Body: TypeAlias = Callable[[Facts], Sequence[str]]
SHOWN_GOODS = 12

# What whoever reads the notice may want to do, in the order of the buttons.
BUTTONS: Mapping[str, tuple[str, ...]] = {
    "entered.draft": ("order.resubmit", "order.cancel"),
    "entered.reviewing": ("order.approve", "order.reject"),
    "entered.picking": ("order.pick", "order.ship"),
    "entered.work": ("order.finish",),
    "ready": ("order.ship",),
    "entered.shipped": ("order.sign",),
    "entered.signed": ("order.pay",),
    "entered.hold": ("order.resume",),
}


def render(notice: Notice, company: Company, now: datetime) -> Rendered:
    """The notice as neutral markdown; nothing in it that a person typed can mention or format."""
    body = _BODIES[notice.kind](_local(notice.facts, company, now))
    title = _title(notice)
    text = "\n".join([f"**{title}**", *(line for line in body if line)])
    return Rendered(text=text, mentions=notice.mentions, buttons=_buttons(notice), title=title)


def _local(facts: Facts, company: Company, now: datetime) -> Facts:
    """The facts with moments as people say them: in the company's zone, and how long ago."""
    since = facts.get("since")
    if not since:
        return facts
    at = datetime.fromisoformat(str(since))
    return {**facts, "since": f"{moment(at, company.calendar.zone)}（{span(now - at)}前）"}


def _title(notice: Notice) -> str:
    name = _TITLES[notice.kind](notice.facts)
    if notice.order is None:
        return name
    urgent = "【加急】" if notice.facts.get("urgent") else ""
    return f"{urgent}{name} #{notice.order} {_t(notice.facts, 'customer')}"


def _buttons(notice: Notice) -> tuple[tuple[str, str], ...]:
    if notice.order is None:
        return ()
    number = notice.order
    version = notice.facts.get("version")
    offers = []
    for action in BUTTONS.get(notice.kind, ()):
        verb = ON_BUTTONS[action]
        seen = f" @{version}" if action == "order.approve" and version is not None else ""
        offers.append((f"{verb} #{number}", f"{verb} {number}{seen}"))
    return (*offers, (f"查看 #{number}", f"查单 {number}"))


def _t(facts: Facts, key: str) -> str:
    value = facts.get(key)
    return plain(str(value)) if value is not None else ""


def _money(facts: Facts, key: str) -> str:
    return money(Decimal(str(facts.get(key) or 0)))


def _day(value: object) -> str:
    """`11-24 周二` from ISO text."""
    if not value:
        return ""
    when = date.fromisoformat(str(value)[:10])
    return f"{when:%m-%d} 周{WEEKDAYS[when.weekday()]}"


def _delivery(facts: Facts) -> str:
    when = " ".join(
        part for part in (_day(facts.get("due")), PERIODS.get(str(facts.get("period") or ""), "")) if part
    )
    place = _t(facts, "address")
    return f"送货：{when or '尽早'} {place}".rstrip() if when or place else ""


def _goods(facts: Facts, key: str = "goods") -> Sequence[str]:
    items = cast("Sequence[Facts]", facts.get(key) or ())
    lines = [f"- {_item(item)}" for item in items[:SHOWN_GOODS]]
    return lines if len(items) <= SHOWN_GOODS else [*lines, f"- …共{len(items)}种"]


def _from(facts: Facts) -> Sequence[str]:
    """Which warehouse each product is taken from, where they are not all the same one."""
    items = cast("Sequence[Facts]", facts.get("allocations") or ())
    places = list(dict.fromkeys(_t(item, "warehouse") for item in items))
    if len(places) < 2:
        return [f"出货：{place}" for place in places]
    return [
        f"出货 {place}：{'、'.join(_item(i) for i in items if _t(i, 'warehouse') == place)}"
        for place in places
    ]


def _item(item: Facts) -> str:
    size = Decimal(str(item.get("unit_size") or 1))
    quantity = packed(
        Decimal(str(item["qty"])), str(item["unit"]), size, str(item.get("smallest") or item["unit"])
    )
    return f"{_t(item, 'name')} {quantity}{'（赠）' if item.get('gift') else ''}"


def _labelled(label: str, facts: Facts, key: str) -> str:
    value = _t(facts, key)
    return f"{label}：{value}" if value else ""


def _by(facts: Facts) -> str:
    """Who did it and where the order stands now, in whose hands."""
    owner = _t(facts, "owner")
    who = f"，由 {owner} 处理" if owner else ""
    return f"{_t(facts, 'by')} 操作，现在：{_t(facts, 'step_name')}{who}"


def _carrier(facts: Facts) -> str:
    return f"承运：{_t(facts, 'carrier')} {_t(facts, 'tracking')}".rstrip() if facts.get("carrier") else ""


def _reviewing(facts: Facts) -> Sequence[str]:
    needed, given = int(str(facts.get("needed") or 1)), cast("Sequence[str]", facts.get("given") or ())
    rest = f"（需 {needed} 人审核，已有 {'、'.join(map(plain, given)) or '0人'}）" if needed > 1 else ""
    return [
        *_goods(facts),
        f"合计 {_money(facts, 'amount')} 元{rest}",
        _delivery(facts),
        checks_line(facts.get("checks")),
        _note(facts),
        _by(facts),
    ]


def _note(facts: Facts) -> str:
    return _labelled("备注", facts, "note")


def _changes(facts: Facts) -> Sequence[str]:
    lines = [f"- {_change(item)}" for item in cast("Sequence[Facts]", facts.get("changes") or ())]
    review = "金额超出原审批档，要重新审核。" if facts.get("review") else ""
    return [*lines, f"现在合计 {_money(facts, 'amount')} 元", review, _by(facts)]


def _change(item: Facts) -> str:
    what = {"due": "送货日期", "period": "时段", "address": "地址"}.get(str(item["what"]), _t(item, "name"))
    return f"{what}：{_side(item, 'before')} → {_side(item, 'after')}"


def _side(item: Facts, side: str) -> str:
    value = item.get(side)
    if value in (None, ""):
        return "无"
    if item["what"] == "due":
        return _day(value)
    if item["what"] == "period":
        return PERIODS.get(str(value), plain(str(value)))
    return f"{_t(item, side)}{_t(item, 'unit')}"


def _paid(facts: Facts) -> Sequence[str]:
    method = METHODS.get(str(facts.get("method") or ""), "")
    return [
        f"本次 {_money(facts, 'sum')} 元{f'（{method}）' if method else ''}，未收 {_money(facts, 'open')} 元",
        _by(facts),
    ]


def _overdue(facts: Facts) -> Sequence[str]:
    since = _t(facts, "since")
    again = f"（第{facts['repeat']}次提醒）" if str(facts.get("repeat")) != "1" else ""
    return [
        f"停在「{_t(facts, 'step_name')}」，在 {_t(facts, 'owner') or '无人'} 手上，{since}进入{again}",
        "请处理，或说「我来处理」接手。",
    ]


def _lacking(facts: Facts) -> Sequence[str]:
    return ["缺：", *_goods(facts, "lacking"), "到货入库后自动转回待发货。", _by(facts)]


def _urged(facts: Facts) -> Sequence[str]:
    return [
        f"客户第 {_t(facts, 'urges')} 次催，停在「{_t(facts, 'step_name')}」，在 {_t(facts, 'owner') or '无人'} 手上。"
    ]


_BODIES: Mapping[str, Body] = {
    "entered.draft": lambda f: [_labelled("退回原因", f, "reason"), *_goods(f), "改好后再提交。", _by(f)],
    "entered.reviewing": _reviewing,
    "entered.picking": lambda f: [*_goods(f), *_from(f), _delivery(f), _note(f), _by(f)],
    "entered.work": lambda f: [*_goods(f), _labelled("标准", f, "guide"), _by(f)],
    "ready": lambda f: [*_goods(f), *_from(f), _delivery(f), _note(f), _by(f)],
    "entered.short": _lacking,
    "entered.shipped": lambda f: [*_goods(f), _carrier(f), _delivery(f), _by(f)],
    "entered.signed": lambda f: [*_goods(f), f"未收 {_money(f, 'open')} 元", _by(f)],
    "entered.hold": lambda f: [_labelled("原因", f, "reason"), _by(f)],
    "entered.cancelled": lambda f: [_labelled("原因", f, "reason"), _by(f)],
    "entered.done": lambda f: [f"货款两清，共收 {_money(f, 'paid')} 元。", _by(f)],
    "rejected": lambda f: [_labelled("原因", f, "reason"), "改好后再提交。", _by(f)],
    "lacking": _lacking,
    "delayed": lambda f: [
        f"{_day(f.get('was')) or '未定'} → {_day(f.get('due'))}",
        _labelled("原因", f, "reason"),
        _by(f),
    ],
    "cancelled": lambda f: [_labelled("原因", f, "reason"), *_goods(f), "请不要再备货、发货。", _by(f)],
    "part_shipped": lambda f: [*_goods(f), "还没发：", *_goods(f, "rest"), _carrier(f), _by(f)],
    "changed": _changes,
    "received_less": lambda f: ["客户少收：", *_goods(f, "missed"), "请核对去向。", _by(f)],
    "returned": lambda f: [*_goods(f), _labelled("原因", f, "reason"), _refund(f), _by(f)],
    "complained": lambda f: [_labelled("投诉", f, "reason"), _by(f)],
    "noted": lambda f: [_labelled("备注", f, "note"), _by(f)],
    "assigned": lambda f: [f"{_t(f, 'was') or '无人'} → {_t(f, 'owner')}", _by(f)],
    "urged": _urged,
    "paid": _paid,
    "refund_due": lambda f: [_refund(f), _by(f)],
    "refunded": lambda f: [f"已退客户 {money(abs(Decimal(str(f.get('sum') or 0))))} 元", _by(f)],
    "undone": lambda f: [f"撤销了「{event_name(str(f.get('kind')))}」", _by(f)],
    "overdue": _overdue,
    "leave": lambda f: [f"{_t(f, 'span')}，由 {_t(f, 'deputy')} 代办。"],
    "draft_expired": lambda f: [
        *(f"- {plain(str(line), 80)}" for line in cast("Sequence[object]", f.get("said") or ())),
        "超过时间没有确认，没有下单。要下请再说一遍。",
    ],
}


def _refund(facts: Facts) -> str:
    refund = Decimal(str(facts.get("refund") or 0))
    return f"应退客户 {money(refund)} 元" if refund > 0 else ""


_TITLES: Mapping[str, Callable[[Facts], str]] = {
    "entered.draft": lambda f: "退回修改",
    "entered.reviewing": lambda f: "待审核",
    "entered.picking": lambda f: "待发货",
    "entered.work": lambda f: _t(f, "step_name"),
    "ready": lambda f: "可以发货了",
    "entered.short": lambda f: "缺货待补",
    "entered.shipped": lambda f: "已发货",
    "entered.signed": lambda f: "已签收，待收款",
    "entered.hold": lambda f: "已挂起",
    "entered.cancelled": lambda f: "已取消",
    "entered.done": lambda f: "已完成",
    "rejected": lambda f: "被驳回",
    "lacking": lambda f: "缺货",
    "delayed": lambda f: "延期",
    "cancelled": lambda f: "已取消",
    "part_shipped": lambda f: "部分发货",
    "changed": lambda f: "订单变更",
    "received_less": lambda f: "少收",
    "returned": lambda f: "退货",
    "complained": lambda f: "客户投诉",
    "noted": lambda f: "新备注",
    "assigned": lambda f: "转交",
    "urged": lambda f: "催单",
    "paid": lambda f: "收款",
    "refund_due": lambda f: "待退款",
    "refunded": lambda f: "已退款",
    "undone": lambda f: "已撤销",
    "overdue": lambda f: "超时提醒",
    "leave": lambda f: f"{_t(f, 'who')}请假",
    "draft_expired": lambda f: "草稿已过期",
}
KINDS = frozenset(_BODIES)
"""Every notice that has words."""
