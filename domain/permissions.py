"""Who may do what, in which step, and what is sensible next. Actions are called like the intents."""

from collections.abc import Mapping, Sequence

from domain.balance import open_amount
from domain.catalogue import Staff
from domain.company import Company
from domain.order import Order
from domain.path import step_of, unfinished
from domain.people import MANAGER, reviewers, takers, tier_for

_SALES = ("sales", "sales_supervisor")
_STOCK = ("warehouse", "purchaser")

# Who may, where the company's own `permissions` say nothing; a manager may all of these. `step:picking` stands
# for the roles of the steps of that kind, `step` for those of the step the order is in; an action that is not
# named is for everybody.
DEFAULTS: Mapping[str, tuple[str, ...]] = {
    "order.create": (*_SALES, "service"),
    "order.resubmit": (*_SALES, "service"),
    "order.pick": ("step:picking",),
    "order.finish": ("step",),
    "order.ship": ("step:picking",),
    "order.shortage": ("step:picking",),
    "order.sign": ("step:shipped",),
    "order.pay": ("step:signed",),
    "order.refund": ("step:signed",),
    "order.change": (*_SALES, "service"),
    "order.delay": (*_SALES, *_STOCK),
    "order.hold": (*_SALES, "finance"),
    "order.resume": (*_SALES, "finance"),
    "order.cancel": _SALES,
    "order.return": (*_SALES, "service", "step:picking"),
    "order.assign": ("step", "sales_supervisor"),
    "order.rate": (*_SALES, "service"),
    "report.reconcile": ("step:signed",),
    "report.people": ("sales_supervisor", "process_owner"),
    "alias.manage": ("process_owner",),
    "binding.manage": ("process_owner",),
    "stock.in": _STOCK,
    "stock.count": _STOCK,
}

# Approving and rejecting is not a matter of roles alone: never one's own, never twice, by the order's tier.
REVIEW = frozenset({"order.approve", "order.reject"})

# Answering a ladder is a matter of the order: for whoever may take it over, unless the company names roles.
ALARM = frozenset({"alert.ack", "alert.snooze"})

_BEFORE = ("draft", "reviewing", "picking", "work", "short", "hold")
_ON_THE_WAY = (*_BEFORE, "shipped")

# The kinds of step in which an action is possible; one that is not named is possible in all.
WHERE: Mapping[str, tuple[str, ...]] = {
    "order.approve": ("reviewing",),
    "order.reject": ("reviewing",),
    "order.resubmit": ("draft",),
    "order.pick": ("picking",),
    "order.finish": ("work",),
    "order.ship": ("picking", "work", "short"),
    "order.shortage": ("picking", "work", "short"),
    "order.sign": ("shipped", "picking", "work", "short"),
    "order.pay": (*_ON_THE_WAY, "signed"),
    "order.change": _BEFORE,
    "order.delay": _ON_THE_WAY,
    "order.hold": ("reviewing", "picking", "work", "short"),
    "order.resume": ("hold",),
    "order.cancel": _BEFORE,
    "order.return": ("picking", "work", "short", "hold", "shipped", "signed", "done"),
    "order.assign": (*_ON_THE_WAY, "signed"),
    "order.rate": ("shipped", "signed", "done"),
    "alert.ack": (*_ON_THE_WAY, "signed"),
    "alert.snooze": (*_ON_THE_WAY, "signed"),
    "order.urge": _ON_THE_WAY,
}

# What comes to mind in each kind of step, the most natural first.
_NEXT: Mapping[str, tuple[str, ...]] = {
    "draft": ("order.resubmit", "order.change", "order.cancel"),
    "reviewing": ("order.approve", "order.reject", "order.change", "order.hold", "order.cancel",
                  "order.urge"),
    "picking": ("order.ship", "order.pick", "order.shortage", "order.change", "order.delay", "order.hold",
                "order.cancel", "order.urge"),
    "work": ("order.finish", "order.ship", "order.shortage", "order.change", "order.hold", "order.cancel",
             "order.urge"),
    "short": ("order.delay", "order.ship", "order.change", "order.hold", "order.cancel", "order.urge"),
    "shipped": ("order.sign", "order.pay", "order.return", "order.complain", "order.urge"),
    "signed": ("order.pay", "order.refund", "order.return", "order.complain"),
    "hold": ("order.resume", "order.change", "order.cancel"),
    "cancelled": ("order.refund",),
    "done": ("order.refund", "order.return", "order.complain"),
}  # fmt: skip


def roles_for(action: str, order: Order | None, company: Company) -> tuple[str, ...] | None:
    """The roles that may do it; None: everybody."""
    if action in REVIEW:
        tiers = company.workflow.tiers if order is None else (tier_for(order, company),)
        return tuple(dict.fromkeys(role for tier in tiers for role in tier.roles))
    own = company.workflow.permissions.get(action)
    named = own if own is not None else DEFAULTS.get(action)
    if named is None:
        return None
    roles = [role for name in named for role in _meant(name, order, company)]
    return tuple(dict.fromkeys(roles if own is not None else [*roles, MANAGER]))


def may(staff: Staff, action: str, order: Order | None, company: Company) -> bool:
    """True when this person may do it (to this order), whatever step it stands in."""
    if not staff.active:
        return False
    people = chosen(action, order, company)
    if people is not None:
        return staff in people
    roles = roles_for(action, order, company)
    return roles is None or bool(staff.roles & set(roles))


def possible(action: str, order: Order, company: Company) -> bool:
    """True when the order stands in a step where this can be done at all, by whomever."""
    kind = step_of(order, company).kind
    return kind in WHERE.get(action, (kind,)) and _makes_sense(action, order, company)


def offers(staff: Staff, order: Order, company: Company) -> tuple[str, ...]:
    """The actions this person may sensibly do next, the most natural first."""
    return tuple(
        action
        for action in _NEXT[step_of(order, company).kind]
        if possible(action, order, company) and may(staff, action, order, company)
    )


FREE = (
    "order.find", "stock.show", "product.show", "customer.show", "purchase.suggest", "report.daily", "report.weekly",
    "report.monthly", "report.overdue", "report.board", "report.bottleneck", "amount.see", "staff.leave",
)  # fmt: skip
"""What changes no order and no stock: for everybody, unless the company names the roles for it."""

BY_SCOPE = frozenset({"report.daily", "report.weekly", "report.monthly", "report.bottleneck"})
"""Guarded by whose figures are asked for: one's own are for everybody."""


def chosen(action: str, order: Order | None, company: Company) -> Sequence[Staff] | None:
    """Those who may, where the order decides it and not the role alone."""
    if order is None:
        return None
    if action in REVIEW:
        return reviewers(order, company)
    if action in ALARM and action not in company.workflow.permissions:
        return takers(step_of(order, company), order, company)
    return None


def _meant(name: str, order: Order | None, company: Company) -> tuple[str, ...]:
    if name == "step":
        return step_of(order, company).roles if order is not None else ()
    kind = name.removeprefix("step:")
    if kind == name:
        return (name,)
    return tuple(role for step in company.workflow.steps.values() if step.kind == kind for role in step.roles)


def _makes_sense(action: str, order: Order, company: Company) -> bool:
    figures = {
        "order.ship": lambda: _reserved(order) and unfinished(order, company) is None,
        "order.finish": lambda: not order.ready,
        "order.shortage": lambda: _reserved(order),
        "order.sign": lambda: any(line.under_way for line in order.lines),
        "order.pay": lambda: open_amount(order) > 0,
        "order.refund": lambda: open_amount(order) < 0,
        "order.cancel": lambda: not order.shipped_any,
        "order.return": lambda: any(line.sent for line in order.lines),
    }
    return action not in figures or figures[action]()


def _reserved(order: Order) -> bool:
    return any(line.reserved for line in order.lines)
