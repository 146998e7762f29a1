"""What is said about an order under way: a later day, a remark, another person, pressing, a complaint."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from domain.act import Act
from domain.errors import Invalid, Unknown
from domain.facts import Change
from domain.gate import guard, refusal
from domain.order import Order
from domain.path import step_of
from domain.people import able
from domain.record import Papers, record
from domain.submission import in_future, said
from domain.telling import name_of, once, to_group, to_kind, to_person

URGED_ONCE = timedelta(minutes=10)
"""The group is told once of all the pressing within so short a time."""
MOST = 100
"""The best score there is."""


def delay(order: Order, act: Act, due: date, reason: str = "") -> Change:
    """We cannot keep the date: a later one, and why."""
    guard("order.delay", order, act)
    in_future(due, act)
    if order.due is not None and due <= order.due:
        raise Invalid("not-later", due=due, was=order.due)
    told = {"was": order.due and order.due.isoformat(), "reason": said(reason, "order.delay")}
    after = replace(order, due=due)
    notices = once(
        to_group("delayed", after, act, step_of(order, act.company), **told),
        to_person("delayed", after, act, order.salesperson, **told),
    )
    return record(order, after, act, "order:delayed", Papers(notices), reason=told["reason"])


def note(order: Order, act: Act, text: str) -> Change:
    """A remark, added to those there are."""
    guard("order.note", order, act)
    words = said(text, "order.note", required=True)
    whole = said(f"{order.note}\n{words}", "order.note")
    after = replace(order, note=whole)
    notices = to_group("noted", after, act, step_of(order, act.company), note=words)
    return record(order, after, act, "order:noted", Papers(notices), note=words)


def assign(order: Order, act: Act, user_id: str) -> Change:
    """Put it into a colleague's hands: one with the step's role, under review one who may review it."""
    guard("order.assign", order, act)
    person = act.company.staff(user_id)
    if person is None:
        raise Unknown("staff", user_id=user_id)
    people = able(step_of(order, act.company), order, act.company)
    if person not in people:
        raise refusal("cannot-take", "order.assign", order, act, people=people, name=person.name)
    if user_id == order.owner:
        raise Invalid("already-theirs", number=order.number, name=person.name)
    after = replace(order, owner=user_id, chosen=(("by", "hand"), ("from", act.by.user_id)))
    was = name_of(order.owner, act.company)
    notices = once(
        to_person("assigned", after, act, user_id, was=was),
        to_person("assigned", after, act, order.owner, was=was),
    )
    return record(order, after, act, "order:assigned", Papers(notices), to=user_id)


def urge(order: Order, act: Act) -> Change:
    """The customer presses for it: counted, and told to whoever has it; within a short time only once.

    From then on what is said about the order goes first, as about an urgent one.
    """
    guard("order.urge", order, act)
    again = order.urged_at is not None and act.at - order.urged_at < URGED_ONCE
    after = replace(order, urges=order.urges + 1, urged_at=order.urged_at if again else act.at)
    notices = () if again else to_group("urged", after, act, step_of(order, act.company))
    return record(order, after, act, "order:urged", Papers(notices), merged=again)


def complain(order: Order, act: Act, reason: str) -> Change:
    """The customer complains: told to service and the salesperson."""
    guard("order.complain", order, act)
    why = said(reason, "order.complain", required=True)
    notices = once(
        to_kind("complained", order, act, "shipped", reason=why),
        to_person("complained", order, act, order.salesperson, reason=why),
    )
    return record(order, order, act, "order:complained", Papers(notices), reason=why)


def rate(order: Order, act: Act, score: Decimal | None) -> Change:
    """How satisfied the customer is, 0 to 100; of several scores for an order the latest counts."""
    guard("order.rate", order, act)
    if score is None or score != score.to_integral_value() or not 0 <= score <= MOST:
        raise Invalid("score-range", number=order.number)
    return record(order, order, act, "order:rated", Papers(), score=int(score))
