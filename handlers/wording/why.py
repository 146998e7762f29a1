"""Why an order is where it is: who has it by which rule, who stands in, who is called next, why it was reviewed."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.company import FINISHED, Assignment
from domain.facts import Event
from domain.order import Order
from domain.path import step_of
from domain.standing_in import covering
from handlers.context import Context
from handlers.message import Reply
from handlers.wording.ladders import rings, standing, whom
from handlers.wording.orders import buttons, checks_of, headline, name_of, yuan
from handlers.wording.text import day, moment, number, plain


def why(order: Order, events: Sequence[Event], ctx: Context) -> Reply:
    """The whole answer."""
    lines = [headline(order, ctx)]
    if step_of(order, ctx.company).kind in FINISHED:
        lines.append("这张单已经办完，不用谁再办。")
    else:
        lines += [standing(order, ctx), _owner(order, ctx), _called(order, events, ctx), rings(order, ctx)]
    lines.append(_reviewed(order, ctx))
    return Reply("\n".join(line for line in lines if line), buttons(order, ctx), order.number)


def _owner(order: Order, ctx: Context) -> str:
    """Which rule made whom the owner, and who stands in while they are away."""
    if not order.owner:
        return ""
    facts = dict(order.chosen)
    reason = _REASONS.get(facts.get("by", ""), "")
    said = f"为什么是 {name_of(order.owner, ctx)}：{_filled(reason, facts, ctx) if reason else '按岗位安排'}"
    if meant := facts.get("meant"):
        gone = f"请假到 {_day(facts['away'], ctx)}" if "away" in facts else "今天已下班"
        said += f"；本来轮到 {name_of(meant, ctx)}，{gone}，由 {name_of(order.owner, ctx)} 接"
    return f"{said}。{_away_now(order, ctx)}"


def _away_now(order: Order, ctx: Context) -> str:
    absence = ctx.duty.away(order.owner, ctx.today)
    owner = ctx.company.staff(order.owner)
    if absence is None or owner is None:
        return ""
    deputy = next(covering(owner, ctx.act), None)
    who = f"，提醒先找 {plain(deputy.name)}" if deputy is not None else "，提醒先找同岗位或主管"
    return f"{plain(owner.name)} 请假到 {day(absence.last, ctx.today)}{who}。"


_REASONS: Mapping[str, str] = {
    "rule": "分派规则第{rule}条{text}",
    "least": "分派规则第{rule}条{text}，手上单最少",
    "turn": "按单号轮到",
    "turn rule": "分派规则第{rule}条{text}，按单号轮到",
    "seller": "是这个客户的业务员（没有业务员的归录单人）",
    "above": "这一步的岗位没有人，找上级",
    "anybody": "这一步的岗位没有人，也没有上级",
    "hand": "{from} 转给的",
    "taken": "自己接手的",
    "left": "{from} 离职后接过来的",
}


def _filled(reason: str, facts: Mapping[str, str], ctx: Context) -> str:
    if facts.get("by") == "turn" and "rule" in facts:
        reason = _REASONS["turn rule"]
    return reason.format(
        rule=facts.get("rule", ""),
        text=_rule(facts.get("rule"), ctx),
        **{"from": name_of(facts.get("from", ""), ctx)},
    )


def _rule(place: str | None, ctx: Context) -> str:
    """The rule as it stands now; nothing where the rules have fewer by now."""
    rules = ctx.company.workflow.assign
    return f"（{assignment(rules[int(place) - 1], ctx)}）" if place and int(place) <= len(rules) else ""


def assignment(rule: Assignment, ctx: Context) -> str:
    """`餐饮、城西 → 仓库`."""
    company = ctx.company
    steps = tuple(company.workflow.steps[key].name for key in rule.steps if key in company.workflow.steps)
    places = tuple(
        company.catalogue.warehouses[code].name if code in company.catalogue.warehouses else code
        for code in rule.warehouses
    )
    parts = [
        "/".join(some) for some in (steps, rule.customer_types, rule.regions, rule.lines, places) if some
    ]
    parts += [f"{number(rule.above)}元以上"] if rule.above is not None else []
    parts += [f"{number(rule.up_to)}元以内"] if rule.up_to is not None else []
    target = name_of(rule.person, ctx) if rule.person else company.workflow.roles.get(rule.role, rule.role)
    return plain(f"{'、'.join(parts) or '所有单'} → {target}")


def _called(order: Order, events: Sequence[Event], ctx: Context) -> str:
    """Whom the ladder of this step has called so far."""
    zone = ctx.company.calendar.zone
    rang = [event for event in events if event.kind == "order:escalated" and event.at >= order.step_since]
    said = [f"{moment(event.at, zone)} {whom(str(event.data['whom']), ctx.company)}" for event in rang[-5:]]
    return f"已提醒：{'、'.join(said)}" if said else ""


def _reviewed(order: Order, ctx: Context) -> str:
    """Why it had to be reviewed, or did not."""
    if not order.checks and not order.tier:
        return ""
    if not order.approvals_needed:
        return f"审核：{yuan(order.amount, ctx)} 元在「{plain(order.tier)}」档，各项检查都通过，自动通过。"
    given = "、".join(name_of(yes.by, ctx) for yes in order.approvals)
    done = f"，{given} 已审" if given else ""
    checks = checks_of(order, ctx)
    return (
        f"审核：{yuan(order.amount, ctx)} 元在「{plain(order.tier)}」档，要 {order.approvals_needed} 人审{done}。"
        + (f"\n{checks}" if checks else "")
    )


def _day(said: str, ctx: Context) -> str:
    return day(date.fromisoformat(said), ctx.today)
