import pytest

from tests.unit.understanding.lines import understanding

HUALIAN = ("C001", "C002", "C003")
COKES = ("D001", "D002", "D003")


@pytest.mark.parametrize(
    ("kind", "words", "among", "chosen"),
    [
        ("customer", "人民路的", HUALIAN, ("C001",)),
        ("customer", "东湖那家", HUALIAN, ("C003",)),
        ("customer", "火车站那家", ("C007", "C008", "C009"), ("C009",)),
        ("customer", "2", HUALIAN, ("C002",)),
        ("customer", "第二个", HUALIAN, ("C002",)),
        ("customer", "最后一个", HUALIAN, ("C003",)),
        ("customer", "jiefanglu", HUALIAN, ("C002",)),
        ("customer", "福满楼", HUALIAN, ()),
        ("sku", "罐装", COKES, ("D001",)),
        ("sku", "330的", COKES, ("D001",)),
        ("sku", "500", COKES, ("D002",)),
        ("sku", "大瓶", COKES, ("D003",)),
        ("sku", "D002", COKES, ("D002",)),
        ("sku", "雪碧", COKES, ()),
        ("staff", "王敏", ("wangqiang", "wangmin"), ("wangmin",)),
        ("warehouse", "冷库", ("W01", "W02", "W03"), ("W03",)),
        ("unit", "箱", ("箱", "瓶"), ("箱",)),
        ("qty", "30", ("20", "30"), ("30",)),
        ("qty", "三十箱", ("20", "30"), ("30",)),
    ],
)
def test_an_answer_chooses_among_what_was_offered(kind, words, among, chosen):
    assert understanding("drinks").choose(kind, words, among) == chosen
