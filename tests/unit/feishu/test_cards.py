"""Cards within Feishu's limits, whatever the names; the fake platform is the judge."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.feishu import cards
from bot.platforms.splitting import size
from handlers.message import Button
from tests.fakes.feishu_cards import buttons, checked, elements, words
from tests.fakes.feishu_inbox import CARD_LIMIT

YES = Button("通过 #17", "通过 17 @3")
LONGEST_NAME = "“特别长”的客户名称\\" * 60


def test_a_button_says_its_words_and_no_more() -> None:
    made = cards.card("合计 45.00", "待审核 #17", [YES, Button("驳回 #17", "驳回 17")])

    assert made["header"] == {"title": {"tag": "plain_text", "content": "待审核 #17"}, "template": "blue"}
    assert list(buttons(made)) == [("通过 #17", {"say": "通过 17 @3"}), ("驳回 #17", {"say": "驳回 17"})]
    assert [one["type"] for one in _tagged(made, "button")] == ["primary", "default"]
    checked(made, CARD_LIMIT)


def test_a_card_in_a_1_to_1_chat_says_that_it_stands_in_one() -> None:
    made = cards.card("a", buttons=[YES], alone=True)

    assert list(buttons(made)) == [("通过 #17", {"say": "通过 17 @3", "alone": True})]


def test_a_title_is_not_said_twice() -> None:
    assert words(cards.card("**待审核 #17**\n合计 45.00", "待审核 #17")) == "待审核 #17\n合计 45.00"
    assert words(cards.card("合计 45.00", "待审核 #17")) == "待审核 #17\n合计 45.00"
    checked(cards.card("**待审核 #17**", "待审核 #17"), CARD_LIMIT)


def test_words_of_users_are_text_everywhere() -> None:
    typed = "<at id=all></at>"
    made = cards.card(typed, typed, [Button(typed, typed)])

    assert "<at" not in json.dumps({**made, "body": _without_values(made)})


def test_a_card_too_long_comes_as_several_with_the_buttons_on_the_last() -> None:
    lines = [f"- #{number} {LONGEST_NAME[:80]} 罐装可乐20箱" for number in range(600)]

    made = cards.cards("\n".join(lines), "待办", [YES], calls="<at id=ou_1></at>")

    assert len(made) > 1
    for card in made:
        checked(card, CARD_LIMIT)
    assert [bool(list(buttons(card))) for card in made] == [False] * (len(made) - 1) + [True]
    assert ["<at id=ou_1>" in words(card) for card in made] == [True] + [False] * (len(made) - 1)
    everything = "\n".join(map(words, made))
    assert all(f"#{number} " in everything for number in range(600))


@pytest.mark.parametrize("text", ['"' * 26_000, "\n" * 100 + "\\" * 27_000, "汉" * 9000, "😀" * 9000])
def test_what_weighs_more_in_json_still_fits(text: str) -> None:
    made = cards.cards(text, LONGEST_NAME, [Button(LONGEST_NAME, "k" * 1024)] * 20)

    for card in made:
        checked(card, CARD_LIMIT)


@settings(max_examples=40)
@given(
    st.text(max_size=3000),
    st.text(max_size=200),
    st.lists(st.tuples(st.text(max_size=60), st.text(max_size=400)), max_size=15),
)
def test_whatever_is_said_feishu_takes(text: str, title: str, said: list[tuple[str, str]]) -> None:
    for card in cards.cards(text, title, [Button(label, say) for label, say in said], most=6000 + 15 * 3000):
        assert size(cards.content(card)) <= 6000 + 15 * 3000


def test_robots_have_less_room() -> None:
    for card in cards.cards("汉" * 9000, "标题", most=19_500):
        assert size(cards.content(card)) <= 19_500


def test_what_cannot_stand_on_a_card_is_left_to_words() -> None:
    assert cards.offerable([Button(" ", "a"), Button("a", "键" * 400), YES]) == [YES]
    assert len(cards.offerable([YES] * 40)) == cards.MOST_BUTTONS
    assert (
        len(dict(buttons(cards.card("a", buttons=[Button("长" * 99, "a")]))).popitem()[0])
        == cards.LABEL_CHARS
    )


def test_a_card_whose_time_is_over_offers_nothing_and_says_why() -> None:
    made = cards.over("**待审核 #17**\n合计 45.00", "待审核 #17")

    assert list(buttons(made)) == []
    assert made["header"] == {"title": {"tag": "plain_text", "content": "待审核 #17"}, "template": "grey"}
    assert words(made).startswith("待审核 #17\n合计 45.00")
    assert cards.OVER_NOTE in words(made)
    checked(cards.over("", ""), CARD_LIMIT)
    checked(cards.over("汉" * 9000, "标题"), CARD_LIMIT)


def _tagged(card: object, tag: str) -> list[dict[str, object]]:
    return [dict(one) for one in elements(card) if one.get("tag") == tag]


def _without_values(card: cards.Card) -> object:
    return json.loads(
        json.dumps([{**one, "behaviors": []} for one in _tagged(card, "button")] + _tagged(card, "markdown"))
    )
