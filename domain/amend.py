"""What may change under way: goods, date, address; from `domain.remarks`, words and the person in charge."""

from dataclasses import dataclass, replace
from datetime import date

from domain.act import SYSTEM, Act
from domain.amended import LineChange, amended_lines
from domain.changes import changes_between
from domain.errors import Invalid
from domain.facts import Change
from domain.gate import guard
from domain.ladder import hurried, pending
from domain.levels import Levels
from domain.order import Check, Order
from domain.path import entered, moved, onward, settled, step_of
from domain.ports import EntryFacts
from domain.record import Papers, followed, record
from domain.remarks import assign, complain, delay, note, urge
from domain.reservation import reserve
from domain.review import let_go
from domain.submission import believable, in_future, rank, rechecked, said, submitted, tier_of
from domain.telling import Notices, arrival, once, refund_told, shortage_told, to_group, to_kind, to_person

# A ⚠ that was not there when the order was approved sends it back to the reviewers. Lack of stock has a step.
_REVIEWED = frozenset({"price", "address", "credit", "habit"})


@dataclass(frozen=True, slots=True)
class Amendment:
    """What the customer wants otherwise; absent and empty stay as they are."""

    lines: tuple[LineChange, ...] = ()
    due: date | None = None
    period: str = ""
    address: str = ""
    urgent: bool = False


def change(order: Order, act: Act, amendment: Amendment, facts: EntryFacts, stock: Levels) -> Change:
    """The order as amended, stock released and reserved accordingly; never below what is shipped.

    It goes back to the reviewers, keeping what is reserved, when its amount grows past the tier it was approved
    in or a check warns that did not warn them. Under review, other goods or another address are reviewed from
    the start.
    """
    guard("order.change", order, act)
    amended = _amended(order, amendment, act)
    if amended == order:
        raise Invalid("nothing-changes", number=order.number)
    kind = step_of(order, act.company).kind
    if amended.lines == order.lines and amended.address == order.address:
        return _told(order, amended, act, review=False)
    amended = _signed(amended, act)
    if kind == "draft":
        return _told(order, amended, act, review=False)
    seen = rechecked(order, amended, act, facts, stock)
    if kind == "reviewing":
        return _reviewed_anew(order, submitted(amended, seen, act.company), act, stock)
    if not _outgrown(order, amended, seen, act):
        after = amended if kind == "hold" else _supplied(order, amended, act, stock)
        return _told(order, after, act, review=False)
    return _told(order, _back_to_review(submitted(amended, seen, act.company), kind, act), act, review=True)


def _amended(order: Order, amendment: Amendment, act: Act) -> Order:
    if amendment.due != order.due:
        in_future(amendment.due, act)
    lines = amended_lines(order, amendment.lines, act)
    if lines != order.lines:
        believable(lines, act.company)
    amended = replace(
        order,
        lines=lines,
        due=amendment.due or order.due,
        period=amendment.period or order.period,
        address=said(amendment.address, "order.change") or order.address,
    )
    return hurried(amended, act.at, act.company) if amendment.urgent and not order.urgent else amended


def _signed(amended: Order, act: Act) -> Order:
    # Whoever changed what will be reviewed is no second pair of eyes.
    if act.by.user_id in amended.authors:
        return amended
    return replace(amended, changed_by=(*amended.changed_by, act.by.user_id))


def _outgrown(order: Order, amended: Order, seen: tuple[Check, ...], act: Act) -> bool:
    company = act.company
    warned_before = {check.kind for check in order.checks if not check.passed}
    new_warning = any(not check.passed and check.kind in _REVIEWED - warned_before for check in seen)
    taller = rank(tier_of(amended.amount, company).name, company) > rank(order.tier, company)
    return new_warning or (amended.amount > order.amount and taller)


def _back_to_review(waiting: Order, kind: str, act: Act) -> Order:
    reviewing = act.company.workflow.first("reviewing")
    # A held order stays held; it is the review that it resumes.
    return replace(waiting, held_from=reviewing.key) if kind == "hold" else entered(waiting, reviewing, act)


def _supplied(order: Order, amended: Order, act: Act, stock: Levels) -> Order:
    supplied = reserve(amended, act.company, stock)
    step = step_of(order, act.company)
    more = any(
        line.reserved > {old.no: old.reserved for old in order.lines}.get(line.no, 0)
        for line in supplied.lines
    )
    packed = step.kind == "work" and all(later.kind != "picking" for later in onward(step, act.company))
    # What was added must be picked before the company's own later steps make sense for it.
    if more and packed:
        return moved(supplied, act.company.workflow.first("picking"), act)
    return settled(supplied, act)


def _reviewed_anew(order: Order, waiting: Order, act: Act, stock: Levels) -> Change:
    after = entered(waiting, step_of(order, act.company), act)
    changed = _told(order, after, act, review=True)
    if after.approvals_needed:
        return changed
    return followed(changed, let_go(after, replace(act, by=SYSTEM), stock))


def _told(order: Order, after: Order, act: Act, review: bool) -> Change:
    said_of = {"changes": changes_between(order, after), "review": review}
    moved_on = after.entry != order.entry
    here = arrival(after, act) if moved_on else ()
    notices = once(*_touched(order, after, act, said_of), here, refund_told(after, act))
    if moved_on:
        notices = once(notices, shortage_told(after, act))
    told = record(order, after, act, "order:changed", Papers(notices), **said_of)
    hurries = after.urgent != order.urgent and not moved_on
    return replace(told, moved=pending(after, act.company)) if hurries else told


def _touched(order: Order, after: Order, act: Act, said_of: dict[str, object]) -> list[Notices]:
    # Who had it under their hands: the step's people, the warehouse once anything is reserved or shipped, the
    # salesperson, the maker, and those who had said yes to something else.
    people = dict.fromkeys((order.salesperson, order.maker, *(yes.by for yes in order.approvals)))
    handled = any(line.reserved or line.shipped for line in order.lines)
    return [
        to_group("changed", after, act, step_of(order, act.company), **said_of),
        to_kind("changed", after, act, "picking", **said_of) if handled else (),
        *(to_person("changed", after, act, user_id, **said_of) for user_id in people),
    ]


__all__ = ["Amendment", "LineChange", "assign", "change", "complain", "delay", "note", "urge"]
