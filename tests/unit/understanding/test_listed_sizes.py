"""Sizes and colours listed side by side, each with its goods, and none taken for a quantity."""

import pytest

from tests.unit.understanding.lines import read


def lines(text: str, trade: str) -> list[str]:
    """Product and quantity of each line; `?` where it must be asked about."""
    return [
        f"{line.get('sku', '?')} {line.get('qty', '?')}" for line in read(text, trade=trade)["slots"]["lines"]
    ]


@pytest.mark.parametrize("each", ["各", "每码", "各要", "都要", "各来"])
@pytest.mark.parametrize("kind", ["", "码", "的", "号"])
@pytest.mark.parametrize("mark", ["、", "/", ",", " ", "和"])
@pytest.mark.parametrize("gap", ["", " "])
def test_a_number_in_a_list_of_sizes_is_no_quantity(gap, mark, kind, each):
    listed = mark.join(("28", "29", "30"))

    made = lines(f"广发 直筒裤深蓝{gap}{listed}{kind}{each}4条", "third/garments")

    assert made == ["NZ01 4", "NZ02 4", "NZ03 4"]


@pytest.mark.parametrize(
    "text",
    [
        "广发 直筒裤深蓝28、29、30 4条",
        "广发 直筒裤深蓝28 29 30 4条",
        "广发 直筒裤深蓝28、29、30码4条",
        "老徐 帆布鞋黑色36到38码2双",
        "老李 M8、M10螺母2盒",
    ],
)
def test_one_quantity_behind_several_sizes_is_asked_about(text):
    made = read(text, trade="third/fasteners" if "螺母" in text else "third/garments")

    assert made["missing"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("老徐 36、37码帆布鞋黑色各2双", ["FB01 2", "FB02 2"]),
        ("老徐 黑、白帆布鞋36码各2双", ["FB01 2", "FB06 2"]),
        ("老徐 帆布鞋36、37 黑白各2双", ["FB01 2", "FB02 2", "FB06 2", "FB07 2"]),
        ("老徐 帆布鞋黑36、37 白38、39 各2双", ["FB01 2", "FB02 2", "FB08 2", "FB09 2"]),
        ("老徐 帆布鞋黑36 37 白38 39各2双", ["FB01 2", "FB02 2", "FB08 2", "FB09 2"]),
        ("老徐 帆布鞋36黑、37白 38黑各2双", ["FB01 2", "FB07 2", "FB03 2"]),
        ("老徐 帆布鞋黑色各2双 36、37码", ["FB01 2", "FB02 2"]),
        ("老徐 帆布鞋 36、37码各2双 黑色", ["FB01 2", "FB02 2"]),
        ("风尚 圆领T恤黑M、白各3件", ["TX01 3", "TX05 3"]),
        ("风尚 圆领T恤黑M L 白XL各3", ["TX01 3", "TX02 3", "TX07 3"]),
        ("风尚 圆领T恤黑 M L 连帽卫衣 粉 L XL 各2", ["TX01 2", "TX02 2", "WY10 2", "WY11 2"]),
        ("风尚 圆领T恤黑白M到L各3件", ["TX01 3", "TX02 3", "TX05 3", "TX06 3"]),
        ("童话屋 儿童套装黄110、120码 蓝140码 各5套", ["TZ01 5", "TZ02 5", "TZ09 5"]),
        ("风尚 圆领T恤、连帽卫衣 黑M各2件", ["? 2", "WY01 2"]),
    ],
)
def test_each_style_and_colour_has_the_sizes_listed_with_it(text, wanted):
    assert lines(text, "third/garments") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("大顺 50、75、110排水管各20根", ["F030 20", "F031 20", "F032 20"]),
        ("老李 M8、M10螺母各一盒", ["F011 1", "F012 1"]),
        ("老李 6、8厘钻头各5支", ["F052 5", "F053 5"]),
        ("老李 2.5、4平方红线各2卷", ["F039 2", "F041 2"]),
        ("老李 BV线红 1.5、2.5、4平方各1卷", ["F038 1", "F039 1", "F041 1"]),
        ("老李 1/2、3/4寸球阀各5个", ["F034 5", "F035 5"]),
        ("老李 球阀 1/2的5个 3/4的3个", ["F034 5", "F035 3"]),
        ("老李 螺母 6、8、10的各2盒", ["F010 2", "F011 2", "F012 2"]),
    ],
)
def test_a_list_before_its_noun_shares_it(text, wanted):
    made = read(text, trade="third/fasteners")

    assert lines(text, "third/fasteners") == wanted
    assert "due" not in made["slots"]


def test_numbers_of_days_stay_days_where_nothing_counts_them():
    made = read("广发 直筒裤深蓝28、29各4条 30号送", trade="third/garments")

    assert made["slots"]["due"] == "2026-11-30"
    assert len(made["slots"]["lines"]) == 2


def test_a_size_written_in_full_after_a_quantity_leaves_it_a_quantity():
    assert lines("恒昌 镀锌管 dn25 20 dn50 10", "unseen/hardware") == ["H003 20", "H004 10"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("老徐 帆布鞋黑38 1双 39 2双", ["FB03 1", "FB04 2"]),
        ("老徐 帆布鞋黑38 一双39 两双", ["FB03 1", "FB04 2"]),
        ("老徐 帆布鞋黑38 1双39 2双，运动鞋黑40、41各3双", ["FB03 1", "FB04 2", "YD01 3", "YD02 3"]),
        ("广发 直筒裤深蓝29码8 31码28 32码18", ["NZ02 8", "NZ04 28", "NZ05 18"]),
        ("风尚 2301黑L10XL12", ["WY02 10", "WY03 12"]),
        ("风尚 2301黑MLXL码各来10件", ["WY01 10", "WY02 10", "WY03 10"]),
        ("童话屋 110的儿童套装黄和蓝各2", ["TZ01 2", "TZ06 2"]),
        ("童话屋 110 120的儿童套装黄和蓝各2", ["TZ01 2", "TZ02 2", "TZ06 2", "TZ07 2"]),
        ("广发百货\n羽绒服\tXL\tL\t2XL\n黑色\t35", ["YR02 35"]),
    ],
)
def test_sizes_beside_quantities_stay_sizes(text, wanted):
    assert lines(text, "third/garments") == wanted


def test_each_reaches_back_no_further_than_another_quantity():
    made = read("福满楼 雪碧、凉茶5箱、绿茶、酸梅汤各10箱")

    assert [line.get("qty") for line in made["slots"]["lines"]] == [None, "5", "10", "10"]
    assert made["missing"] == ["lines[0].qty"]
