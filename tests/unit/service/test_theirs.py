"""Notices leave for the account that is the person's when they leave."""

from dataclasses import replace

import pytest

from bot.reach import Reach
from bot.theirs import theirs
from domain.sending import Rendered, Undeliverable
from tests.builders import SELLER, a_company


class Heard:
    """A sender that notes whom it was to write to."""

    def __init__(self):
        self.addresses = []

    async def send(self, to, address, notice, idempotency_key):
        self.addresses.append(address)


def way(heard, seller=SELLER, people=("feishu",)):
    """Feishu, with the seller as they are now."""
    company = replace(a_company(staff=(seller,)), people_ways=people)
    return theirs({"feishu": heard}, Reach(lambda: company, frozenset({"feishu"})))["feishu"]


async def test_to_the_account_of_now():
    heard = Heard()

    await way(heard, replace(SELLER, feishu_id="ou_new")).send("user:seller", "ou_old", Rendered("x"), "1")
    await way(heard).send("group:sales", "oc_1", Rendered("x"), "2")
    await way(heard).send("account:feishu:ou_1", "ou_1", Rendered("x"), "3")

    assert heard.addresses == ["ou_new", "oc_1", "ou_1"]


@pytest.mark.parametrize(
    ("seller", "people"), [(replace(SELLER, active=False), ("feishu",)), (SELLER, ("wecom",))]
)
async def test_to_nobody_who_left_or_is_not_told_there_any_more(seller, people):
    heard = Heard()

    with pytest.raises(Undeliverable):
        await way(heard, seller, people).send("user:seller", "ou_1", Rendered("x"), "1")
    assert heard.addresses == []
