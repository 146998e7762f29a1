"""The lines of notices about what stands too long: a ladder rings, somebody answers it, presses, or is away."""

from collections.abc import Sequence
from datetime import timedelta
from typing import cast

from handlers.wording.notice_lines import Facts, said
from handlers.wording.text import plain, span


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


def urged(facts: Facts) -> Sequence[str]:
    """Who presses, how often, where it stands and since when."""
    return [
        f"{said(facts, 'by')} 催单（第 {said(facts, 'urges')} 次），停在「{said(facts, 'step_name')}」，"
        f"在 {said(facts, 'owner') or '无人'} 手上，{said(facts, 'since')}进入，请尽快处理。"
    ]


def leave(facts: Facts) -> Sequence[str]:
    """When somebody is away, who stands in, and what lies on their desk."""
    deputy = said(facts, "deputy")
    by = f"由 {deputy} 代办" if deputy else "没有指定代办人，按岗位顺延"
    desk = _desk(facts)
    return [f"{said(facts, 'span')}，{by}。", *(["手上的单：", *desk] if desk else ())]


def handed_over(facts: Facts) -> Sequence[str]:
    """What lay on the desk of somebody who left, to who has it now."""
    why = "您是代办人" if facts.get("deputy") else "没有能接的代办人，按岗位和上级轮到您"
    return [f"{why}，请接着办：", *_desk(facts), "要转给别人请说「17转给某某」，全部在「我的待办」里。"]


def _desk(facts: Facts) -> Sequence[str]:
    orders = cast("Sequence[object]", facts.get("orders") or ())
    count = int(str(facts.get("count") or 0))
    more = [f"- …共 {count} 张"] if count > len(orders) else []
    return [*(f"- {plain_line(str(line))}" for line in orders), *more]


def plain_line(line: str) -> str:
    """A line that starts with an order's number, which is ours, followed by people's words."""
    number, _, rest = line.partition(" ")
    return f"{number} {plain(rest)}"
