"""Searches: one statement for each combination of what narrows, built when it is first asked."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    TextClause,
    bindparam,
    func,
    literal_column,
    not_,
    or_,
    select,
    text,
)

from domain.company import FINISHED
from domain.ports import Search
from storage.order_statements import with_lines
from storage.prepared import Among, Prepared
from storage.tables import OPEN, UNPAID, order_lines, orders
from storage.types import Time

KindOf = Callable[[str], str]
"""The kind (`picking`, `short`, …) of a step's key by the rules in force."""

_OF_SKU = select(order_lines.c.order_number)

# One value is compared and several are looked up: only so an index is also walked in the order of the answer.
CONDITIONS: Mapping[str, ColumnElement[bool] | TextClause] = {
    "customer": orders.c.customer == bindparam("customer"),
    "customers": Among(orders.c.customer, "customers"),
    "step": orders.c.step == bindparam("step"),
    "steps": Among(orders.c.step, "steps"),
    "not_steps": not_(Among(orders.c.step, "not_steps")),
    "open": text(OPEN),
    "owner": orders.c.owner == bindparam("owner"),
    "staff": or_(Among(orders.c.owner, "staff"), Among(orders.c.salesperson, "staff")),
    "salesperson": orders.c.salesperson == bindparam("salesperson"),
    "sku": orders.c.number.in_(_OF_SKU.where(order_lines.c.sku == bindparam("sku"))),
    "skus": orders.c.number.in_(_OF_SKU.where(Among(order_lines.c.sku, "skus"))),
    "created_from": orders.c.created_at >= bindparam("created_from", type_=Time),
    "created_to": orders.c.created_at < bindparam("created_to", type_=Time),
    "due_before": orders.c.step_due < bindparam("due_before", type_=Time),
    "unpaid": text(f"{UNPAID} AND kind NOT IN ('draft', 'cancelled')"),
    "paid": orders.c.open_amount <= literal_column("0"),
}


def listing(search: Search, kind_of: KindOf) -> tuple[Prepared, dict[str, Any]]:
    """The statement for the orders that fit, and its values."""
    given = dict(_given(search, kind_of))
    return _listing(frozenset(given), search.by_due), {**given, "limit": search.limit}


def counting(search: Search, kind_of: KindOf) -> tuple[Prepared, dict[str, Any]]:
    """The statement for how many fit, and its values."""
    given = dict(_given(search, kind_of))
    return _counting(frozenset(given)), given


def _given(search: Search, kind_of: KindOf) -> Iterator[tuple[str, object]]:
    for one, several, values in (
        ("customer", "customers", search.customer),
        ("step", "steps", search.steps),
        ("sku", "skus", search.sku),
    ):
        if values:
            yield (one, values[0]) if len(values) == 1 else (several, list(values))
    if search.not_steps:
        yield "not_steps", list(search.not_steps)
    if _only_open(search, kind_of):
        # Follows from the steps, but only said so it lets the indexes of open orders be used.
        yield "open", True
    if search.staff:
        yield "staff", list(search.staff)
    for name in ("owner", "salesperson", "created_from", "created_to", "due_before"):
        if getattr(search, name):
            yield name, getattr(search, name)
    if search.unpaid is not None:
        yield "unpaid" if search.unpaid else "paid", True


def _only_open(search: Search, kind_of: KindOf) -> bool:
    """True when the steps leave out all that `OPEN` does."""
    if search.steps:
        return not any(kind_of(step) in FINISHED for step in search.steps)
    return {kind_of(step) for step in search.not_steps}.issuperset(FINISHED)


@lru_cache(maxsize=128)
def _listing(names: frozenset[str], by_due: bool) -> Prepared:
    conditions = [CONDITIONS[name] for name in sorted(names)]
    limit = bindparam("limit", type_=Integer)
    sorted_by = _due_first if by_due else _newest_first
    chosen = select(orders).where(*conditions).order_by(*sorted_by(orders.c)).limit(limit).subquery()
    return Prepared(with_lines(chosen).order_by(*sorted_by(chosen.c), order_lines.c.no))


@lru_cache(maxsize=128)
def _counting(names: frozenset[str]) -> Prepared:
    conditions = [CONDITIONS[name] for name in sorted(names)]
    return Prepared(select(func.count().label("found")).select_from(orders).where(*conditions))


def _due_first(columns: Any) -> tuple[ColumnElement[Any], ...]:
    return columns.step_due.asc().nulls_last(), columns.number.asc()


def _newest_first(columns: Any) -> tuple[ColumnElement[Any], ...]:
    return columns.created_at.desc(), columns.number.desc()
