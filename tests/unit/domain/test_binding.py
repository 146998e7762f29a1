"""Binding: what a code is, who may be bound to what, and what is refused."""

import string
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.binding import (
    CODE_LIVES,
    DIGITS,
    Account,
    bind,
    claimed,
    code_for,
    digest,
    matching,
    prefer,
    unbind,
)
from domain.errors import Invalid
from tests.builders import ADMIN, MONDAY, SELLER, a_company, an_act, person

SALT = "0" * 32
CODES = st.text(string.digits, min_size=DIGITS, max_size=DIGITS)
STRANGER = Account("feishu", "ou_1", ("on_1",))


def test_nothing_that_is_kept_says_the_code():
    code = code_for(SELLER, "wecom", "483920", SALT, MONDAY)

    assert "483920" not in repr(code)
    assert code.expires_at - code.at == CODE_LIVES <= timedelta(minutes=10)


@given(st.lists(CODES, max_size=5, unique=True), CODES)
def test_a_code_fits_what_it_was_made_from_and_nothing_else(live, typed):
    codes = [
        code_for(person(f"p{number}", "某"), "wecom", one, f"{number:032}", MONDAY)
        for number, one in enumerate(live)
    ]
    found = matching(codes, typed)

    assert (found is not None) == (typed in live)
    assert found is None or found.person == f"p{live.index(typed)}"


@given(CODES)
def test_the_same_code_is_kept_differently_each_time(code):
    assert digest(code, SALT) != digest(code, "1" * 32)


def test_who_is_bound_has_an_event_that_says_by_whom_and_through_what():
    change = bind(STRANGER, SELLER, an_act(ADMIN, source="wecom:app:m1"))

    assert (change.binding.platform, change.binding.account, change.binding.person) == (
        "feishu",
        "ou_1",
        "seller",
    )
    assert (change.event.kind, change.event.by, change.event.source) == (
        "binding:made",
        "admin",
        "wecom:app:m1",
    )
    assert unbind(change.binding, an_act(ADMIN)).event.data == change.event.data


@pytest.mark.parametrize(
    ("staff", "account", "code"),
    [
        ((replace(SELLER, active=False),), STRANGER, "bind-gone"),
        ((replace(SELLER, feishu_id="ou_own"),), STRANGER, "bind-has-one"),
        ((SELLER, replace(person("other", "乙"), feishu_id="ou_1")), STRANGER, "bind-taken"),
        ((SELLER, replace(person("other", "乙"), feishu_id="on_1")), STRANGER, "bind-taken"),
        ((SELLER, replace(person("other", "乙"), feishu_id="on_1", active=False)), STRANGER, "bind-taken"),
        ((SELLER,), Account("console", "x"), "bind-nowhere"),
    ],
)
def test_the_table_and_other_bindings_are_never_overridden(staff, account, code):
    with pytest.raises(Invalid, match=code):
        bind(account, staff[0], an_act(ADMIN, company=a_company(staff=staff)))


def test_a_name_means_one_active_colleague_or_nobody():
    twin, gone = person("twin", "李娜"), replace(person("gone", "赵磊"), active=False)
    lina = replace(person("lina", "李娜"), aliases=("娜娜",))
    known = a_company(staff=(lina, twin, gone))

    assert claimed("李娜", known) is None
    assert claimed("赵磊", known) is None
    assert claimed("娜娜", known) == claimed("LINA", known) == lina


def test_a_preference_is_an_event_too():
    change = prefer("dingtalk", an_act(SELLER))

    assert (change.preference.person, change.preference.door) == ("seller", "dingtalk")
    assert change.event.kind == "notices:preferred"
