"""Who is who on the platforms: the table of staff first, then what people have bound, never two for one id."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue import Staff
from domain.identity import (
    COLUMNS,
    Binding,
    Preference,
    Register,
    anybody,
    as_registered,
    id_on,
    identify,
    own_id,
)
from tests.builders import MONDAY, SELLER, a_company, person


def company(*staff: Staff):
    """A company of these."""
    return a_company(staff=staff)


def binding(account: str, who: str, platform: str = "feishu") -> Binding:
    """This id is theirs."""
    return Binding(platform, account.lower(), account, who, MONDAY, who, "m")


def registered(known, *bindings: Binding, doors: tuple[Preference, ...] = ()):
    """The company with what people have said."""
    return as_registered(known, Register(7, bindings, doors))


def test_a_bound_id_is_the_colleagues_and_notices_go_there():
    known = registered(company(SELLER), binding("ou_1", "seller"))

    assert identify(known, "feishu", "OU_1") == known.staff("seller")
    assert id_on("feishu", known.staff("seller")) == "ou_1"
    assert identify(known, "dingtalk", "ou_1") is None
    assert known.register == 7


def test_notices_go_to_the_id_as_the_platform_writes_it():
    known = registered(company(SELLER), binding("Manager7", "seller", "dingtalk"))

    assert identify(known, "dingtalk", "manager7") == known.staff("seller")
    assert id_on("dingtalk", known.staff("seller")) == "Manager7"


def test_whoever_has_bound_an_id_is_not_meant_by_the_user_id_there():
    known = registered(company(SELLER), binding("ou_1", "seller"))

    assert identify(known, "feishu", "seller") is None
    assert identify(known, "wecom", "seller") is not None


def test_any_of_several_ids_will_do():
    known = registered(company(SELLER), binding("ou_1", "seller"))

    assert identify(known, "feishu", "u7", "on_1", "ou_1") == known.staff("seller")
    assert identify(known, "feishu", "", "u7") is None


def test_both_doors_of_wecom_know_people_by_the_same_ids():
    known = company(replace(SELLER, wecom_id="li.na"))

    assert identify(known, "wecom-bot", "Li.Na") == identify(known, "wecom", "li.na") == known.staff("seller")


@pytest.mark.parametrize(
    ("staff", "said"),
    [
        ((replace(SELLER, feishu_id="ou_own"),), binding("ou_1", "seller")),
        ((SELLER, replace(person("other", "乙"), feishu_id="ou_1")), binding("ou_1", "seller")),
        ((SELLER, replace(person("other", "乙"), feishu_id="ou_1", active=False)), binding("ou_1", "seller")),
        ((SELLER,), binding("ou_1", "nobody")),
        ((SELLER,), binding("ou_1", "seller", "console")),
    ],
)
def test_the_table_of_staff_wins(staff, said):
    known = company(*staff)

    assert registered(known, said).catalogue == known.catalogue


def test_whoever_left_is_nobody_whatever_they_have_bound():
    known = registered(company(replace(SELLER, active=False)), binding("ou_1", "seller"))

    assert identify(known, "feishu", "ou_1") is None
    assert anybody(known, "feishu", "ou_1") == known.staff("seller")


def test_a_colleague_goes_before_who_left_with_the_same_id():
    gone = replace(person("gone", "旧"), feishu_id="ou_1", active=False)
    known = company(gone, replace(SELLER, feishu_id="ou_1"))

    assert identify(known, "feishu", "ou_1") == known.staff("seller")


def test_a_preference_is_part_of_whom_it_is_about():
    known = registered(company(SELLER), doors=(Preference("seller", "feishu"), Preference("nobody", "wecom")))

    assert known.staff("seller").door == "feishu"


IDS = st.sampled_from(["", "a", "b", "c", "u1", "u2", "u3"])
PEOPLE = st.lists(
    st.builds(
        lambda active, wecom, feishu: replace(
            person("x", "某"), active=active, wecom_id=wecom, feishu_id=feishu
        ),
        st.booleans(),
        IDS,
        IDS,
    ),
    min_size=1,
    max_size=4,
)
BINDINGS = st.lists(
    st.tuples(
        st.sampled_from(["wecom", "dingtalk", "feishu"]),
        st.sampled_from("abcd"),
        st.integers(0, 5).map(lambda number: f"u{number}"),
    ),
    max_size=6,
    unique_by=(lambda one: one[:2], lambda one: (one[0], one[2])),
)


@given(PEOPLE, BINDINGS, st.sampled_from(sorted(COLUMNS)), st.sampled_from(["a", "b", "c", "d", "u0", "u1"]))
def test_whatever_was_bound_the_table_is_never_overridden(people, said, platform, wanted):
    staff = [replace(one, user_id=f"u{number}") for number, one in enumerate(people)]
    table = company(*staff)
    known = registered(table, *(binding(account, who, on) for on, account, who in said))

    for one in staff:
        assert own_id(platform, one) in ("", own_id(platform, known.staff(one.user_id)))
    by_table = anybody(table, platform, wanted)
    if by_table is not None and own_id(platform, by_table):
        still = anybody(known, platform, wanted)
        assert still is not None
        assert still.user_id == by_table.user_id
    found = identify(known, platform, wanted)
    if found is not None:
        assert found.active
        assert id_on(platform, found).lower() == wanted
    bound = {account: who for on, account, who in said if COLUMNS[on] == COLUMNS[platform]}
    if by_table is None and wanted in bound and (who := table.staff(bound[wanted])) is not None:
        assert (found is not None) == (who.active and not own_id(platform, who))
