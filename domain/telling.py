"""Notices of the kinds in `domain.notices`, addressed and with every fact their kind promises."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from domain.act import SYSTEM, Act
from domain.balance import open_amount
from domain.company import FINISHED, Company, Step
from domain.facts import Notice
from domain.notices import NOTICES
from domain.order import ZERO, Line, Order
from domain.path import ON_THE_SHELF, lacks, step_of
from domain.snapshot import text
from domain.standing_in import covering

Notices = tuple[Notice, ...]
Facts = Mapping[str, object]


def to_group(kind: str, order: Order, act: Act, step: Step | None, **facts: object) -> Notices:
    """To the group of `step`, and to the owner where the order stands there; without a group, to them alone.

    The owner (who stands in, while they are away) is mentioned where they belong to the group; nobody else could see
    it there. Nobody is called to what they have just done themselves.
    """
    called = _called(order, act)
    if step is None or step.group not in act.company.groups:
        return to_person(kind, order, act, called, **facts)
    its_own = step.key == order.step or kind == "ready"
    belongs = called in act.company.groups[step.group].members
    mentions = (called,) if its_own and belongs and called != act.by.user_id else ()
    owner = to_person(kind, order, act, called, **facts) if its_own and not belongs else ()
    return (told(kind, f"group:{step.group}", order, act, mentions, facts), *owner)


def _called(order: Order, act: Act) -> str:
    """The owner, or who stands in while they are away."""
    owner = act.company.staff(order.owner)
    if owner is None or act.duty.away(owner.user_id, act.today) is None:
        return order.owner
    return next((deputy.user_id for deputy in covering(owner, act)), order.owner)


def to_kind(kind: str, order: Order, act: Act, step_kind: str, **facts: object) -> Notices:
    """To the group of the first step of this kind."""
    step = next((step for step in act.company.workflow.steps.values() if step.kind == step_kind), None)
    return to_group(kind, order, act, step, **facts)


def to_person(kind: str, order: Order, act: Act, user_id: str, **facts: object) -> Notices:
    """To a colleague who is there; nobody is told what they have just done themselves."""
    person = act.company.staff(user_id)
    if person is None or not person.active or user_id == act.by.user_id:
        return ()
    return (told(kind, f"user:{user_id}", order, act, (), facts),)


def arrival(order: Order, act: Act, **facts: object) -> Notices:
    """The order has entered its step: to those who must act there, with what else is known of it."""
    step = step_of(order, act.company)
    return to_group(f"entered.{step.kind}", order, act, step, **facts)


def shortage_told(order: Order, act: Act) -> Notices:
    """Where goods lack that should be there: to the salesperson. Before the last yes nothing is reserved yet."""
    due = lacks(order) and step_of(order, act.company).kind in ON_THE_SHELF
    return to_person("lacking", order, act, order.salesperson) if due else ()


def refund_told(order: Order, act: Act) -> Notices:
    """Where money must go back: to those who give it."""
    return to_kind("refund_due", order, act, "signed") if open_amount(order) < 0 else ()


def once(*notices: Iterable[Notice]) -> Notices:
    """All of these notices, each destination told once of each kind."""
    return tuple({(notice.kind, notice.to): notice for some in notices for notice in some}.values())


def told(kind: str, to: str, order: Order, act: Act, mentions: tuple[str, ...], facts: Facts) -> Notice:
    """One notice with exactly the facts of its kind: those given, the rest from the order."""
    lane = "urgent" if order.urgent or kind in _PRESSING or _pressed(order, act.company) else "normal"
    known = {key: facts[key] if key in facts else _FACTS[key](order, act) for key in NOTICES[kind]}
    return Notice(kind, to, order.number, mentions, lane, known)


def goods_fact(line: Line, qty: Decimal) -> dict[str, object]:
    """So much (in the smallest unit) of a line's product, as JSON."""
    return {
        "sku": line.sku,
        "name": line.name,
        "qty": text(qty),
        "unit": line.unit,
        "unit_size": text(line.unit_size),
        "smallest": line.smallest,
        "gift": line.gift,
    }


def goods_facts(order: Order, shares: Mapping[int, Decimal]) -> list[dict[str, object]]:
    """These quantities by line number, as JSON."""
    return [goods_fact(line, shares[line.no]) for line in order.lines if shares.get(line.no, ZERO) > 0]


def lacking_facts(order: Order) -> list[dict[str, object]]:
    """What the order still lacks, as JSON."""
    return goods_facts(order, {line.no: line.lacking for line in order.lines})


def name_of(user_id: str, company: Company) -> str:
    """How a colleague is called; the id itself where nobody knows it."""
    person = SYSTEM if user_id == SYSTEM.user_id else company.staff(user_id)
    return person.name if person is not None else user_id


_PRESSING = frozenset({"urged", "overdue"})


def _pressed(order: Order, company: Company) -> bool:
    """True for what a customer has pressed for and does not have yet."""
    kind = step_of(order, company).kind
    return order.urged_at is not None and kind not in ("signed", "hold", *FINISHED)


def _allocations(order: Order, act: Act) -> list[dict[str, object]]:
    warehouses = act.company.catalogue.warehouses
    return [
        {"warehouse": warehouses[place.warehouse].name if place.warehouse in warehouses else place.warehouse}
        | goods_fact(line, place.qty)
        for line in order.lines
        for place in line.allocations
    ]


_FACTS: Mapping[str, Callable[[Order, Act], Any]] = {
    "code": lambda order, act: order.code(act.company.calendar.zone),
    "customer": lambda order, act: order.customer_name,
    "amount": lambda order, act: text(order.amount),
    "by": lambda order, act: act.by.name,
    "step": lambda order, act: order.step,
    "step_name": lambda order, act: step_of(order, act.company).name,
    "step_kind": lambda order, act: step_of(order, act.company).kind,
    "owner": lambda order, act: name_of(order.owner, act.company),
    "due": lambda order, act: order.due and order.due.isoformat(),
    "period": lambda order, act: order.period,
    "urgent": lambda order, act: order.urgent,
    # The version it will be written with: what a reader has seen when he presses a button under the notice.
    "version": lambda order, act: order.version + 1,
    "goods": lambda order, act: goods_facts(order, {line.no: line.ordered for line in order.lines}),
    "rest": lambda order, act: goods_facts(
        order, {line.no: line.ordered - line.shipped for line in order.lines}
    ),
    "lacking": lambda order, act: lacking_facts(order),
    "allocations": _allocations,
    "address": lambda order, act: order.address,
    "note": lambda order, act: order.note,
    "checks": lambda order, act: [
        [check.kind, check.passed, [list(fact) for fact in check.facts]] for check in order.checks
    ],
    "tier": lambda order, act: order.tier,
    "needed": lambda order, act: order.approvals_needed,
    "given": lambda order, act: [name_of(yes.by, act.company) for yes in order.approvals],
    "guide": lambda order, act: step_of(order, act.company).guide,
    "open": lambda order, act: text(open_amount(order)),
    "paid": lambda order, act: text(order.paid),
    "refund": lambda order, act: text(max(-open_amount(order), ZERO)),
    "urges": lambda order, act: order.urges,
    "since": lambda order, act: order.step_since.isoformat(),
    "limit_at": lambda order, act: order.step_due and order.step_due.isoformat(),
    "reason": lambda order, act: "",
    "carrier": lambda order, act: "",
    "tracking": lambda order, act: "",
}
