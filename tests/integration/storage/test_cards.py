"""Cards that can still be changed."""

import dataclasses
from datetime import timedelta

from domain.live_cards import LiveCard
from storage.cards import MOST, Cards
from storage.engine import Database
from tests.integration.storage.stories import NOW

CARD = LiveCard(
    "feishu", "om_1", "oc_review", NOW, "**待审核**", "待审核 #17", (("通过 #17", "通过 17 @3"),), 17, 2
)


async def test_a_card_is_kept_and_taken_by_one_only(database: Database):
    cards = Cards(database)
    await cards.keep(CARD)

    assert await cards.of_order("feishu", 17) == [CARD]
    assert await cards.take("dingtalk", "om_1") is None
    assert await cards.take("feishu", "om_1") == CARD
    assert await cards.take("feishu", "om_1") is None


async def test_a_card_shown_anew_stands_in_its_own_place(database: Database):
    cards = Cards(database)
    await cards.keep(CARD)
    newer = dataclasses.replace(CARD, entry=3, text="已通过", buttons=(), asker="lina")

    await cards.keep(newer)

    assert await cards.of_order("feishu", 17) == [newer]


async def test_cards_of_other_orders_and_of_none_are_not_an_orders(database: Database):
    cards = Cards(database)
    await cards.keep(dataclasses.replace(CARD, message="om_2", order=18))
    await cards.keep(dataclasses.replace(CARD, message="om_3", order=None, entry=None, asker="lina"))

    assert await cards.of_order("feishu", 17) == []


async def test_the_newest_come_first_and_not_more_than_are_worth_it(database: Database):
    cards = Cards(database)
    for number in range(MOST + 5):
        await cards.keep(
            dataclasses.replace(CARD, message=f"om_{number}", at=NOW + timedelta(seconds=number))
        )

    found = [card.message for card in await cards.of_order("feishu", 17)]

    assert found == [f"om_{number}" for number in range(MOST + 4, 4, -1)]


async def test_old_cards_are_forgotten(database: Database):
    cards = Cards(database)
    await cards.keep(CARD)
    await cards.keep(dataclasses.replace(CARD, message="om_2", at=NOW + timedelta(seconds=1)))

    assert await cards.forget(NOW + timedelta(seconds=1)) == 1
    assert [card.message for card in await cards.of_order("feishu", 17)] == ["om_2"]
