"""What the console sends out."""

from dataclasses import replace
from typing import Any

from bot.platforms.console.documents import pushed, said, state
from domain.company import Company
from domain.ports import MessageKey
from domain.sending import FeedItem
from handlers.message import Button, Reply
from tests.fakes.console import MONDAY, ConsoleWorld

COMPANY = ConsoleWorld().company
KEY = MessageKey("console", "console", "lina/k-1")


def people(company: Company = COMPANY) -> dict[str, Any]:
    listed: Any = state(company, MONDAY)["people"]
    return {person["user_id"]: person for person in listed}


def test_an_answer_carries_its_text_its_buttons_and_its_order():
    assert said(Reply("**好**", (Button("撤销", "撤销 17"),), 17), KEY) == {
        "reply": {
            "text": "**好**",
            "buttons": [{"label": "撤销", "say": "撤销 17"}],
            "picture": None,
            "picture_alt": "",
        },
        "order": "17",
    }


def test_saying_nothing_is_no_reply():
    assert said(Reply(""), KEY) == {"reply": None, "order": None}


def test_a_push_is_told_in_the_companys_time():
    item = FeedItem(4, MONDAY, "group:review", "待审核", ("heting",), (("通过", "通过 17"),))
    assert pushed(item, COMPANY) == {
        "seq": 4,
        "at": "2026-11-23T10:00:00+08:00",
        "to": "group:review",
        "text": "待审核",
        "mentions": ["heting"],
        "buttons": [{"label": "通过", "say": "通过 17"}],
        "picture": None,
        "picture_alt": "",
        "replaces": None,
    }


def test_people_stand_with_their_department_and_roles_in_words():
    heting = people()["heting"]
    assert (heting["name"], heting["department"], heting["role_names"]) == ("何婷", "审核", ["销售主管"])


def test_a_person_sees_the_groups_they_are_in():
    assert people()["madong"]["groups"] == ["warehouse"]


def test_managers_see_every_group():
    assert people()["chenjianguo"]["groups"] == list(COMPANY.groups)


def test_who_left_is_not_there():
    staff = COMPANY.catalogue.staff
    gone = {**staff, "lina": replace(staff["lina"], active=False)}
    company = replace(COMPANY, catalogue=replace(COMPANY.catalogue, staff=gone))
    assert "lina" not in people(company)


def test_groups_stand_with_name_and_members():
    groups: Any = state(COMPANY, MONDAY)["groups"]
    assert {"key": "finance", "name": "财务群", "members": ["qianfang"]} in groups
