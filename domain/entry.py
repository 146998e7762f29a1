"""Placing an order."""

from collections.abc import Mapping
from dataclasses import replace

from domain.act import SYSTEM, Act
from domain.checks import checks, fingerprint
from domain.facts import Change
from domain.gate import refusal
from domain.order import Line, Order
from domain.path import entered
from domain.permissions import may
from domain.ports import EntryFacts, StockLevel
from domain.pricing import Wanted, WantedLine, customer_of, price_lines
from domain.record import Papers, followed, record
from domain.review import let_go
from domain.submission import believable, in_future, said, submitted
from domain.telling import arrival


def enter(
    number: int, wanted: Wanted, act: Act, facts: EntryFacts, stock: Mapping[tuple[str, str], StockLevel]
) -> Change:
    """A new order: approved by itself when all checks pass and its tier needs nobody, else with a reviewer."""
    if not may(act.by, "order.create", None, act.company):
        raise refusal("no-role", "order.create", None, act)
    lines = price_lines(wanted, act.company)
    believable(lines, act.company)
    in_future(wanted.due, act)
    order = submitted(
        _placed(number, wanted, lines, act), checks(wanted, lines, facts, stock, act), act.company
    )
    order = entered(order, act.company.workflow.first("reviewing"), act)
    if order.approvals_needed:
        return record(None, order, act, "order:entered", Papers(arrival(order, act)))
    new = record(None, order, act, "order:entered", Papers(passing=True))
    return followed(new, let_go(order, replace(act, by=SYSTEM), stock))


def _placed(number: int, wanted: Wanted, lines: tuple[Line, ...], act: Act) -> Order:
    customer = customer_of(wanted.customer, act.company)
    seller = act.company.staff(customer.salesperson)
    return Order(
        number=number,
        version=0,
        step=act.company.workflow.first("reviewing").key,
        customer=customer.code,
        customer_name=customer.name,
        customer_type=customer.type,
        region=customer.region,
        salesperson=customer.salesperson if seller is not None and seller.active else act.by.user_id,
        maker=act.by.user_id,
        created_at=act.at,
        step_since=act.at,
        lines=lines,
        entry=0,
        due=wanted.due,
        period=wanted.period,
        address=said(wanted.address, "order.create") or customer.address,
        note=said(wanted.note, "order.create"),
        urgent=wanted.urgent,
    )


__all__ = ["Wanted", "WantedLine", "checks", "enter", "fingerprint", "price_lines"]
