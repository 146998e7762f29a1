"""What the customer says has arrived."""

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
from domain.telling import Notices, arrival, goods_facts, once, refund_told, to_kind, to_person


def sign(order: Order, act: Act, portions: Sequence[Portion] = ()) -> Change:
    """The customer has received everything under way; of the products named, only so much.

    What did not arrive is told to service and warehouse, and is not owed.
    """
    guard("order.sign", order, act)
    if not any(line.under_way for line in order.lines):
        raise Invalid("nothing-to-sign", number=order.number)
    named = {portion.sku for portion in portions}
    parts = dict(shares(order, portions, act, _under_way, "more-than-under-way"))
    parts |= {line.no: line.under_way for line in order.lines if line.sku not in named}
    missed = {line.no: line.under_way - parts.get(line.no, ZERO) for line in order.lines}
    lines = tuple(
        replace(line, signed=line.signed + parts.get(line.no, ZERO), missed=line.missed + missed[line.no])
        for line in order.lines
    )
    after = settled(replace(order, lines=lines), act)
    lost = goods_facts(order, missed)
    here = arrival(after, act) if after.entry != order.entry else ()
    papers = Papers(once(*_less_told(after, act, lost), here, refund_told(after, act)))
    return record(order, after, act, "order:signed", papers, goods=goods_facts(order, parts), missed=lost)


def _less_told(order: Order, act: Act, lost: list[dict[str, object]]) -> list[Notices]:
    if not lost:
        return []
    return [
        to_kind("received_less", order, act, "shipped", missed=lost),
        to_kind("received_less", order, act, "picking", missed=lost),
        to_person("received_less", order, act, order.salesperson, missed=lost),
    ]


def _under_way(line: Line) -> Decimal:
    return line.under_way
