"""Goods that come back."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from domain.act import Act, Portion
from domain.errors import Invalid
from domain.facts import Change
from domain.gate import guard
from domain.order import ZERO, Line, Order
from domain.path import settled
from domain.quantity import shares
from domain.record import Papers, record
from domain.reservation import taken_off
from domain.submission import said
from domain.telling import arrival, goods_facts, once, to_kind, to_person


def take_back(order: Order, act: Act, portions: Sequence[Portion] = (), reason: str = "") -> Change:
    """Everything the customer has, or the portions named, is back in the warehouse it came from.

    It is owed no more; what was paid for it must be given back.
    """
    guard("order.return", order, act)
    why = said(reason, "order.return")
    parts = shares(order, portions, act, _out, "more-than-out")
    if not parts:
        raise Invalid("nothing-out", number=order.number)
    lines = tuple(_back(line, parts.get(line.no, ZERO)) for line in order.lines)
    after = settled(replace(order, lines=lines), act)
    goods = goods_facts(order, parts)
    notices = once(
        to_kind("returned", after, act, "picking", goods=goods, reason=why),
        to_kind("returned", after, act, "signed", goods=goods, reason=why),
        to_person("returned", after, act, order.salesperson, goods=goods, reason=why),
        arrival(after, act) if after.entry != order.entry else (),
    )
    return record(order, after, act, "order:returned", Papers(notices), goods=goods, reason=why)


def _out(line: Line) -> Decimal:
    return sum((place.qty for place in line.sent), ZERO)


def _back(line: Line, qty: Decimal) -> Line:
    # What nobody has signed for yet comes back first, then what was missed, so that nobody pays for it.
    unsigned = min(qty, line.under_way)
    found = min(qty - unsigned, line.missed)
    return replace(
        line,
        signed=line.signed + unsigned + found,
        missed=line.missed - found,
        returned=line.returned + qty,
        sent=taken_off(line.sent, qty)[0],
    )
