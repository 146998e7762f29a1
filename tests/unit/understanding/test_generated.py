"""Lines made from catalogues made at random: whatever is written unasked is what was said."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.catalogue import Catalogue, Customer, Product, Unit, Warehouse
from handlers.understanding import Understanding, document
from tests.unit.understanding.lines import MONDAY

BRANDS = ("金山", "银河", "长江", "江", "五星", "三角", "百合", "一品")
NOUNS = ("茶", "绿茶", "螺栓", "六角螺栓", "电线", "软电线", "短袜", "箱包", "瓶盖", "两用螺栓", "十字螺丝")
SIZES = (
    "",
    "500ml",
    "1L",
    "M8×30",
    "M8×3",
    "M10",
    "DN20",
    "DN200",
    "2.5平方",
    "12.5平方",
    "L",
    "XL",
    "2XL",
    "3号",
    "120抽",
)
TAILS = ("", "红色", "酒红色", "罐装", "瓶装", "黑 M", "黑 L")
UNITS = ("箱", "盒", "卷", "件", "瓶", "个", "包")
SHOPS = (
    "大江超市",
    "江超市",
    "三江五金",
    "第三食堂",
    "第五食堂",
    "一箱便利",
    "百合店",
    "长江百合店",
    "老地方酒楼",
)


def _product(index, parts):
    brand, noun, size, tail, unit = parts
    name = f"{brand}{noun}{size}{' ' if tail else ''}{tail}"
    small = "只" if unit != "只" else "个"
    units = (Unit(small, Decimal(1)), Unit(unit, Decimal(12)))
    return Product(f"P{index}", name, (), "", "", (), unit, units, Decimal(10), Decimal(0))


def _customer(index, name):
    return Customer(f"K{index}", name, (), "", "", "", "", "", Decimal(0), 0, "A", "")


PARTS = st.tuples(*(st.sampled_from(kind) for kind in (BRANDS, NOUNS, SIZES, TAILS, UNITS)))


@st.composite
def _said(draw):
    products = [
        _product(index, parts)
        for index, parts in enumerate(
            draw(st.lists(PARTS, min_size=2, max_size=8, unique_by=lambda parts: parts[:4]))
        )
    ]
    customers = [
        _customer(index, name)
        for index, name in enumerate(
            draw(st.lists(st.sampled_from(SHOPS), min_size=1, max_size=4, unique=True))
        )
    ]
    catalogue = Catalogue(
        {one.code: one for one in customers},
        {one.sku: one for one in products},
        {},
        {"W": Warehouse("W", "总仓", (), (), "")},
    )
    customer = draw(st.sampled_from(customers))
    chosen = draw(st.lists(st.sampled_from(products), min_size=1, max_size=4, unique_by=lambda one: one.sku))
    counts = [draw(st.integers(1, 300)) for _ in chosen]
    join = draw(st.sampled_from([" ", "，", "\n", "、"]))
    shape = draw(
        st.sampled_from(
            ["{name} {count}{unit}", "{count}{unit}{name}", "{name}{count}{unit}", "{name}\t{count}"]
        )
    )
    body = join.join(
        shape.format(name=product.name, count=count, unit=product.default_unit)
        for product, count in zip(chosen, counts, strict=True)
    )
    order = draw(
        st.sampled_from(
            ["{customer} {body}", "{customer}要{body}", "{body} 给{customer}", "{customer}\n{body}\n明天送"]
        )
    )
    lines = [
        {"sku": product.sku, "qty": str(count), "unit": product.default_unit}
        for product, count in zip(chosen, counts, strict=True)
    ]
    return catalogue, order.format(customer=customer.name, body=body), customer.code, lines


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_said())
def test_an_order_written_unasked_is_the_order_said(said):
    catalogue, text, customer, lines = said

    made = document(Understanding(catalogue).read(text, sender="x", now=MONDAY))

    if made["intent"] == "order.create" and not (made["missing"] or made["ambiguous"] or made["unknown"]):
        assert (made["slots"]["customer"], made["slots"]["lines"]) == (customer, lines), text


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=2))
def test_nothing_that_can_be_typed_is_an_error(text, history):
    from tests.unit.understanding.lines import understanding

    assert understanding("drinks").read(text, sender="x", now=MONDAY, history=history).intent


WORDS = st.sampled_from(
    "福满楼 华联 好邻居 可乐 罐装 雪碧 纯生 330 17 #17 十箱 20箱 两 半 箱 瓶 改成 加 减 不要 各 送 明天 周三 上午 的 了 吗 ? 「 」 \n \t / @ 按 44 元 一箱 各10箱 买10送1 通过 驳回 缺 退 取消 也一样 老样子 到 品名 数量 单位 - 0 合计 客户 1. 2. 我 请假 微信 3200 备注 地址".split(
        " "
    )
)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(WORDS, max_size=14),
    st.sampled_from(["", " "]),
    st.lists(st.lists(WORDS, max_size=6), max_size=2),
)
def test_no_mixture_of_known_words_is_an_error(words, join, history):
    from tests.unit.understanding.lines import understanding

    earlier = [join.join(line) for line in history]
    reading = understanding("drinks").read(join.join(words), sender="x", now=MONDAY, history=earlier)

    assert document(reading)["intent"]
