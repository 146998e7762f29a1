from datetime import date, datetime, time
from decimal import Decimal

import pytest

from handlers.understanding.normalise.envelope import open_envelope
from handlers.understanding.normalise.lists import without_markers
from handlers.understanding.normalise.text import read_text
from handlers.understanding.values.clock import clocks, moment
from handlers.understanding.values.days import days
from handlers.understanding.values.numerals import number, numbers
from handlers.understanding.vocabulary.atoms import Alphabet, pieces
from handlers.understanding.vocabulary.names import Names
from handlers.understanding.vocabulary.sound import heard, initials, pinyin

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("一百二", "120"),
        ("两千零五", "2005"),
        ("1.2万", "12000"),
        ("1百", "100"),
        ("十五", "15"),
        ("两万五", "25000"),
    ],
)
def test_numbers_are_read_as_said(words, value):
    assert number(words) == Decimal(value)


def test_commas_between_thousands_are_dropped_and_others_stay():
    assert read_text("到账12,500元").low == "到账12500元"
    assert read_text("矿泉水550,100箱").low == "矿泉水550,100箱"
    assert read_text("矿泉水550，100箱").low == "矿泉水550,100箱"


def test_a_loose_number_is_either():
    assert next(numbers("二三十提")).values == (Decimal(20), Decimal(30))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("周三", "2026-11-25", "2026-11-25"),
        ("周一", "2026-11-23", "2026-11-23"),
        ("下周三", "2026-12-02", "2026-12-02"),
        ("25到27号", "2026-11-25", "2026-11-27"),
        ("下周一到周三", "2026-11-30", "2026-12-02"),
        ("11.30", "2026-11-30", "2026-11-30"),
        ("月底", "2026-11-30", "2026-11-30"),
        ("上个月", "2026-10-01", "2026-10-31"),
        ("腊月二十八", "2027-02-04", "2027-02-04"),
        ("中秋", "2027-09-15", "2027-09-15"),
        ("除夕", "2027-02-05", "2027-02-05"),
        ("10号", "2026-12-10", "2026-12-10"),
        ("上周", "2026-11-16", "2026-11-22"),
        ("三天后", "2026-11-26", "2026-11-26"),
    ],
)
def test_days_are_counted_from_today(words, first, last):
    longest = max(days(words, MONDAY), key=lambda found: found.end - found.start)

    assert (longest.first.isoformat(), longest.last.isoformat()) == (first, last)


def test_a_house_number_is_no_day():
    assert list(days("人民路88号", MONDAY)) == []


def test_two_in_the_afternoon_is_after_noon():
    now = datetime.fromisoformat("2026-11-23T10:00:00+08:00")

    assert moment(now, None, "afternoon", time(2)).hour == 14
    assert [clock.period or clock.at for clock in clocks("下午两点")] == ["afternoon", time(2)]


def test_a_run_of_letters_and_digits_is_one_atom():
    alphabet = Alphabet()

    assert len(alphabet.learn("六角螺栓 M8×30".lower().replace("×", "x"))) == 5
    assert alphabet.learn("xl") not in alphabet.learn("2xl")


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
    assert names.reach("可乐罐装20箱", 0) == [2, 3, 4]


def test_words_that_sound_alike_are_heard_alike_but_numerals_are_not():
    assert heard("雪壁") == heard("雪碧")
    assert heard("鑫龙") == heard("鑫隆")
    assert heard("一中") != heard("亿中")
    assert (pinyin("一中"), initials("福满楼")) == ("yizhong", "fml")


def test_spelling_keeps_the_place_of_every_character():
    text = read_text("矿泉水５５０ ＊２０【急】🙏")

    assert len(text.raw) == len(text.low)
    assert text.low == "矿泉水550 x20[急] "


def test_a_quoted_message_is_taken_apart():
    envelope = open_envelope("「跟单助手：#21 超时」\n- - - - - -\n收到", ("跟单助手",))

    assert envelope is not None
    assert envelope.quoted is not None
    assert (envelope.quoted.low, envelope.body.low) == ("#21 超时", "收到")


def test_heads_and_stamps_of_forwarded_chat_are_no_numbers():
    envelope = open_envelope("福满楼付经理 11/22 18:30\n纯生10箱", ())

    assert envelope is not None
    assert envelope.body.low == "福满楼付经理\n纯生10箱"


def test_list_markers_are_blanked_and_sizes_are_not():
    assert without_markers(read_text("川味轩\n1.冰红茶\n2.凉茶")).low == "川味轩\n  冰红茶\n  凉茶"
    assert without_markers(read_text("1.5平方 3卷\n2.5平方 2卷")).low == "1.5平方 3卷\n2.5平方 2卷"


def test_a_message_without_end_is_none():
    assert open_envelope("可乐" * 5000, ()) is None
