"""Beside the stages: the reasons of a reading, as data and as sentences."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.company.tables import read_catalogue
from bot.parse import parse_lines
from handlers.understanding.grammar.grounds import By
from handlers.understanding.normalise.text import fold, read_text
from handlers.understanding.reading import INTENTS
from handlers.understanding.why.facts import (
    Before,
    Decided,
    Entry,
    Evidence,
    Found,
    Narrowed,
    Open,
    Quoted,
    Said,
    Spelled,
    Step,
    TakenOff,
)
from handlers.understanding.why.figures import (
    Assumed,
    Counted,
    Dated,
    Given,
    Measured,
    Numbered,
    Paid,
    Priced,
    Timed,
    Unused,
)
from handlers.understanding.why.reasons import Reason, Why
from handlers.wording.grounds import decided, intent_name
from handlers.wording.reasons import Sentences
from tests.unit.understanding.lines import DATA, MONDAY, understanding
from tests.unit.understanding.test_generated import WORDS

FOLDERS = sorted(str(path.parent.relative_to(DATA)) for path in DATA.glob("**/lines.jsonl"))
BEER = Entry("D031", "雪峰纯生啤酒500ml瓶装")
SPRITE = Entry("D005", "雪碧330ml罐装")


def why(text: str, *history: str, trade: str = "drinks", now: datetime = MONDAY) -> Why:
    return understanding(trade).why(text, sender="lina", now=now, history=history)


def reasons(text: str, *history: str, trade: str = "drinks") -> list[Reason]:
    """All of them, those of the message first."""
    told = why(text, *history, trade=trade)
    return [*told.message, *(reason for request in told.requests for reason in request)]


def sentences(text: str, *history: str) -> list[str]:
    return list(Sentences(MONDAY.date()).all(why(text, *history)))


def catalogue_of(folder: str) -> str:
    """Whose catalogue the lines of a folder are about: their own, or that of the trade they are named after."""
    own = (DATA / folder / "customers.csv").exists()
    trade = folder.rpartition("/")[2]
    return folder if own else trade if (DATA / trade).exists() else "drinks"


def lines(folder: str) -> Iterator[dict[str, Any]]:
    for row in (DATA / folder / "lines.jsonl").read_text(encoding="utf-8").splitlines():
        if row.strip():
            yield json.loads(row)


@pytest.mark.parametrize(
    ("text", "step", "name", "code"),
    [
        ("福满楼酒店 纯生5箱", Step.EXACT, "福满楼酒店", "C019"),
        ("福满楼 纯生5箱", Step.ALIAS, "福满楼", "C019"),
        ("福满 纯生5箱", Step.PREFIX, "福满楼酒店", "C019"),
        ("c019 纯生5箱", Step.CODE, "", "C019"),
        ("fml 纯生5箱", Step.INITIALS, "福满楼", "C019"),
        ("fumanlou 纯生5箱", Step.PINYIN, "福满楼", "C019"),
        ("雪壁5箱", Step.CHARACTER, "雪碧", "D005"),
        ("酸没糖5箱", Step.SOUND, "酸梅汤", "D023"),
        ("罐装可乐5箱", Step.ALIAS, "罐装可乐", "D001"),
        ("可乐罐装5箱", Step.ALIAS, "罐装可乐", "D001"),
        ("无糖可乐330 5箱", Step.SIZE, "", "D004"),
    ],
)
def test_a_name_is_found_by_the_evidence_that_found_it(text, step, name, code):
    found = [
        one for one in reasons(text) if isinstance(one, Found) and code in {each.code for each in one.entries}
    ]

    assert [(step, name)] == [
        (one.step, one.name) for each in found for one in each.evidence if one.step == step
    ], found


@pytest.mark.parametrize(
    ("text", "step"),
    [("华联 纯生5箱", Step.PREFIX), ("啤酒5箱", Step.CONTAINED), ("碳酸饮料5箱", Step.LINE)],
)
def test_what_fits_several_says_how_it_fits_them_all(text, step):
    found = next(one for one in reasons(text) if isinstance(one, Found) and len(one.entries) > 1)

    assert [one.step for one in found.evidence] == [step]


def test_an_option_and_a_noun_said_before_are_told_apart():
    found = [one for one in reasons("圆领T恤 黑色 L 5件 XL 3件", trade="clothes") if isinstance(one, Found)]

    steps = {evidence.step for one in found for evidence in one.evidence}
    assert steps & {Step.OPTION, Step.SIZE}
    assert any(one.carried for one in found)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("福满楼 纯生半箱", Counted("半箱", (Decimal("0.5"),), "箱")),
        ("福满楼 纯生两箱半", Counted("两箱半", (Decimal("2.5"),), "箱")),
        ("福满楼 来几箱纯生", Counted("几箱", (), "箱")),
        ("福满楼 纯生二三十箱", Counted("二三十箱", (Decimal(20), Decimal(30)), "箱")),
        ("福满楼 纯生20", Measured("default", BEER, "", Decimal(20), "箱")),
        ("福满楼 雪碧5件", Measured("same", SPRITE, "件", Decimal(5), "箱")),
        ("福满楼 纯生两打", Measured("dozen", BEER, "打", Decimal(24), "瓶")),
        ("福满楼 纯生 雪碧 各10箱", Measured("each", SPRITE, "", Decimal(10), "箱")),
        ("福满楼 纯生22箱 其中2箱是送的", Measured("worked", BEER, "", Decimal(20), "箱")),
        ("福满楼 纯生20箱 送2箱", Measured("gift", BEER, "", Decimal(2), "箱")),
        ("8再加5箱雪碧", Measured("plus", SPRITE, "", Decimal(5), "箱")),
        ("8号单雪碧减2箱", Measured("minus", SPRITE, "", Decimal(2), "箱")),
        ("福满楼 纯生20箱 买10送1", Given("买10送1", BEER, Decimal(2), "箱")),
        ("福满楼 纯生20箱 按5块一瓶", Priced("按5块一瓶", Decimal(5), "瓶", Decimal(60), "箱")),
        ("福满楼付了1.2万", Paid("1.2万", Decimal(12000))),
        ("福满楼 纯生20箱 每箱12瓶", Unused("pack", "每箱12瓶")),
        ("福满楼 凉茶十箱不对十五箱", Unused("corrected", "十箱")),
        ("福满楼 纯生5箱 雪碧10箱 共15箱", Unused("total", "15箱")),
        ("华联 雪碧5箱 东湖店", Narrowed("together", "", Entry("C003", "华联超市(东湖店)"))),
        ("福满楼 牛奶5提", Narrowed("unit", "提", Entry("D034", "纯牛奶250ml"))),
        ("福满楼 纯生5箱 明天送", Dated("明天", date(2026, 11, 24), date(2026, 11, 24))),
        ("福满楼 纯生5箱 腊月二十八送", Dated("腊月二十八", date(2027, 2, 4), date(2027, 2, 4))),
        ("福满楼 纯生5箱 下午送", Assumed("today", date(2026, 11, 23))),
        ("福满楼 纯生5箱 傍晚送", Timed("傍晚", "evening")),
        ("17两小时后提醒我", Timed("两小时后", "", None, timedelta(hours=2))),
        ("17号单通过", Numbered("17号单", "17")),
        ("17通过", Numbered("17", "17")),
        ("刚才那单不要了", Numbered("刚才那单", "last")),
        ("福满楼 纯生5箱 送工地", Said("address", "工地")),
        ("福满楼 纯生5箱 备注走后门", Said("note", "走后门")),
        ("福满楼 纯生5箱 加急", Said("urgent", "加急")),
        ("福满楼微信付了500", Said("method", "微信")),
        ("我还有哪些单没收款", Said("state", "没收款")),
        ("@跟单助手 纯生5箱", TakenOff("bot", "@跟单助手")),
        ("麻烦福满楼纯生5箱", TakenOff("manners", "麻烦")),
        ("/发货 17", TakenOff("command", "/发货")),
        ("福满楼纯生５箱", Spelled("福满楼纯生５箱", "福满楼纯生5箱")),
        ("「#21 超时」\n收到", Quoted("#21 超时")),
        ("大众超市 纯生5箱", Open("customer", "unknown", "大众超市")),
        ("福满楼 红牛5箱", Open("lines[0].sku", "unknown", "红牛")),
        ("福满楼 纯生3桶", Open("lines[0].unit", "unit", "桶", (), BEER)),
        ("福满楼 来点纯生", Open("lines[0].qty", "unsaid", "", (), BEER)),
        ("纯生5箱", Open("customer", "unsaid")),
        (
            "福满楼 牛奶5箱",
            Open("lines[0].sku", "either", "牛奶", ("纯牛奶250ml", "纯牛奶1L", "低脂牛奶250ml")),
        ),
        ("福满楼 小盒纯牛奶二三十提", Open("lines[0].qty", "either", "", ("20", "30"), Entry("D034", "纯牛奶250ml"))),
    ],
)  # fmt: skip
def test_each_thing_read_has_its_reason(text, reason):
    assert reason in reasons(text)


@pytest.mark.parametrize(
    ("history", "text", "reason"),
    [
        ("人民路华联 罐装可乐20箱 明天送", "解放路也一样", Assumed("before", date(2026, 11, 24))),
        (
            "人民路华联 罐装可乐20箱",
            "解放路也一样",
            Before("lines", Entry("D001", "可乐330ml罐装")),
        ),
        ("福满楼 来点凉茶", "15箱", Before("customer", Entry("C019", "福满楼酒店"))),
        ("华联 雪碧5箱", "东湖店", Narrowed("before", "", Entry("C003", "华联超市(东湖店)"))),
    ],
)
def test_what_an_earlier_line_said_is_told_as_said_before(history, text, reason):
    assert reason in reasons(text, history)


def test_the_rows_of_a_table_are_told_by_their_own_words():
    told = reasons("福满楼 明天送\n品名\t数量\t单位\t单价\n瓶装金麦\t5\t箱\t36\n冰爽\t6\t件\t")

    assert [one.words for one in told if isinstance(one, Found)] == ["福满楼", "瓶装金麦", "冰爽"]
    assert [one.how for one in told if isinstance(one, Measured)] == ["same"]


def test_goods_that_only_an_earlier_line_named_are_told_as_such():
    told = reasons("改成30箱", "福满楼 雪碧20箱")

    assert Before("lines", SPRITE) in told


def test_each_request_of_a_message_has_its_own_reasons():
    told = why("17发了 18缺货")

    assert [request[0] for request in told.requests] == [
        Decided("order.ship", By.RULE, "发了"),
        Decided("order.shortage", By.RULE, "缺货"),
    ]
    assert sentences("17发了 18缺货")[0].startswith("第1件：")


@pytest.mark.parametrize("folder", FOLDERS)
def test_asking_why_changes_no_reading_and_every_reason_can_be_said(folder):
    trade = catalogue_of(folder)
    for case in lines(folder):
        now = datetime.fromisoformat(case["now"])
        history = tuple(case.get("history", ()))
        told = why(case["text"], *history, trade=trade, now=now)
        read = understanding(trade).read(case["text"], sender="lina", now=now, history=history)

        assert told.reading == read
        assert [request[0].intent for request in told.requests if isinstance(request[0], Decided)] == [
            one.intent for one in (read, *read.also)
        ]
        for amounts in (True, False):
            said = list(Sentences(now.date(), amounts=amounts).all(told))
            assert all(said)
            assert not any("{" in one or "None" in one for one in said)


@pytest.mark.parametrize("folder", FOLDERS)
def test_whatever_is_asked_is_told_and_nothing_else(folder):
    trade = catalogue_of(folder)
    for case in lines(folder):
        now = datetime.fromisoformat(case["now"])
        told = why(case["text"], *case.get("history", ()), trade=trade, now=now)
        for request, read in zip(told.requests, (told.reading, *told.reading.also), strict=True):
            asked = {reason.path for reason in request if isinstance(reason, Open)}
            assert asked == {*read.missing, *read.ambiguous, *read.unknown}


def named(reason: object) -> Iterator[Entry]:
    """Every entry in a reason."""
    if isinstance(reason, Entry):
        yield reason
    elif isinstance(reason, tuple):
        for one in reason:
            yield from named(one)
    elif is_dataclass(reason):
        for field in fields(reason):
            yield from named(getattr(reason, field.name))


MARKS = re.compile(r"[\W_]+")


def bare(words: str) -> str:
    return MARKS.sub("", fold(words))


def in_order(line: str, words: str) -> bool:
    """Whether all characters of `words` stand in a line in this order; a range is called 到 however it was said."""
    left = iter(line)
    return all(char in left for char in words.replace("到", ""))


@settings(max_examples=400, deadline=None)
@given(
    st.lists(WORDS, max_size=14),
    st.sampled_from(["", " "]),
    st.lists(st.lists(WORDS, max_size=6), max_size=2),
)
def test_reasons_name_only_what_was_said_or_is_in_the_catalogue(words, join, earlier):
    text, history = join.join(words), [join.join(line) for line in earlier]
    catalogue = understanding("drinks")
    told = catalogue.why(text, sender="lina", now=MONDAY, history=history)
    said = [bare(line) for line in (text, *history, read_text(text).raw)]
    codes = _catalogue_names()

    assert told.reading == catalogue.read(text, sender="lina", now=MONDAY, history=history)
    for reason in (*told.message, *(one for request in told.requests for one in request)):
        quoted = bare(str(getattr(reason, "words", "")))
        # What nobody knows may have been said in several places: 大众 … 超市.
        there = in_order if isinstance(reason, Open) else str.__contains__
        assert any(there(line, quoted) for line in said), reason
        assert all(codes[entry.code] == entry.name for entry in named(reason)), reason


@cache
def _catalogue_names() -> dict[str, str]:
    """The name of every entry by its code."""
    catalogue = read_catalogue(DATA / "drinks")
    tables = (catalogue.customers, catalogue.products, catalogue.staff, catalogue.warehouses)
    return {code: one.name for table in tables for code, one in table.items()}


def test_every_reason_and_every_kind_of_it_has_words():
    told = Sentences(MONDAY.date())
    entry = Entry("D001", "可乐")

    assert all(decided(Decided("none", by, "话")) for by in By)
    assert all(told.one(Found("product", "话", (entry,), (Evidence(step, "话", "名"),))) for step in Step)
    assert all(intent_name(intent) != intent for intent in INTENTS)
    assert {type(reason) for case in ("福满楼 纯生5箱",) for reason in reasons(case)} <= set(get_args(Reason))


def test_amounts_are_left_out_where_not_everybody_may_see_them():
    told = why("福满楼 纯生20箱 按64块一箱")
    shown, hidden = (list(Sentences(MONDAY.date(), amounts=amounts).all(told)) for amounts in (True, False))

    assert any("64" in one for one in shown)
    assert not any("64" in one for one in hidden)


def test_what_was_typed_cannot_mention_or_mark_up():
    said = "".join(sentences("福满楼 纯生5箱 备注 @all <a>**[x](y)"))

    assert not set("@<>*[]`") & set(said)


CASES = [
    '{"text": "福满楼20箱纯生 雪壁10箱半", "as": "lina"}',
    "",
    '{"text": "人民路的", "history": ["华联 可乐5箱"]}',
]


def test_parse_says_why_in_a_field_of_its_own_and_nothing_else_moves():
    folder = DATA / "drinks"
    plain = list(parse_lines(folder, MONDAY, CASES))
    told = [json.loads(line) for line in parse_lines(folder, MONDAY, CASES, why=True)]

    assert "「雪壁」是商品 D005 雪碧330ml罐装（和「雪碧」同音，差一个字）" in told[0]["why"]
    assert all(one.pop("why") for one in told)
    assert [json.dumps(one, ensure_ascii=False) for one in told] == plain
