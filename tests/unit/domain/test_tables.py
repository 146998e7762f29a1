"""The tables that the wording is written from say everything the rules raise and send."""

import ast
from pathlib import Path

import domain
from domain.notices import COMMON, NOTICES
from domain.record import EVENTS
from domain.refusals import INVALID, NOT_ALLOWED, PLACE, UNKNOWN

MODULES = [ast.parse(path.read_text("utf-8")) for path in Path(domain.__file__).parent.glob("*.py")]
# `draft_expired` is sent by the scheduler: no order knows of a draft that was never one.
ELSEWHERE = {"draft_expired"}


def calls(name):
    """Every call of `name` in the domain."""
    for module in MODULES:
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield node


def words(node):
    """The texts an expression may be: `"a" if x else "b"` is two."""
    return {
        leaf.value
        for leaf in ast.walk(node)
        if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str)
    }


def test_every_refusal_is_in_its_table_and_every_row_is_raised():
    invalid = set().union(*(words(call.args[0]) for call in calls("Invalid")))
    excess = {word for call in calls("shares") for word in words(call.args[-1])}
    unknown = set().union(*(words(call.args[0]) for call in calls("Unknown")))
    refused = set().union(*(words(call.args[0]) for call in calls("refusal")))

    assert invalid | excess == set(INVALID)
    assert unknown | {"order", "alias"} == set(UNKNOWN)
    assert refused == set(NOT_ALLOWED)


def test_a_refusal_by_role_or_step_says_who_may_and_what_helps_instead():
    assert all(facts[: len(PLACE)] == PLACE for facts in NOT_ALLOWED.values())


def test_every_notice_is_in_the_table_and_every_row_is_sent():
    texts = {word for module in MODULES for word in words(module)}
    kinds = {kind for kind in NOTICES if not kind.startswith("entered.")}

    assert kinds - ELSEWHERE <= texts
    sent = [call for name in ("to_group", "to_kind", "to_person") for call in calls(name)]
    named = set().union(*(words(call.args[0]) for call in sent if isinstance(call.args[0], ast.Constant)))
    assert named <= set(NOTICES)


def test_every_notice_about_an_order_says_which_and_where_it_stands():
    assert all(facts[: len(COMMON)] == COMMON for kind, facts in NOTICES.items() if kind not in ELSEWHERE)


def test_every_event_is_in_the_table():
    recorded = {word for module in MODULES for word in words(module) if word.startswith("order:")}

    assert {word for word in recorded if word != "order:"} - {"order:paid", "order:refunded"} <= set(EVENTS)
