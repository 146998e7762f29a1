"""What the catalogue teaches, alone: names by any part of them and by sound, sizes in short."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding.vocabulary.atoms import Alphabet, pieces
from handlers.understanding.vocabulary.cells import CellReader
from handlers.understanding.vocabulary.colours import COLOURS, coloured, colours
from handlers.understanding.vocabulary.names import Names
from handlers.understanding.vocabulary.sound import heard, initials, pinyin
from handlers.understanding.vocabulary.sounds import Sounds

PHRASES = st.lists(st.text("可乐罐装水果茶大小瓶", min_size=1, max_size=6), min_size=1, max_size=12)


@given(PHRASES, st.text("可乐罐装水果茶大小瓶", min_size=2, max_size=4))
def test_names_are_found_as_by_looking_at_each(phrases, word):
    names = Names(list(enumerate(phrases)))
    hits = names.find(word)
    exact = {at for at, phrase in enumerate(phrases) if phrase == word}
    prefix = {at for at, phrase in enumerate(phrases) if phrase.startswith(word)} - exact
    contained = {at for at, phrase in enumerate(phrases) if word in phrase} - exact - prefix

    assert [set(found) for found in (hits.exact, hits.prefix, hits.contained)] == [exact, prefix, contained]
    assert set(hits.first) == (exact or prefix or contained)
    assert set(hits.all) == exact | prefix | contained


@given(PHRASES, st.text("可乐罐装水果茶大小瓶", min_size=2, max_size=6))
def test_a_word_reaches_as_far_as_some_name_has_it(phrases, word):
    names = Names(list(enumerate(phrases)))

    for end in names.phrases.reach(word, 0):
        assert any(word[:end] in phrase for phrase in phrases)


@given(PHRASES)
def test_every_name_is_heard_as_itself(phrases):
    sounds = Sounds(list(enumerate(phrases)))

    for at, phrase in enumerate(phrases):
        assert at in sounds.heard(heard(phrase), whole=True)
        assert at in sounds.spelled(pinyin(phrase))
        assert at in sounds.spelled(initials(phrase))


def test_a_run_of_letters_and_digits_is_one_atom():
    alphabet = Alphabet()

    assert len(alphabet.learn("六角螺栓 M8×30".lower().replace("×", "x"))) == 5
    assert alphabet.learn("xl") not in alphabet.learn("2xl")


@given(st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True))
def test_what_is_learned_is_spelled_back(run):
    alphabet = Alphabet()

    assert alphabet.spell(alphabet.learn(run)) in {run, run.removeprefix("x")}


@given(st.from_regex(r"[可乐a-z0-9 .x-]{1,20}", fullmatch=True))
def test_cells_cover_the_line(low):
    alphabet = Alphabet()
    alphabet.learn("m8x30 330ml")
    cells = CellReader(alphabet, {"m8", "330ml", "330"}, frozenset()).read(low)

    assert cells.starts[0] == 0
    assert cells.starts[-1] == len(low)
    assert len(cells.atoms) == len(cells.runs) == len(cells.starts) - 1
    assert list(cells.starts) == sorted(set(cells.starts))


def test_a_size_is_also_said_short():
    assert {"330ml", "330"} <= pieces("330ml")
    assert {"m8x30", "m8", "8x30", "30"} <= pieces("m8x30")
    assert {"2xl", "xxl"} <= pieces("2xl")
    assert "xl" not in pieces("2xl")
    assert {"dn20", "20"} <= pieces("dn20")


def test_names_are_found_by_steps():
    names = Names([(0, "可乐罐装"), (1, "可乐"), (2, "无糖可乐"), (3, "水")])

    hits = names.find("可乐")
    assert (set(hits.exact), set(hits.prefix), set(hits.contained)) == ({1}, {0}, {2})
    assert names.find("水").exact == {3}
    assert names.find("乐").all == frozenset()
    assert list(names.phrases.reach("可乐罐装20箱", 0)) == [2, 3, 4]
    assert {"可乐", "水"} <= set(names.phrases.words())


def test_words_that_sound_alike_are_heard_alike_but_numerals_are_not():
    assert heard("雪壁") == heard("雪碧")
    assert heard("鑫龙") == heard("鑫隆")
    assert heard("一中") != heard("亿中")
    assert (pinyin("一中"), initials("福满楼")) == ("yizhong", "fml")


def test_the_longest_colour_is_the_one_said():
    assert {"酒红", "红"} <= COLOURS
    assert list(colours("酒红色短袖 红色")) == [(0, 3), (6, 8)]
    assert coloured("酒红色短袖 黑") == ["黑", "酒红色"]
