"""Handing an order in for review: which tier it falls into and how many must say yes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.act import Act
from domain.balance import open_amount
from domain.checks import checks
from domain.company import Company, Tier
from domain.errors import Invalid
from domain.order import ZERO, Check, Line, Order, total
from domain.path import step_of
from domain.ports import EntryFacts, StockLevel
from domain.pricing import Wanted

# A remark, a reason or an address may be as long as a page, not a book.
MAX_TEXT = 2000


def tier_of(amount: Decimal, company: Company) -> Tier:
    """The smallest tier that reaches this amount; the last one where none does."""
    tiers = company.workflow.tiers
    return next((tier for tier in tiers if tier.up_to is None or amount <= tier.up_to), tiers[-1])


def rank(name: str, company: Company) -> int:
    """Where a tier of this name stands, from small to large; before all where there is none (any more)."""
    return next((index for index, tier in enumerate(company.workflow.tiers) if tier.name == name), -1)


def submitted(order: Order, seen: tuple[Check, ...], company: Company) -> Order:
    """The order waiting for as many yeses as its amount asks for; one at least when a check warns."""
    tier = tier_of(order.amount, company)
    warned = not all(check.passed for check in seen)
    needed = max(tier.reviewers, 1) if warned else tier.reviewers
    return replace(order, tier=tier.name, approvals_needed=needed, approvals=(), checks=seen)


def rechecked(
    booked: Order, asked: Order, act: Act, facts: EntryFacts, stock: Mapping[tuple[str, str], StockLevel]
) -> tuple[Check, ...]:
    """The automatic checks of `asked`, the order `booked` as it shall be: it does not count against itself."""
    wanted = Wanted(asked.customer, (), address=asked.address)
    # A draft is not in the customer's exposure.
    own = ZERO if step_of(booked, act.company).kind == "draft" else open_amount(booked)
    others = EntryFacts(
        exposure=facts.exposure - own,
        recent=tuple(same for same in facts.recent if same[0] != asked.number),
        usual=facts.usual,
    )
    return checks(wanted, asked.lines, others, stock, act)


def believable(lines: Sequence[Line], company: Company) -> None:
    """Raise where an order is worth more than anybody believes without asking."""
    amount, limit = total(line.amount for line in lines), company.limits.max_amount
    if amount > limit:
        raise Invalid("amount-too-large", amount=amount, limit=limit)


def in_future(due: date | None, act: Act) -> None:
    """Raise where a date has passed."""
    if due is not None and due < act.today:
        raise Invalid("due-past", due=due, today=act.today)


def said(text: str, action: str, required: bool = False) -> str:
    """What somebody wrote, trimmed; refused where it is needed and missing, or longer than a page."""
    words = text.strip()
    if required and not words:
        raise Invalid("text-missing", action=action)
    if len(words) > MAX_TEXT:
        raise Invalid("text-too-long", length=len(words), limit=MAX_TEXT)
    return words
