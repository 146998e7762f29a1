"""A noun of one character that only ends the names of goods: 鞋 黑色40码."""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.understanding.normalise.text import Text
from handlers.understanding.spans.goods import ProductFinder
from handlers.understanding.spans.items import Item
from handlers.understanding.vocabulary.mentions import Fragment


def with_general_nouns(text: Text, items: Sequence[Item], products: ProductFinder) -> list[Item]:
    """The items, with such a noun as part of the qualities it stands before, where goods are called so."""
    out: list[Item] = []
    for item in items:
        noun = next((one for one in out[-2:] if one.tag == "r" and one.end - one.start == 1), None)
        gap = text.low[noun.end : item.start] if noun else ""
        joint = _joint(text, noun, item, products) if noun and gap in {"", " "} else None
        if joint:
            del out[-1 - len(gap) :]
        out.append(joint or item)
    return out


def _joint(text: Text, noun: Item, item: Item, products: ProductFinder) -> Item | None:
    if item.tag != "P" or not all(map(products.qualifies, item.named.fragments)):
        return None
    char = text.low[noun.start : noun.end]
    said = (Fragment("name", char, noun.start, noun.end), *item.named.fragments)
    entries = products.fit(said)
    ends = re.compile(rf"{re.escape(char)}(?![\u4e00-\u9fff])")
    if not entries or not all(products.called(entry, ends) for entry in entries):
        return None
    words = text.raw[noun.start : item.end]
    return Item("P", noun.start, item.end, replace(item.named, entries=entries, fragments=said, words=words))
