"""Random people do random things to a few orders that share a small stock; what must hold, holds after each."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.act import Act, Portion
from domain.alarm import acknowledge
from domain.amend import Amendment, LineChange, assign, change, complain, delay, note, urge
from domain.entry import enter
from domain.errors import DomainError
from domain.escalation import overdue
from domain.facts import Change, Event, Payment, StockMove, Timer
from domain.fulfilment import finish, pick, restock, run_short, ship, sign
from domain.halt import cancel, hold, resume
from domain.levels import Levels, after
from domain.money import open_amount, pay, receivable, refund
from domain.notices import NOTICES
from domain.order import Order
from domain.people import MANAGER
from domain.permissions import offers
from domain.ports import EntryFacts, StockLevel
from domain.record import EVENTS
from domain.refusals import REFUSALS
from domain.returns import take_back
from domain.review import approve, reject, resubmit
from domain.snapshot import document, from_document, patch
from domain.stocktaking import count, receive
from domain.undo import takes_back, undo
from tests.builders import (
    ADMIN,
    ATTENDANT,
    COMPANY,
    EVERYBODY,
    MONDAY,
    OTHER,
    PACKING_COMPANY,
    SELLER,
    TESTING_COMPANY,
    boxes,
    levels,
    wanted,
)

# Who may do it, said once more and by hand: a company's own step asks its own roles.
SELLING = {"sales", "sales_supervisor", "service", "manager"}
MAY: Mapping[str, set[str]] = {
    "approve": {"sales_supervisor", "manager"},
    "reject": {"sales_supervisor", "manager"},
    "resubmit": SELLING,
    "pick": {"warehouse", "manager"},
    "pick_done": {"warehouse", "manager"},
    "finish": {"packer", "service", "manager"},
    "ship": {"warehouse", "manager"},
    "ship_some": {"warehouse", "manager"},
    "run_short": {"warehouse", "manager"},
    "sign": {"sales", "service", "manager"},
    "sign_some": {"sales", "service", "manager"},
    "pay": {"finance", "manager"},
    "pay_some": {"finance", "manager"},
    "refund": {"finance", "manager"},
    "change": SELLING,
    "change_unit": SELLING,
    "take_out": SELLING,
    "delay": {"sales", "sales_supervisor", "warehouse", "purchaser", "manager"},
    "hold": {"sales", "sales_supervisor", "finance", "manager"},
    "resume": {"sales", "sales_supervisor", "finance", "manager"},
    "cancel": {"sales", "sales_supervisor", "manager"},
    "take_back": {*SELLING, "warehouse"},
}

Command = Callable[[Order, Act, Mapping[tuple[str, str], StockLevel], Portion, EntryFacts], Change]


def _amended(sku: str, **more: Any) -> Amendment:
    return Amendment((LineChange(sku, **more),))


COMMANDS: Mapping[str, Command] = {
    "approve": lambda o, a, s, p, f: approve(o, a, s),
    "reject": lambda o, a, s, p, f: reject(o, a, "价格不对"),
    "resubmit": lambda o, a, s, p, f: resubmit(o, a, f, s),
    "pick": lambda o, a, s, p, f: pick(o, a),
    "pick_done": lambda o, a, s, p, f: pick(o, a, done=True),
    "finish": lambda o, a, s, p, f: finish(o, a, s),
    "ship": lambda o, a, s, p, f: ship(o, a, (), "顺风", "SF1"),
    "ship_some": lambda o, a, s, p, f: ship(o, a, (p,)),
    "run_short": lambda o, a, s, p, f: run_short(o, a, (p,)),
    "sign": lambda o, a, s, p, f: sign(o, a),
    "sign_some": lambda o, a, s, p, f: sign(o, a, (p,)),
    "pay": lambda o, a, s, p, f: pay(o, a),
    "pay_some": lambda o, a, s, p, f: pay(o, a, Decimal("50.50"), "wechat"),
    "refund": lambda o, a, s, p, f: refund(o, a),
    "change": lambda o, a, s, p, f: change(o, a, _amended(p.sku, qty=p.qty, unit=p.unit), f, s),
    "change_unit": lambda o, a, s, p, f: change(
        o, a, _amended(p.sku, delta=-(p.qty or Decimal(1)), unit=p.unit), f, s
    ),
    "take_out": lambda o, a, s, p, f: change(o, a, _amended(p.sku, qty=Decimal(0)), f, s),
    "delay": lambda o, a, s, p, f: delay(o, a, a.today + timedelta(days=3), "堵车"),
    "hold": lambda o, a, s, p, f: hold(o, a, "等通知"),
    "resume": lambda o, a, s, p, f: resume(o, a, s),
    "cancel": lambda o, a, s, p, f: cancel(o, a, "不要了"),
    "take_back": lambda o, a, s, p, f: take_back(o, a, (p,), "破损"),
    "note": lambda o, a, s, p, f: note(o, a, "放门口"),
    "assign": lambda o, a, s, p, f: assign(o, a, "picker"),
    "acknowledge": lambda o, a, s, p, f: acknowledge(o, a),
    "urge": lambda o, a, s, p, f: urge(o, a),
    "complain": lambda o, a, s, p, f: complain(o, a, "送错了"),
}

# The way to the end, whoever may take it.
STRAIGHT_ON = ("approve", "resubmit", "resume", "finish", "ship", "sign", "refund", "pay")

WHICH = st.integers(0, 4)
SKUS = st.sampled_from(["COLA", "TEA"])
UNITS = {"COLA": ["箱", "罐"], "TEA": ["箱", "提", "瓶"]}
PORTIONS = SKUS.flatmap(
    lambda sku: st.builds(
        Portion,
        st.just(sku),
        st.one_of(st.none(), st.integers(1, 6).map(Decimal)),
        st.sampled_from(UNITS[sku]),
    )
)


class Trade(RuleBasedStateMachine):
    """A company at work."""

    def __init__(self) -> None:
        super().__init__()
        self.company = COMPANY
        self.at = MONDAY
        self.stock: Levels = levels(EAST_COLA=24 * 12, WEST_COLA=24 * 4, EAST_TEA=15 * 5, WEST_TEA=15 * 8)
        self.orders: dict[int, Order] = {}
        self.events: dict[int, list[Event]] = {}
        self.stories: dict[int, list[tuple[str, dict[str, Any]]]] = {}
        self.payments: list[Payment] = []
        self.timers: list[Timer] = []
        self.moves: list[StockMove] = []
        self.said = 0

    @initialize(company=st.sampled_from([COMPANY, PACKING_COMPANY, TESTING_COMPANY]), cola=st.integers(1, 8))
    def a_company_with_three_orders(self, company, cola):
        self.company = company
        for by, tea, dear in ((SELLER, 0, False), (ATTENDANT, 6, True), (OTHER, 8, False)):
            self.place(by, "MARKET", cola, tea, tea > 6, dear, False)

    @precondition(lambda self: len(self.orders) < 5)
    @rule(
        by=st.sampled_from(EVERYBODY),
        customer=st.sampled_from(["MARKET", "CORNER", "CANTEEN"]),
        cola=st.integers(1, 8),
        tea=st.integers(0, 8),
        gift=st.booleans(),
        dear=st.booleans(),
        urgent=st.booleans(),
    )
    def place(self, by, customer, cola, tea, gift, dear, urgent):
        lines = [boxes(cola, price=Decimal(1200) / 5 if dear else None)]
        lines += [boxes(tea, "TEA")] if tea else []
        lines += [boxes(2, "COLA", "罐", gift=True)] if gift else []
        number = len(self.orders) + 1
        asked = wanted(*lines, customer=customer, urgent=urgent)
        act = self._act(by)
        done = self._try(lambda: enter(number, asked, act, EntryFacts(), self.stock))
        if done is not None:
            assert by.roles & SELLING
            self._apply(done, None, act)

    @precondition(lambda self: self.orders)
    @rule(
        which=WHICH,
        by=st.sampled_from(EVERYBODY),
        what=st.sampled_from(sorted(COMMANDS)),
        portion=PORTIONS,
    )
    def act(self, which, by, what, portion):
        self._do(self._order(which), by, what, portion)

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), which=WHICH, portion=PORTIONS, whole=st.booleans())
    def go_on(self, data, which, portion, whole):
        order = self._order(which)
        offered = {by.user_id: offers(by, order, self.company) for by in EVERYBODY}
        actions = sorted({action for some in offered.values() for action in some})
        if not actions:
            return
        action = data.draw(st.sampled_from(actions))
        by = data.draw(st.sampled_from([by for by in EVERYBODY if action in offered[by.user_id]]))
        name = action.removeprefix("order.")
        name = {"return": "take_back", "shortage": "run_short"}.get(name, name)
        some = f"{name}_some"
        if some in COMMANDS and not whole:
            name = some
        self._do(order, by, name, portion, offered=True)

    @precondition(lambda self: self.orders)
    @rule(which=WHICH, turn=st.integers(0, 9), part=st.booleans(), portion=PORTIONS)
    def straight_on(self, which, turn, part, portion):
        order = self._order(which)
        for name in STRAIGHT_ON:
            able = [by for by in EVERYBODY if f"order.{name}" in offers(by, order, self.company)]
            if able:
                some = f"{name}_some" if part and f"{name}_some" in COMMANDS else name
                self._do(order, able[turn % len(able)], some, portion, offered=True)
                return

    @rule(
        by=st.sampled_from(EVERYBODY),
        portion=PORTIONS,
        warehouse=st.sampled_from(["EAST", "WEST"]),
        recount=st.booleans(),
    )
    def goods_come_in(self, by, portion, warehouse, recount):
        act = self._act(by)
        said = (replace(portion, qty=portion.qty or Decimal(1)),)
        done = self._try(
            lambda: count(said, warehouse, act, self.stock) if recount else receive(said, warehouse, act)
        )
        if done is None:
            return
        assert by.roles & {"warehouse", "purchaser", "manager"}
        assert (done.event.stream, done.event.by, done.event.at) == ("stock", by.user_id, self.at)
        self._book(done.moves)
        for order in sorted(self.orders.values(), key=lambda one: one.number):
            filled = restock(order, act, self.stock)
            if filled is not None:
                self._apply(filled, order, act)

    @precondition(lambda self: self.orders)
    @rule(which=WHICH, foreign=st.booleans(), by=st.sampled_from(EVERYBODY))
    def take_it_back(self, which, foreign, by):
        order = self._order(which)
        events = self.events[order.number]
        if not foreign:
            by = next((one for one in EVERYBODY if one.user_id == events[-1].by), by)
        act = self._act(by)
        preview = self._try(lambda: takes_back(order, events, act))
        done = self._try(lambda: undo(order, events, act, self.stock))
        if done is None or preview is None:
            return
        source = [event for event in events if event.kind != "order:escalated"][-1].source
        was = next(before for said, before in self.stories[order.number] if said == source)
        now = document(done.order)
        assert now["entry"] >= was["entry"]
        assert now["shipments"] >= was["shipments"]
        free = {"entry": 0, "shipments": 0, "heard": 0, "acked": 0, "snoozed": 0}  # go on as they are
        assert now | free == was | free
        assert preview["kind"] == done.events[0].data["kind"]
        assert preview["moves"] == done.events[0].data["moves"]
        self._apply(done, order, act)

    @rule(minutes=st.sampled_from([1, 9, 60, 60 * 24]))
    def time_passes(self, minutes):
        self.at += timedelta(minutes=minutes)
        due, self.timers = (
            [t for t in self.timers if t.due <= self.at],
            [t for t in self.timers if t.due > self.at],
        )
        for timer in due:
            order = self.orders[timer.order]
            change = overdue(order, timer, self.at, self.company)
            assert (change is None) == (timer.entry != order.entry)
            if change is not None:
                assert change.order == replace(order, heard=change.order.heard, acked=False)
                # The first rung finds somebody always; a later one only whom none before it has told.
                assert change.notices or timer.rung > 0
                self._apply(change, order, None)

    @invariant()
    def stock_is_what_orders_keep(self):
        kept: dict[tuple[str, str], Decimal] = {}
        for order in self.orders.values():
            for line in order.lines:
                for place in line.allocations:
                    key = (place.warehouse, line.sku)
                    kept[key] = kept.get(key, Decimal(0)) + place.qty
        for key, level in self.stock.items():
            assert 0 <= level.reserved <= level.on_hand
            assert level.reserved == kept.get(key, 0)

    @invariant()
    def goods_and_money_add_up(self):
        for order in self.orders.values():
            for line in order.lines:
                assert line.ordered == line.shipped + line.reserved + line.lacking
                assert min(line.lacking, line.under_way, line.missed, line.ordered) >= 0
                assert 0 <= line.returned <= line.signed <= line.shipped
                assert sum(place.qty for place in line.sent) == line.shipped - line.returned
                assert all(place.qty > 0 for place in (*line.allocations, *line.sent))
                assert line.amount == (line.price * line.qty).quantize(Decimal("0.01"))
            paid = sum(one.amount for one in self.payments if one.order == order.number)
            assert order.paid == paid
            assert order.paid >= 0
            assert 0 <= receivable(order) <= order.amount

    @invariant()
    def every_order_stands_where_its_figures_say(self):
        for order in self.orders.values():
            match self.company.workflow.steps[order.step].kind:
                case "draft":
                    assert not any(line.reserved for line in order.lines)
                case "reviewing":
                    assert len(order.approvals) < order.approvals_needed
                case "picking":
                    assert not any(line.lacking for line in order.lines)
                    assert not order.shipped_all
                case "short":
                    assert any(line.lacking for line in order.lines)
                case "shipped":
                    assert order.shipped_all
                    assert any(line.under_way for line in order.lines)
                case "signed":
                    assert not any(line.under_way for line in order.lines)
                    assert open_amount(order) != 0
                case "done":
                    assert order.shipped_all
                    assert open_amount(order) <= 0
                case "cancelled":
                    assert order.void
                    assert not order.shipped_any

    @invariant()
    def nobody_approves_what_they_made(self):
        for order in self.orders.values():
            yeses = [yes.by for yes in order.approvals]
            assert order.maker not in yeses
            if order.step == "reviewing":
                assert not order.authors & set(yeses)
            assert len(set(yeses)) == len(yeses)

    def _order(self, which):
        return list(self.orders.values())[which % len(self.orders)]

    def _do(self, order, by, what, portion, offered=False):
        act = self._act(by)
        facts = EntryFacts(exposure=max(open_amount(order), Decimal(0)), recent=((order.number, "own"),))
        try:
            done = COMMANDS[what](order, act, self.stock, portion, facts)
        except DomainError as refused:
            self._check_refusal(refused, offered)
            return
        if what in MAY:
            assert by.roles & MAY[what]
        if what == "finish":
            assert by.roles & {*self.company.workflow.steps[order.step].roles, MANAGER}
        assert ADMIN is not by or what not in MAY
        self._apply(done, order, act)

    def _act(self, by):
        self.said += 1
        return Act(by, self.at, self.company, f"message:{self.said}")

    def _try(self, asked):
        try:
            return asked()
        except DomainError as refused:
            self._check_refusal(refused)
            return None

    def _check_refusal(self, refused, offered=False):
        assert set(refused.facts) == set(REFUSALS[refused.code]), refused.code
        assert not offered or refused.code not in ("no-role", "wrong-step", "not-reviewer", "work-open")

    def _apply(self, change, before, act):
        number = change.order.number
        was = document(before) if before else {}
        self.stories.setdefault(number, []).append((change.events[-1].source, was))
        assert change.events
        for event in change.events:
            assert event.stream == f"order:{number}"
            assert set(event.data) == {"before", "after", "moves", "payments", "told", *EVENTS[event.kind]}
            assert json.loads(json.dumps(event.data)) == event.data
            assert event.at == self.at
            assert len(set(event.data["told"])) == len(event.data["told"])
            was = patch(was, event.data["before"], event.data["after"])
        assert was == document(change.order)
        assert from_document(was) == replace(change.order, version=0)
        assert act is None or change.events[0].by == act.by.user_id
        self._check_causes(change, before)
        self.orders[number] = change.order
        self.events.setdefault(number, []).extend(change.events)
        self.payments.extend(change.payments)
        self.timers.extend(change.timers)
        self._book(change.moves)

    def _check_causes(self, change, before):
        for notice in change.notices:
            assert set(notice.facts) == set(NOTICES[notice.kind]), notice.kind
            assert json.loads(json.dumps(notice.facts)) == notice.facts
            kind, _, key = notice.to.partition(":")
            known = self.company.groups if kind == "group" else self.company.catalogue.staff
            assert key in known
        entered = before is None or change.order.entry != before.entry
        escalated = change.events[0].kind == "order:escalated"
        if not escalated and change.events[0].kind != "order:undone":
            assert bool(change.timers) == (entered and bool(self._ladder(change.order)))
        assert all(timer.entry == change.order.entry for timer in change.timers)
        shipped = sum((line.shipped for line in change.order.lines), Decimal(0))
        already = sum((line.shipped for line in before.lines), Decimal(0)) if before else Decimal(0)
        left = sum(line.qty for shipment in change.shipments for line in shipment.lines)
        assert shipped - already == left

    def _ladder(self, order):
        return self.company.workflow.steps[order.step].ladder

    def _book(self, moves):
        self.stock = after(self.stock, moves)


# A story of random doings is read as it comes: shrinking one takes minutes.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)

TestTrade = Trade.TestCase
TestTrade.settings = settings(
    max_examples=80,
    stateful_step_count=40,
    deadline=None,
    report_multiple_bugs=False,
    phases=PHASES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
