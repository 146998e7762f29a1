"""Nothing the rules refuse or tell is without words."""

import pytest

from domain.errors import DomainError, NotAllowed
from domain.facts import Notice
from domain.notices import DELIVERY, NOTICES
from domain.permissions import DEFAULTS, FREE, WHERE
from domain.record import EVENTS as RECORDED
from domain.refusals import NOT_ALLOWED, REFUSALS
from handlers.areas import router
from handlers.dialogue.house import VERBS
from handlers.wording import kinds, notices, refusals
from handlers.wording.actions import ACTIONS, LOOKS, ON_BUTTONS
from tests.builders import COMPANY, MONDAY

TALKED_ABOUT = {"order.create", "order.repeat", "undo", "confirm", "dismiss", "none"}
"""Intents that the dialogue itself answers."""


def test_every_refusal_has_a_sentence():
    assert REFUSALS.keys() <= refusals.CODES


def test_every_notice_has_words():
    assert NOTICES.keys() | DELIVERY.keys() <= notices.KINDS


def test_every_event_has_a_name():
    assert RECORDED.keys() <= kinds.EVENTS.keys()


def test_every_button_is_an_action_with_words():
    assert ON_BUTTONS.keys() <= ACTIONS.keys()


def test_every_action_that_may_be_refused_has_a_name():
    assert {*FREE, *WHERE, *DEFAULTS} <= {*ACTIONS, *LOOKS}


def test_every_intent_is_answered(contract_intents):
    assert contract_intents <= router().handlers.keys() | TALKED_ABOUT


def test_the_houses_own_words_are_answered():
    assert set(VERBS.values()) <= router().handlers.keys()


NUMBERS = {
    *"qty limit unit_size price list_price amount asked shipped ordered most open paid refund counted reserved sum".split(),
    *"number minutes length urges rung repeat needed version entry".split(),
}
LISTS = {"who", "roles", "steps", "units", "given", "earlier"}
GOODS = [
    {
        "sku": "D001",
        "name": "可乐",
        "qty": "51",
        "unit": "箱",
        "unit_size": "24",
        "smallest": "罐",
        "gift": False,
    }
]


def a_fact(name: str) -> object:
    """Something of the right shape for a fact of this name."""
    if name in NUMBERS:
        return "12"
    if name in LISTS:
        return ("甲", "乙")
    special = {
        "due": "2026-11-25",
        "was": "2026-11-24",
        "limit_at": "2026-11-23T06:00:00+00:00",
        "since": "2026-11-23T02:00:00+00:00",
        "goods": GOODS,
        "rest": GOODS,
        "lacking": GOODS,
        "missed": GOODS,
        "allocations": [GOODS[0] | {"warehouse": "东仓"}, GOODS[0] | {"warehouse": "西仓"}],
        "checks": [
            ["price", True, []],
            ["credit", False, [["limit", "1"], ["exposure", "2"], ["amount", "3"]]],
        ],
        "changes": [
            {"what": "due", "name": "", "before": "2026-11-24", "after": ""},
            {"what": "line", "name": "可乐", "before": ["20", "箱"], "after": None},
            {"what": "price", "name": "可乐", "before": ["45", "箱"], "after": ["44.5", "箱"]},
        ],
        "said": ["家家乐 雪碧10箱"],
        "kind": "order:shipped",
        "action": "order.ship",
        "instead": "order.return",
        "unit": "箱",
        "smallest": "罐",
    }
    return special.get(name, f"〈{name}〉")


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_a_refusal_is_worded_from_its_facts(code):
    kind = NotAllowed if code in NOT_ALLOWED else DomainError
    error = kind(code, **{name: a_fact(name) for name in REFUSALS[code]})

    sentence = refusals.refusal(error)

    assert sentence.endswith("。")
    assert "None" not in sentence


@pytest.mark.parametrize("kind", sorted({**NOTICES, **DELIVERY}))
def test_a_notice_is_worded_from_its_facts(kind):
    facts = {**NOTICES, **DELIVERY}[kind]
    about = 17 if "customer" in facts else None
    notice = Notice(kind, "group:sales", about, facts={name: a_fact(name) for name in facts})

    shown = notices.render(notice, COMPANY, MONDAY)

    assert "None" not in shown.text
    assert about is None or "#17" in shown.text


def test_a_notice_that_went_another_way_says_whom_it_did_not_reach():
    facts = {name: a_fact(name) for name in NOTICES["paid"]}
    told = {**facts, "instead_of": ["group:finance", "user:seller", "group:gone", "user:gone"]}

    shown = notices.render(Notice("paid", "user:chief", 17, facts=told), COMPANY, MONDAY)

    assert "（finance、销售甲、gone、gone没发通，转给您）" in shown.text


def test_a_fact_told_late_offers_no_buttons_of_a_step_that_is_over():
    facts = {name: a_fact(name) for name in NOTICES["entered.picking"]}
    late = Notice("entered.picking", "group:warehouse", 17, facts={**facts, "moved_on": True})

    shown = notices.render(late, COMPANY, MONDAY)

    assert [say for _, say in shown.buttons] == ["查单 17"]
    assert shown.entry is None
