"""Who on a platform is which colleague."""

from dataclasses import replace

import pytest

from handlers.identity import identify, known_as
from tests.builders import COMPANY, KEEPER, SELLER


def company(**fields):
    """The company whose seller has these fields."""
    staff = {**COMPANY.catalogue.staff, "seller": replace(SELLER, **fields)}
    return replace(COMPANY, catalogue=replace(COMPANY.catalogue, staff=staff))


@pytest.mark.parametrize("platform", ["wecom", "dingtalk", "feishu"])
def test_each_platform_has_its_own_ids(platform):
    found = identify(company(**{f"{platform}_id": "Li.Na-7"}), platform, "li.na-7")

    assert found is not None
    assert found.user_id == "seller"


def test_the_ai_bot_knows_people_by_their_id_in_wecom():
    assert identify(company(wecom_id="LiNa"), "wecom-bot", "lina") is not None
    assert identify(company(wecom_id="LiNa"), "wecom-bot", "seller") is None


def test_an_id_of_one_platform_says_nothing_on_another():
    assert identify(company(wecom_id="x1"), "dingtalk", "x1") is None


def test_where_no_id_is_kept_the_user_id_counts_in_any_case():
    assert identify(COMPANY, "wecom", "KEEPER") == KEEPER


def test_who_has_an_own_id_is_not_meant_by_the_user_id():
    assert identify(company(wecom_id="x1"), "wecom", "seller") is None


def test_whoever_left_is_nobody():
    assert identify(company(active=False), "wecom", "seller") is None


@pytest.mark.parametrize("known", ["ou_1", "on_1", "U1"])
def test_of_several_ids_the_one_counts_by_which_somebody_is_known(known):
    ids = ("ou_1", "on_1", "u1")

    assert known_as(company(feishu_id=known), "feishu", ids) == known.lower()


def test_whoever_is_known_by_none_of_them_is_called_by_the_first():
    assert known_as(COMPANY, "feishu", ("ou_9", "on_9")) == "ou_9"
