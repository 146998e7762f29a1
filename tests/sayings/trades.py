"""What the trades sell: families of goods whose names contain one another, carry digits and units, sizes and options."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """Goods of one kind. Each product is a brand, a noun, a size and a kind, or one colour and size of a style.

    `units` as in `products.csv`, the smallest first; `default` is the one of the price list.
    `mixed` families have a colour and a size as options, and each noun a style number.
    """

    line: str
    nouns: tuple[str, ...]
    sizes: tuple[str, ...]
    kinds: tuple[str, ...]
    units: str
    default: str
    spec: str = ""
    colours: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()

    @property
    def mixed(self) -> bool:
        """Whether its goods come in colours and sizes."""
        return bool(self.measures)


BRANDS = tuple(
    "金山 银河 长江 江 五星 三角 百合 一品 双喜 九龙 半亩 千岛 万家 六合 八宝 四海 二泉 十里 大江 小江 百惠 江南 南江 金山岭 星河 三五 老三 一号仓 加多福 少林 两江 西江月 送福 到家香 明日 周记 张一元 王二小 新一佳 百里香 云上 云上人家 海天一色 山里红 红山 青山 青山绿水 绿水 东方 东方红 小太阳 太阳 月半 半月 禾 嘉禾 禾丰 丰收 大丰收 同福 福同 福临门口 家乐美 美家乐 好日子 日子 阳光 阳光里 白鹿 鹿".split()
)
LETTERS = ("S", "M", "L", "XL", "2XL", "3XL")
WAISTS = ("28", "29", "30", "31", "32", "33", "34")
SHOES = ("36", "37", "38", "39", "40", "41", "42", "43")
COLOURS = ("黑色", "白色", "红色", "酒红色", "深蓝", "浅蓝", "藏青", "灰色", "深灰", "卡其", "米白", "粉色")


def _family(
    line: str, nouns: str, sizes: str, kinds: str, units: str, default: str, spec: str = ""
) -> Family:
    return Family(line, tuple(nouns.split()), _words(sizes), _words(kinds), units, default, spec)


def _styles(line: str, nouns: str, measures: tuple[str, ...], units: str, default: str) -> Family:
    return Family(line, tuple(nouns.split()), ("",), ("",), units, default, "", COLOURS, measures)


def _words(words: str) -> tuple[str, ...]:
    return tuple("" if word == "-" else word for word in words.split())


TRADES: Mapping[str, tuple[Family, ...]] = {
    "drinks": (
        _family("碳酸饮料", "可乐 无糖可乐 香草可乐 汽水 橙味汽水", "330ml 500ml 1L 1.5L 2L", "罐装 瓶装 大瓶", "瓶;提=6;箱=24", "箱", "24瓶/箱"),
        _family("茶饮料", "茶 绿茶 冰绿茶 茉莉绿茶 红茶 冰红茶 九制陈皮茶 三清茶", "250ml 500ml 550ml 1L", "- 无糖", "瓶;箱=15", "箱", "15瓶/箱"),
        _family("奶制品", "牛奶 纯牛奶 低脂牛奶 酸奶 风味酸奶 六个核桃奶", "200ml 250ml 1L", "- 原味 草莓味", "盒;提=12;箱=24", "箱", "24盒/箱"),
        _family("酒", "啤酒 纯生啤酒 纯生 二锅头 老白干 三年陈酿 五年陈酿 十五年陈酿", "330ml 500ml 42度 52度", "- 礼盒", "瓶;箱=12", "箱", "12瓶/箱"),
        _family("水", "矿泉水 天然矿泉水 苏打水 纯净水", "350ml 550ml 1.5L 5L", "-", "瓶;箱=24;打=12", "箱", "24瓶/箱"),
    ),
    "hardware": (
        _family("紧固件", "螺栓 六角螺栓 内六角螺栓 外六角螺栓 膨胀螺栓", "M6×20 M6×30 M8×3 M8×30 M8×35 M8×300 M10×30 M10×40 M12×30", "- 镀锌 304", "个;盒=100;箱=1000", "盒", "100个/盒"),
        _family("螺钉", "螺丝 自攻螺丝 十字螺丝 干壁钉", "4×16 4×25 4×40 3.5×25 5×50", "- 黑 白", "个;盒=500", "盒", "500个/盒"),
        _family("电线", "电线 软电线 硬电线 护套线", "1平方 1.5平方 2.5平方 12.5平方 4平方 6平方", "红色 蓝色 黄绿", "米;卷=100", "卷", "100米/卷"),
        _family("管件", "水管 弯头 45度弯头 直接 三通 等径三通 异径三通 四通", "DN15 DN20 DN25 DN200", "-", "个;包=50", "个", "50个/包"),
        _family("低压电器", "断路器 漏电断路器 空开 三相空开", "16A 32A 63A 100A", "1P 2P 3P", "个;盒=6", "个"),
        _family("五金工具", "扳手 活动扳手 两用扳手 内六角扳手 五金套 三件套 十件套", "8寸 10寸 12寸", "-", "把;盒=6;箱=36", "把"),
    ),
    "clothes": (
        _styles("T恤", "T恤 圆领T恤 短袖T恤 圆领短袖T恤", LETTERS, "件;手=5;打=12", "件"),
        _styles("裤装", "牛仔裤 直筒牛仔裤 西裤 休闲西裤", WAISTS, "条;手=5", "条"),
        _styles("鞋", "帆布鞋 高帮帆布鞋 运动鞋 老爹运动鞋", SHOES, "双;箱=12", "双"),
        _styles("外套", "卫衣 连帽卫衣 羽绒服 短款羽绒服", LETTERS, "件;手=4", "件"),
        _family("袜", "短袜 船袜 中筒袜 棉袜 七天棉袜", "- 均码", "黑色 白色 灰色", "双;打=12;包=10", "双"),
    ),
    "daily": (
        _family("纸", "抽纸 软抽纸 卷纸 三层卷纸 手帕纸 一提抽纸", "100抽 120抽 10包 12卷 3层", "-", "包;提=10;箱=60", "箱"),
        _family("洗护", "牙膏 两面针叶牙膏 儿童牙膏 洗发水 去屑洗发水 沐浴露 一洗净", "90g 120g 400ml 750ml", "- 清香 薄荷", "支;盒=12;箱=48", "盒"),
        _family("家纺", "三件套 四件套 全棉四件套 被套 枕套 双人被", "1.2米 1.5米 1.8米 2米", "- 粉色 灰色", "套;箱=8", "套"),
        _family("清洁", "洗衣液 薰衣草洗衣液 洗衣粉 八合一洗衣凝珠 502胶", "500g 1kg 2kg 5kg", "-", "瓶;箱=8", "箱"),
        _family("电池", "电池 碱性电池 五号电池 七号电池 纽扣电池", "5号 7号 2粒 4粒", "-", "粒;卡=4;盒=40", "盒"),
    ),
    "food": (
        _family("粮油", "大米 东北大米 长粒大米 面粉 高筋面粉 菜油 大豆油", "5kg 10kg 25kg 5L", "-", "袋;包=4;吨=200", "袋"),
        _family("调味", "酱油 老抽酱油 生抽酱油 醋 白醋 十三香 一品鲜", "150ml 500ml 1.9L 45g", "- 瓶装 袋装", "瓶;件=12", "件"),
        _family("零食", "瓜子 五香瓜子 八宝粥 三只坚果 千层饼 千层酥饼 每日坚果", "50g 160g 360g 500g", "- 原味 焦糖味", "包;箱=20", "箱"),
        _family("方便食品", "方便面 红烧牛肉面 牛肉面 一碗面 米线 酸辣米线", "100g 5连包 12桶", "- 大桶 小桶", "桶;箱=12", "箱"),
    ),
    "stationery": (
        _family("笔", "中性笔 签字笔 圆珠笔 四色圆珠笔 白板笔", "0.5mm 0.7mm 1.0mm", "黑色 蓝色 红色", "支;盒=12;箱=144", "盒"),
        _family("本册", "笔记本 活页笔记本 错题本 三年级错题本 单线本", "A4 A5 B5 60页 100页", "-", "本;包=10", "本"),
        _family("纸品", "复印纸 彩色复印纸 打印纸 便利贴", "A3 A4 70g 80g", "-", "包;箱=8", "包"),
    ),
}  # fmt: skip
