"""Sizes and colours listed at random in catalogues made at random: what is written unasked is what was said."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.catalogue import Catalogue, Customer, Product, Unit, Warehouse
from handlers.understanding import Understanding, document
from tests.unit.understanding.lines import MONDAY

STYLES = ("圆领T恤", "连帽卫衣", "直筒裤", "帆布鞋", "儿童套装", "短袜")
COLOURS = ("黑色", "白色", "红色", "藏青", "酒红", "米白")
SIZES = (
    ("S", "M", "L", "XL", "2XL"),
    ("28", "29", "30", "31", "32"),
    ("36", "37", "38", "39", "40"),
    ("110", "120", "130", "140"),
)
EACH = ("各", "各来", "都要", "分别")


def _products(styles):
    made = {}
    for name, colours, sizes in styles:
        for colour in colours:
            for size in sizes:
                sku = f"{name}-{colour}-{size}"
                options = (("颜色", colour), ("尺码", size))
                made[sku] = Product(
                    sku, f"{name} {colour} {size}", (name,), "", "", options,
                    "件", (Unit("件", Decimal(1)),), Decimal(10), Decimal(0),
                )  # fmt: skip
    return made


def _some(values, least=1):
    return st.lists(st.sampled_from(values), min_size=least, max_size=len(values), unique=True)


@st.composite
def _listed(draw):
    names = draw(_some(STYLES, 2).map(lambda found: found[:3]))
    styles = [(name, draw(_some(COLOURS)), draw(st.sampled_from(SIZES))) for name in names]
    name, colours, sizes = draw(st.sampled_from(styles))
    chosen = draw(_some(colours).map(lambda found: found[:2]))
    listed = sorted(draw(_some(sizes, 2)), key=sizes.index)
    mark = draw(st.sampled_from(["、", "/", " ", "，", "和"]))
    kind = draw(st.sampled_from(["", "码"]))
    count, each = draw(st.integers(1, 12)), draw(st.sampled_from(EACH))
    said = {
        "name": name,
        "colours": "、".join(chosen),
        "sizes": mark.join(listed) + kind,
        "each": f"{each}{count}件",
    }
    shape = draw(
        st.sampled_from(
            [
                "{name}{colours}{sizes}{each}",
                "{name} {colours} {sizes}{each}",
                "{name} {sizes} {colours}{each}",
                "{colours}{name} {sizes}{each}",
                "{name}{colours}{each} {sizes}",
            ]
        )
    )
    lines = sorted((f"{name}-{colour}-{size}", str(count)) for colour in chosen for size in listed)
    return _products(styles), f"老徐鞋行 {shape.format(**said)}", lines


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(_listed())
def test_a_list_written_unasked_is_the_list_said(listed):
    products, text, lines = listed
    customer = Customer("K", "老徐鞋行", (), "", "", "", "", "", Decimal(0), 0, "A", "")
    catalogue = Catalogue({"K": customer}, products, {}, {"W": Warehouse("W", "总仓", (), (), "")})

    made = document(Understanding(catalogue).read(text, sender="x", now=MONDAY))

    if made["intent"] == "order.create" and not (made["missing"] or made["ambiguous"] or made["unknown"]):
        assert sorted((line["sku"], line["qty"]) for line in made["slots"]["lines"]) == lines, text
