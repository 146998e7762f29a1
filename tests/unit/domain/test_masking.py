"""Who may read amounts, and where."""

from dataclasses import replace

import pytest

from domain.company import Group, Way
from domain.masking import SEE_AMOUNTS, sees_amounts
from tests.builders import CASHIER, CHIEF, COMPANY, KEEPER, SELLER, a_company

GROUPS = {
    "finance": Group("finance", "财务群", (Way("wecom-appchat", "chat-1"),), ("cashier", "chief")),
    "mixed": Group("mixed", "大群", (Way("console"),), ("cashier", "keeper")),
    "gone": Group("gone", "旧群", (Way("console"),), ("cashier", "left-us")),
}
NAMED = replace(a_company(permissions={SEE_AMOUNTS: ("finance", "manager")}), groups=GROUPS)


def test_nothing_is_hidden_where_the_company_names_no_roles():
    assert sees_amounts(KEEPER, "", COMPANY)
    assert sees_amounts(KEEPER, "anywhere", COMPANY)
    assert sees_amounts(None, "anywhere", COMPANY)


@pytest.mark.parametrize(
    ("person", "sees"), [(CASHIER, True), (CHIEF, True), (SELLER, False), (KEEPER, False)]
)
def test_one_to_one_each_sees_what_they_may(person, sees):
    assert sees_amounts(person, "", NAMED) == sees


def test_a_group_sees_what_all_its_members_may():
    assert sees_amounts(CASHIER, "finance", NAMED)
    assert sees_amounts(None, "finance", NAMED)
    assert not sees_amounts(CASHIER, "mixed", NAMED)
    assert not sees_amounts(None, "mixed", NAMED)


def test_a_group_is_known_by_its_address_and_who_has_left_reads_nothing():
    assert sees_amounts(CASHIER, "chat-1", NAMED)
    assert sees_amounts(CASHIER, "gone", NAMED)


def test_readers_that_nobody_knows_see_none():
    assert not sees_amounts(CASHIER, "some other chat", NAMED)
    assert not sees_amounts(None, "", NAMED)


def test_who_asks_must_be_allowed_in_a_group_as_well():
    assert not sees_amounts(SELLER, "finance", NAMED)
