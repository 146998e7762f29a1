"""A notice's facts without its amounts, for readers who may not see them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from domain.company import Company
from domain.masking import sees_amounts
from handlers.wording.figures import HIDDEN

MONEY = ("amount", "paid", "open", "sum", "refund")
TELLING = ("price", "credit")
"""Checks whose reasons speak of prices and debts."""

Facts = Mapping[str, object]


def shown_to(to: str, facts: Facts, company: Company) -> Facts:
    """The facts as the group or person `to` may read them."""
    kind, _, key = to.partition(":")
    sees = (
        sees_amounts(company.staff(key), "", company) if kind == "user" else sees_amounts(None, key, company)
    )
    return facts if sees else masked(facts)


def masked(facts: Facts) -> Facts:
    """The facts, with what hides it in the place of each amount."""
    return {**facts, **_hidden(facts)}


def _hidden(facts: Facts) -> Facts:
    hidden: dict[str, object] = {
        name: HIDDEN for name in MONEY if facts.get(name) and Decimal(str(facts[name]))
    }
    checks = cast("Sequence[tuple[str, bool, Sequence[object]]]", facts.get("checks") or ())
    if checks:
        hidden["checks"] = [
            (kind, passed, () if kind in TELLING else about) for kind, passed, about in checks
        ]
    return {**hidden, **without_prices(facts)}


def without_prices(facts: Facts) -> Facts:
    """What changed, the prices hidden; nothing where nothing changed."""
    changes = cast("Sequence[Facts]", facts.get("changes") or ())
    if not changes:
        return {}
    return {
        "changes": [
            {**change, "before": HIDDEN, "after": HIDDEN} if change["what"] == "price" else change
            for change in changes
        ]
    }
