"""A notice in words, written from the facts it was sent with (`domain.notices`)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias, cast

from domain.company import Company
from domain.facts import Notice
from domain.sending import Rendered
from handlers.wording import binding_notices as binding
from handlers.wording.actions import later, look, press
from handlers.wording.delivering import detoured, moved_on, way_blocked, way_free
from handlers.wording.hiding import shown_to
from handlers.wording.kinds import event_name
from handlers.wording.ladder_notices import acked, handed_over, leave, overdue, snoozed, urged
from handlers.wording.notice_lines import (
    Facts,
    by_whom,
    carrier,
    changes,
    day_of,
    delivery,
    goods,
    labelled,
    lacking,
    note,
    paid,
    refund,
    reviewing,
    said,
    taken_from,
    yuan,
)
from handlers.wording.text import moment, plain, span

Body: TypeAlias = Callable[[Facts], Sequence[str]]

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
    "overdue": ("alert.ack",),
}


def render(notice: Notice, company: Company, now: datetime) -> Rendered:
    """The notice as neutral markdown; nothing in it that a person typed can mention or format."""
    facts = {**as_read(notice, company, now), "number": notice.order}
    body = _BODIES[notice.kind](facts)
    title = _title(notice, facts)
    text = "\n".join([f"**{title}**", *(line for line in (*body, detoured(facts, company)) if line)])
    return Rendered(text, notice.mentions, _buttons(notice), title, notice.order, _entry(notice, company))


def as_read(notice: Notice, company: Company, now: datetime) -> Facts:
    """The facts as its readers may know them, with moments as people say them, and whether it is late."""
    facts, zone = shown_to(notice.to, notice.facts, company), company.calendar.zone
    local: dict[str, object] = {**facts, "today": now.astimezone(zone).date()}
    if facts.get("since"):
        at = datetime.fromisoformat(str(facts["since"]))
        local["since"] = f"{moment(at, zone)}（{span(now - at)}前）"
    if facts.get("limit_at"):
        limit = datetime.fromisoformat(str(facts["limit_at"]))
        local |= {"in_time": now < limit, "limit_at": moment(limit, zone)}
    if facts.get("until"):
        local["until"] = moment(datetime.fromisoformat(str(facts["until"])), zone)
    return local


def _title(notice: Notice, facts: Facts) -> str:
    name = name_of_kind(notice.kind, facts)
    if notice.order is None:
        return name
    urgent = "【加急】" if facts.get("urgent") else ""
    return f"{urgent}{name} #{notice.order} {said(facts, 'customer')}"


def name_of_kind(kind: str, facts: Facts) -> str:
    """What a notice of this kind is called: `待发货`."""
    return _TITLES[kind](facts) if kind in _TITLES else kind


def _entry(notice: Notice, company: Company) -> int | None:
    """The step for which an earlier card's buttons still hold: none for whom the order is no longer with."""
    entry = notice.facts.get("entry")
    over = notice.facts.get("moved_on") or _gave_up(notice, company)
    return int(str(entry)) if entry is not None and not over else None


def _gave_up(notice: Notice, company: Company) -> bool:
    """True where it tells somebody that their order is in other hands now."""
    reader = company.staff(notice.to.removeprefix("user:"))
    was, owner = notice.facts.get("was"), notice.facts.get("owner")
    return notice.kind in {"assigned", "acked"} and reader is not None and reader.name == was != owner


def _buttons(notice: Notice) -> tuple[tuple[str, str], ...]:
    if notice.kind == "binding_asked":
        return binding.asked_buttons(notice.facts)
    if notice.order is None:
        return ()
    version = notice.facts.get("version")
    seen = int(str(version)) if version is not None else None
    # The step is over for which they were meant.
    dead = bool(notice.facts.get("moved_on"))
    offers = [press(action, notice.order, seen) for action in (() if dead else BUTTONS.get(notice.kind, ()))]
    wait = (later(notice.order),) if notice.kind == "overdue" and not dead else ()
    return tuple((button.label, button.say) for button in (*offers, *wait, look(notice.order)))


_BODIES: Mapping[str, Body] = {
    "entered.draft": lambda f: [labelled("退回原因", f, "reason"), *goods(f), "改好后再提交。", by_whom(f)],
    "entered.reviewing": reviewing,
    "entered.picking": lambda f: [*goods(f), *taken_from(f), delivery(f), note(f), by_whom(f)],
    "entered.work": lambda f: [*goods(f), labelled("标准", f, "guide"), by_whom(f)],
    "ready": lambda f: [*goods(f), *taken_from(f), delivery(f), note(f), by_whom(f)],
    "entered.short": lacking,
    "entered.shipped": lambda f: [*goods(f), carrier(f), delivery(f), by_whom(f)],
    "entered.signed": lambda f: [*goods(f), f"未收 {yuan(f, 'open')} 元", by_whom(f)],
    "entered.hold": lambda f: [labelled("原因", f, "reason"), by_whom(f)],
    "entered.cancelled": lambda f: [labelled("原因", f, "reason"), by_whom(f)],
    "entered.done": lambda f: [f"货款两清，共收 {yuan(f, 'paid')} 元。", by_whom(f)],
    "rejected": lambda f: [labelled("原因", f, "reason"), "改好后再提交。", by_whom(f)],
    "lacking": lacking,
    "delayed": lambda f: [
        f"{day_of(f.get('was'), f) or '未定'} → {day_of(f.get('due'), f)}",
        labelled("原因", f, "reason"),
        by_whom(f),
    ],
    "cancelled": lambda f: [labelled("原因", f, "reason"), *goods(f), "这张单不用再办了。", by_whom(f)],
    "part_shipped": lambda f: [*goods(f), "还没发：", *goods(f, "rest"), carrier(f), by_whom(f)],
    "changed": lambda f: [*changes(f), f"现在合计 {yuan(f, 'amount')} 元", by_whom(f)],
    "received_less": lambda f: ["客户少收：", *goods(f, "missed"), "请核对去向。", by_whom(f)],
    "returned": lambda f: [*goods(f), labelled("原因", f, "reason"), refund(f), by_whom(f)],
    "complained": lambda f: [labelled("投诉", f, "reason"), by_whom(f)],
    "noted": lambda f: [labelled("备注", f, "note"), by_whom(f)],
    "assigned": lambda f: [f"{said(f, 'was') or '无人'} → {said(f, 'owner')}", by_whom(f)],
    "urged": urged,
    "paid": paid,
    "refund_due": lambda f: [refund(f), by_whom(f)],
    "refunded": lambda f: [f"已退客户 {yuan(f, 'sum')} 元", by_whom(f)],
    "undone": lambda f: [f"撤销了「{event_name(str(f.get('kind')))}」", by_whom(f)],
    "overdue": overdue,
    "acked": acked,
    "snoozed": snoozed,
    "leave": leave,
    "handed_over": handed_over,
    "binding_asked": binding.asked_lines,
    "bound": binding.bound_lines,
    "unbound": binding.unbound_lines,
    "back": lambda f: ["新到的单和提醒又找本人了。"],
    "moved_on": moved_on,
    "way_blocked": way_blocked,
    "way_free": way_free,
    "draft_expired": lambda f: [
        *(f"- {plain(str(line), 80)}" for line in cast("Sequence[object]", f.get("said") or ())),
        "超过时间没有确认或说清，什么都没写。要办请再说一遍。",
    ],
}


_TITLES: Mapping[str, Callable[[Facts], str]] = {
    "entered.draft": lambda f: "退回修改",
    "entered.reviewing": lambda f: "待审核",
    "entered.picking": lambda f: "待发货",
    "entered.work": lambda f: said(f, "step_name"),
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
    "overdue": lambda f: "快到时限" if f.get("in_time") else "超时提醒",
    "acked": lambda f: "有人在办",
    "snoozed": lambda f: "稍后提醒",
    "moved_on": lambda f: f"现在：{said(f, 'step_name')}",
    "way_blocked": lambda f: "通知发不出去",
    "way_free": lambda f: "通知又通了",
    "leave": lambda f: f"{said(f, 'who')}请假",
    "back": lambda f: f"{said(f, 'who')}已销假",
    "handed_over": lambda f: f"{said(f, 'who')}已离职，{f['count']} 张单转到您手上",
    "binding_asked": lambda f: "有人申请绑定",
    "bound": lambda f: "账号已绑定",
    "unbound": lambda f: "账号已解绑",
    "draft_expired": lambda f: "没确认的已过期",
}
KINDS = frozenset(_BODIES)
"""Every notice that has words."""
