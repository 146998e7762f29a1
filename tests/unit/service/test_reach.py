from dataclasses import replace

import pytest

from bot.reach import AddressFromEnvironment, NamedGroups, Reach
from domain.calendar import WorkCalendar
from domain.catalogue import Catalogue, Staff
from domain.company import Company, Group, Way, Workflow
from domain.sending import Misconfigured, Rendered

LINA = Staff("lina", "李娜", (), "销售", frozenset({"sales"}), wecom_id="LiNa")
GONE = Staff("gone", "走了", (), "销售", frozenset({"sales"}), active=False)
COMPANY = Company(
    1,
    "云州",
    "跟单助手",
    WorkCalendar(None, ()),  # type: ignore[arg-type]
    Catalogue(staff={"lina": LINA, "gone": GONE, "bo": Staff("bo", "波", (), "仓库", frozenset())}),
    Workflow({}, ()),
    {"sales": Group("sales", "销售群", (Way("wecom-robot", "env:ROBOT"), Way("console")))},
    people_ways=("console", "wecom"),
)


def test_a_group_is_reached_in_every_way_the_rules_name():
    reach = Reach(lambda: COMPANY, frozenset({"wecom"}))

    assert reach("group:sales") == (("wecom-robot", "env:ROBOT"), ("console", "group:sales"))


def test_a_person_is_reached_by_the_first_door_there_is():
    assert Reach(lambda: COMPANY, frozenset({"wecom"}))("user:lina") == (("wecom", "LiNa"),)
    assert Reach(lambda: COMPANY, frozenset({"wecom"}))("user:bo") == (("wecom", "bo"),)
    assert Reach(lambda: COMPANY, frozenset({"wecom", "console"}))("user:lina") == (("console", "lina"),)


def test_a_person_is_reached_by_the_ai_bot_under_the_id_of_wecom():
    company = replace(COMPANY, people_ways=("wecom-bot",))

    assert Reach(lambda: company, frozenset({"wecom-bot"}))("user:lina") == (("wecom-bot", "LiNa"),)


@pytest.mark.parametrize("to", ["group:nowhere", "user:stranger", "user:gone", "nonsense"])
def test_nobody_knows_how_to_reach_who_is_not_there(to):
    assert Reach(lambda: COMPANY, frozenset({"wecom"}))(to) == ()


def test_without_a_door_a_person_is_not_reached():
    assert Reach(lambda: replace(COMPANY, people_ways=("wecom",)), frozenset())("user:lina") == ()


def test_in_the_demo_everybody_is_reached_on_the_page():
    reach = Reach(lambda: COMPANY, frozenset({"console"}), only="console")

    assert reach("group:sales") == (("console", "group:sales"),)
    assert reach("user:lina") == (("console", "user:lina"),)


class Heard:
    """A sender that notes the addresses it was given."""

    def __init__(self):
        self.addresses = []

    async def send(self, to, address, notice, idempotency_key):
        self.addresses.append(address)


async def test_a_secret_address_is_looked_up_when_it_is_needed_and_nowhere_else():
    heard = Heard()
    sender = AddressFromEnvironment(heard, {"ROBOT": "https://robot/?key=k"})

    await sender.send("group:sales", "env:ROBOT", Rendered("x"), "1")
    await sender.send("group:sales", "plain", Rendered("x"), "2")

    assert heard.addresses == ["https://robot/?key=k", "plain"]


async def test_a_variable_that_is_not_set_is_a_wrong_setting_that_names_it():
    sender = AddressFromEnvironment(Heard(), {})

    with pytest.raises(Misconfigured, match="ROBOT"):
        await sender.send("group:sales", "env:ROBOT", Rendered("x"), "1")


def test_a_group_without_a_key_is_its_id_and_named_in_the_log_once(caplog):
    caplog.set_level("INFO")
    named = NamedGroups(lambda: COMPANY, "dingtalk-group")

    assert [named.place("cid1"), named.place("cid1")] == ["cid1", "cid1"]

    assert [record.__dict__["chat"] for record in caplog.records] == ["cid1"]


def test_where_somebody_wrote_last_or_prefers_comes_first():
    company = replace(COMPANY, people_ways=("wecom", "dingtalk", "feishu"))
    doors = frozenset({"wecom", "dingtalk", "feishu"})
    reach = Reach(lambda: company, doors, lately=lambda _: ("console", "feishu", "dingtalk"))

    assert reach("everywhere:lina") == (("feishu", "lina"), ("dingtalk", "lina"), ("wecom", "LiNa"))
    assert reach("user:lina") == (("feishu", "lina"),)
    assert reach.further("user:lina", ["feishu"])[0] == ("dingtalk", "lina")

    lina = replace(LINA, door="wecom")
    company = replace(company, catalogue=replace(company.catalogue, staff={"lina": lina}))
    assert reach("user:lina") == (("wecom", "LiNa"),)


def test_an_account_is_reached_on_its_platform_alone():
    reach = Reach(lambda: COMPANY, frozenset({"feishu"}))

    assert reach("account:feishu:ou_1") == (("feishu", "ou_1"),)
    assert reach("account:dingtalk:d1") == ()


def test_whoever_left_is_reached_nowhere_not_even_in_the_demo():
    reach = Reach(lambda: COMPANY, frozenset({"console"}), only="console")

    assert reach("user:gone") == ()
    assert reach("user:stranger") == (("console", "user:stranger"),)
    assert reach("everywhere:lina") == (("console", "user:lina"),)


def test_there_is_a_choice_where_people_are_told_at_more_than_one_door():
    several = replace(COMPANY, people_ways=("wecom", "feishu"))

    assert Reach(lambda: several, frozenset({"wecom", "feishu"})).several
    assert not Reach(lambda: several, frozenset({"wecom", "feishu"}), only="console").several
    assert not Reach(lambda: several, frozenset({"wecom", "dingtalk"})).several
