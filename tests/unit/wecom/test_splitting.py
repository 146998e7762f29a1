"""Long texts in parts that fit, by bytes."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.splitting import size, split

NUMBER = re.compile(r"\n\((\d+)/(\d+)\)\Z")


def test_what_fits_stays_one() -> None:
    assert split("汉" * 682 + "ab", 2048) == ("汉" * 682 + "ab",)
    assert len(split("汉" * 682 + "abc", 2048)) == 2
    assert split("", 2048) == ("",)


def test_cuts_are_at_line_ends_and_numbered() -> None:
    lines = [f"{number:03d} 可乐20箱" for number in range(100)]

    parts = split("\n".join(lines), 300)

    assert all(part.endswith(f"({number}/{len(parts)})") for number, part in enumerate(parts, 1))
    assert [line for part in parts for line in NUMBER.sub("", part).split("\n")] == lines


def test_the_end_of_a_line_counts() -> None:
    parts = split("\n".join(["a" * 15] * 120), 40)

    assert len(parts) == 120
    assert max(size(part) for part in parts) <= 40


def test_a_line_too_long_stands_alone() -> None:
    assert split("甲\n" + "乙" * 60 + "\n丙", 110)[0] == "甲\n(1/3)"


def test_where_not_even_a_character_fits_it_ends_all_the_same() -> None:
    for limit in (2, -5):
        assert "".join(NUMBER.sub("", part) for part in split("汉字", limit)) == "汉字"


def test_a_line_too_long_is_cut_at_a_pause() -> None:
    text = "甲" * 60 + "，" + "乙" * 60

    first, second = split(text, 200)

    assert first == "甲" * 60 + "，\n(1/2)"
    assert second == "乙" * 60 + "\n(2/2)"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.integers(min_value=40, max_value=200))
def test_parts_fit_and_lose_nothing(text: str, limit: int) -> None:
    parts = split(text, limit)

    assert all(size(part) <= limit for part in parts)
    words = "".join(NUMBER.sub("", part) if len(parts) > 1 else part for part in parts)
    assert words.replace("\n", "") == text.replace("\n", "")


@given(st.lists(st.text(alphabet="汉a😀 ", max_size=30), max_size=60))
def test_lines_that_fit_are_never_torn(lines: list[str]) -> None:
    parts = split("\n".join(lines), 200)

    bare = [NUMBER.sub("", part) if len(parts) > 1 else part for part in parts]
    assert [line for part in bare for line in part.split("\n")] == ("\n".join(lines)).split("\n")


def test_a_lone_surrogate_harms_nobody() -> None:
    assert all(size(part) <= 100 for part in split("\ud800" * 300, 100))
