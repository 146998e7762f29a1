"""Searches: one statement for each combination of what narrows, built when it is first asked."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam, func, literal_column, not_, select

from domain.ports import Search
from storage.order_statements import OF_ORDER, with_lines
from storage.prepared import Among, Prepared
from storage.tables import order_lines, orders
from storage.types import Time

_OWED = orders.c.kind.not_in([literal_column("'draft'"), literal_column("'cancelled'")])

CONDITIONS: Mapping[str, ColumnElement[bool]] = {
    "customer": Among(orders.c.customer, "customer"),
    "steps": Among(orders.c.step, "steps"),
    "not_steps": not_(Among(orders.c.step, "not_steps")),
    "owner": orders.c.owner == bindparam("owner"),
    "salesperson": orders.c.salesperson == bindparam("salesperson"),
    "sku": select(1).where(OF_ORDER, Among(order_lines.c.sku, "sku")).exists(),
    "created_from": orders.c.created_at >= bindparam("created_from", type_=Time),
    "created_to": orders.c.created_at < bindparam("created_to", type_=Time),
    "due_before": orders.c.step_due < bindparam("due_before", type_=Time),
    "unpaid": (orders.c.open_amount > literal_column("0")) & _OWED,
    "paid": orders.c.open_amount <= literal_column("0"),
}


def listing(search: Search) -> tuple[Prepared, dict[str, Any]]:
    """The statement for the orders that fit, and its values."""
    given = dict(_given(search))
    return _listing(frozenset(given)), {**given, "limit": search.limit}


def counting(search: Search) -> tuple[Prepared, dict[str, Any]]:
    """The statement for how many fit, and its values."""
    given = dict(_given(search))
    return _counting(frozenset(given)), given


def _given(search: Search) -> Iterator[tuple[str, object]]:
    for name in ("customer", "steps", "not_steps", "sku"):
        if getattr(search, name):
            yield name, list(getattr(search, name))
    for name in ("owner", "salesperson", "created_from", "created_to", "due_before"):
        if getattr(search, name):
            yield name, getattr(search, name)
    if search.unpaid is not None:
        yield "unpaid" if search.unpaid else "paid", True


@lru_cache(maxsize=128)
def _listing(names: frozenset[str]) -> Prepared:
    conditions = [CONDITIONS[name] for name in sorted(names)]
    newest = orders.c.number.desc()
    chosen = (
        select(orders).where(*conditions).order_by(newest).limit(bindparam("limit", type_=Integer)).subquery()
    )
    return Prepared(with_lines(chosen).order_by(chosen.c.number.desc(), order_lines.c.no))


@lru_cache(maxsize=128)
def _counting(names: frozenset[str]) -> Prepared:
    conditions = [CONDITIONS[name] for name in sorted(names)]
    return Prepared(select(func.count().label("found")).select_from(orders).where(*conditions))
