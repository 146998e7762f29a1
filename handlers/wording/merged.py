"""Several notices in one message: each order once, by number and customer, under what it is about."""

from collections.abc import Mapping, Sequence

from domain.facts import Notice
from domain.sending import Rendered
from handlers.wording.ladder_notices import late_by
from handlers.wording.notice_lines import said, yuan
from handlers.wording.notices import name_of_kind
from handlers.wording.text import plain

BOARD = ("看板", "看板")
OVERDUE = ("超时清单", "超时")
BRIEF = 24

_BRIEFS: Mapping[str, str] = {
    "rejected": "reason",
    "cancelled": "reason",
    "complained": "reason",
    "returned": "reason",
    "delayed": "reason",
    "noted": "note",
}


def line(notices: Sequence[Notice]) -> str:
    """One order, its notices (as its readers may see them) in the order written: `#17 人民路华联（待审核 → 待发货）`."""
    last = notices[-1]
    names = list(dict.fromkeys(_name(notice) for notice in notices))
    story = f"（{' → '.join(names)}）" if len(names) > 1 else ""
    urgent = "【加急】" if last.facts.get("urgent") else ""
    return f"- {urgent}#{last.order} {said(last.facts, 'customer')}{story}{_brief(last)}"


def heading(notice: Notice, urgent: bool, count: int, goes_on: bool) -> str:
    """What a group of orders has in common, and how many they are: `**待发货（8）**`."""
    return f"**{'急：' if urgent else ''}{_topic(notice)}（{'续，共 ' if goes_on else ''}{count}）**"


def message(
    orders: int, notices: int, lines: Sequence[str], mentions: Sequence[str], urgent: bool
) -> Rendered:
    """The whole message, with a way to see everything."""
    title = (
        f"{orders} 张单的通知合在一起" if orders == notices else f"{orders} 张单的 {notices} 条通知合在一起"
    )
    buttons = (OVERDUE, BOARD) if urgent else (BOARD,)
    return Rendered("\n".join([f"**{title}**", *lines]), tuple(mentions), buttons, title)


def _topic(notice: Notice) -> str:
    name, step = _name(notice), said(notice.facts, "step_name")
    return f"{name} · {step}" if step and step not in name else name


def _name(notice: Notice) -> str:
    return name_of_kind(notice.kind, notice.facts)


def _brief(notice: Notice) -> str:
    facts = notice.facts
    if notice.kind == "overdue":
        late = late_by(facts)
        return f"，在 {said(facts, 'owner') or '无人'} 手上{f'，提醒{late}' if late else ''}"
    if notice.kind == "paid":
        return f"，收 {yuan(facts, 'sum')} 元"
    value = said(facts, _BRIEFS.get(notice.kind, ""))
    return f"：{plain(value, BRIEF)}" if value else ""
