"""The last stage alone: requests with the ground they stand on, alone and in a conversation."""

from datetime import datetime

import pytest

from handlers.understanding.grammar.grounds import By
from handlers.understanding.normalise.envelope import open_envelope
from handlers.understanding.readings.choosing import Chooser
from handlers.understanding.readings.drafting import Sketch
from handlers.understanding.readings.messages import Context, MessageReader, joined
from handlers.understanding.readings.places import address, note
from tests.unit.understanding.lines import MONDAY
from tests.unit.understanding.test_spans import lexicon, line, scanner


def requests(text: str, *history: str, now: datetime = MONDAY) -> list[Sketch]:
    """The requests of a message before they are joined to a reading."""
    reader = MessageReader(lexicon(), scanner())
    context = Context()
    for earlier in history:
        envelope = open_envelope(earlier, ())
        assert envelope is not None
        context = reader.after(envelope, now, context)
    opened = open_envelope(text, ())
    assert opened is not None
    return reader.read(opened, now, context)


@pytest.mark.parametrize(
    ("text", "intent", "by", "words"),
    [
        ("确认", "confirm", By.PHRASE, "确认"),
        ("可乐还有吗", "stock.show", By.RULE, "还有吗"),
        ("17不批 太便宜", "order.reject", By.RULE, "不批"),
        ("「跟单助手：#21 超时」\n收到", "alert.ack", By.UNDER_QUOTE, "收到"),
        ("福满楼老样子", "order.repeat", By.REPEATS, "老样子"),
        ("17号单雪碧改成15箱", "order.change", By.CHANGES, "雪碧改"),
        ("17到哪了", "order.find", By.FINDS, "到哪"),
        ("未完成的订单", "order.find", By.LISTED, "未完成的订单"),
        ("福满楼纯生20箱", "order.create", By.COUNTED, "20箱"),
        ("福满楼 纯生", "order.create", By.FOR_CUSTOMER, "福满楼"),
        ("来点凉茶", "order.create", By.BUYS, "来点"),
        ("客户\t品名\t数量\n福满楼\t纯生\t5", "order.create", By.TABLE, ""),
        ("昨天福满楼纯生20箱", "none", By.PAST, "昨天福满楼纯生20箱"),
        ("可能要20箱纯生", "none", By.DOUBT, "可能"),
        ("刚喝了两箱啤酒", "none", By.STORY, "刚喝"),
        ("华联要不要可乐", "none", By.QUESTION, "要不要"),
        ("今天好冷", "none", By.NOTHING, "今天好冷"),
        ("。。。", "none", By.NOTHING, "。。。"),
    ],
)
def test_a_request_says_what_decided_it(text, intent, by, words):
    (made,) = requests(text)

    assert (made.intent, made.ground and made.ground.by) == (intent, by)
    assert made.ground is not None
    assert made.line is not None
    assert made.ground.words(made.line) == words


@pytest.mark.parametrize(
    ("history", "text", "intent", "by"),
    [
        ("华联 罐装可乐20箱 明天送", "人民路的", "order.create", By.FILLS),
        ("福满楼 来点凉茶", "15箱", "order.create", By.FILLS),
        ("人民路华联 罐装可乐20箱 明天送", "解放路也一样", "order.create", By.SAME),
        ("福满楼 罐装可乐20箱", "可乐改成15箱", "order.change", By.CHANGES),
        ("福满楼 罐装可乐20箱", "后天送", "order.change", By.CORRECTS),
        ("福满楼 罐装可乐20箱", "好的", "confirm", By.AGREES),
    ],
)
def test_a_line_after_another_says_what_it_has_from_it(history, text, intent, by):
    (made,) = requests(text, history)

    assert (made.intent, made.ground and made.ground.by) == (intent, by)


def test_each_of_several_requests_stands_on_its_own_words():
    first, second = requests("17发了 18缺货")

    assert (first.intent, second.intent) == ("order.ship", "order.shortage")
    assert [made.line.text.raw for made in (first, second) if made.line] == ["17发了 ", "18缺货"]
    assert joined([first, second]).also == (second.reading(),)


def test_chatter_beside_a_request_is_left_out_and_alone_it_is_all_there_is():
    assert [made.intent for made in requests("17发了 福满楼纯生可能要5箱")] == ["order.ship"]
    assert [made.intent for made in requests("今天好冷")] == ["none"]


def test_the_rows_of_a_table_say_whom_they_are_for():
    made = requests("客户\t品名\t数量\n福满楼\t纯生\t5\n川味轩\t凉茶\t6")

    assert [[one.words for one in order.mentions] for order in made] == [["福满楼"], ["川味轩"]]


@pytest.mark.parametrize(
    ("kind", "words", "code", "way"),
    [
        ("customer", "C009", "C009", "code"),
        ("customer", "火车站那家", "C009", "name"),
        ("customer", "第二个", "C009", "place"),
        ("customer", "3", "C009", "place"),
        ("sku", "330的", "D001", "size"),
        ("qty", "20箱", "20", "value"),
        ("unit", "箱", "箱", "value"),
    ],
)
def test_an_answer_fits_by_one_of_several_ways(kind, words, code, way):
    assert Chooser(lexicon(), scanner()).how(kind, words, code) in {way, "code" if way == "value" else way}


def test_a_place_and_a_remark_are_taken_as_they_are_said():
    place, remark = address(line("纯生5箱 送工地")), note(line("纯生5箱 备注走后门"))

    assert place is not None
    assert remark is not None
    assert (place.words, remark.words) == ("工地", "走后门")
    assert address(line("纯生5箱 送福满楼")) is None


@pytest.mark.parametrize("words", ["请假两两两两两两两两两两天，小何替我", "我请假9999999999天"])
def test_days_off_without_end_are_none(words):
    assert [made.intent for made in requests(words)] == ["none"]
