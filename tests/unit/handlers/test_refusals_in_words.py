"""Whatever a refusal carries, there is a sentence for it: no fact that it lacks or that is empty stops the answer."""

import ast
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import handlers
import storage
from domain.errors import DomainError, Invalid, NotAllowed, Unknown
from domain.refusals import INVALID, NOT_ALLOWED, UNKNOWN
from handlers.wording import refusals
from handlers.wording.actions import ACTIONS
from handlers.wording.kinds import EVENTS

ERRORS = {"Invalid": Invalid, "NotAllowed": NotAllowed, "Unknown": Unknown}
TABLES = ((NotAllowed, NOT_ALLOWED), (Invalid, INVALID), (Unknown, UNKNOWN))

NAMES = st.text(max_size=4)
LISTS = st.lists(NAMES, max_size=3).map(tuple)
NUMBERS = st.decimals(min_value=0, max_value=10**7, places=4)
SPECIAL = {
    "number": st.none() | st.integers(1, 10**9),
    "action": st.sampled_from([*ACTIONS, "stock.in", "unheard.of"]),
    "instead": st.sampled_from(["", *ACTIONS]),
    "kind": st.sampled_from(sorted(EVENTS)),
    **dict.fromkeys(("roles", "who", "steps", "units", "lacking"), LISTS),
    **dict.fromkeys(("due", "today", "was"), st.none() | st.dates()),
    **dict.fromkeys(
        ("qty", "limit", "unit_size", "price", "list_price", "amount", "asked", "shipped", "ordered", "most"),
        NUMBERS,
    ),
    **dict.fromkeys(("open", "paid", "refund", "counted", "reserved"), NUMBERS),
    **dict.fromkeys(("until", "latest"), st.datetimes()),
    **dict.fromkeys(("length", "minutes", "days"), st.integers(0, 10**4)),
}


@st.composite
def refused(draw):
    """Any refusal of the rules, with facts of its kinds."""
    error, table = draw(st.sampled_from(TABLES))
    code = draw(st.sampled_from(sorted(table)))
    facts = {name: draw(SPECIAL.get(name, NAMES)) for name in table[code]}
    if "unit_size" in facts:
        facts["unit_size"] = facts["unit_size"] or Decimal(1)
    return error(code, **facts)


@given(refused())
def test_every_refusal_of_the_rules_has_its_sentence_whatever_it_is_about(error):
    assert refusals.refusal(error).strip()


def raised():
    """What the layers above the domain refuse themselves: the error, its code and the names of its facts."""
    for package in (handlers, storage):
        for path in Path(package.__file__ or "").parent.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                    code = ast.literal_eval(node.args[0])
                    yield node.func.id, code, tuple(str(fact.arg) for fact in node.keywords)


@pytest.mark.parametrize(("kind", "code", "names"), sorted(set(raised())))
def test_every_refusal_of_the_handlers_is_worded_from_the_facts_given_there(kind, code, names):
    some = {"number": 17, "limit": 30, "who": (), "action": "order.ship", "due": date(2026, 11, 23)}
    error: DomainError = ERRORS[kind](code, **{name: some.get(name, "某") for name in names})

    assert refusals.refusal(error).endswith("。")


def test_half_a_bottle_is_told_without_a_sum_that_says_nothing():
    facts = {"sku": "D1", "name": "纯生", "qty": Decimal("2.5"), "smallest": "瓶", "unit_size": Decimal(1)}

    whole = refusals.refusal(Invalid("qty-not-whole", unit="瓶", **facts))
    boxed = refusals.refusal(Invalid("qty-not-whole", unit="箱", **{**facts, "unit_size": Decimal(3)}))

    assert "1瓶=1瓶" not in whole
    assert "不是整数" in whole
    assert "1箱=3瓶" in boxed
