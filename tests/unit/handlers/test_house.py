"""The bot's own few words are short lines."""

from handlers.dialogue.house import LONGEST_LINE, house_word
from handlers.understanding.reading import Reading


def test_a_whole_page_is_none_of_them() -> None:
    hush = "免打扰到明早8点"

    assert isinstance(house_word(hush), Reading)
    assert house_word(hush + "1" * LONGEST_LINE) is None
