"""Customers: chains with branches, schools, restaurants, companies; names with numbers, units and verbs in them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product, zip_longest

from domain.catalogue import Customer

ROADS = tuple(
    "人民路 解放路 中山路 建设路 东湖 西湖 南湖 火车站 大学城 科技三路 科技五路 步行街 万象城 北岸 江滨 学府路 文昌路 书院路 柳荫街 永兴街 站前路 渡口街 兴业路 开发区 高新区 老城 新城 城东 城西 城南 城北 一中 二中 三里屯 五里牌 八一路 二七路 四牌楼 六合里 七宝 九曲 十字街 百花 千秋 万寿路 半山 双桥 三桥 五一路".split()
)
CHAINS = tuple(
    "华联超市 好邻居便利店 惠民超市 一箱便利 两瓶小酒馆 五件衣橱 半箱咖啡 三包零食铺 7天便利 365便利店 八点半便利 九号公路咖啡 明天超市 今天便利 周五小馆 下午茶餐厅 到家超市 送达便利 多多超市 加加酱园 少年宫书店 大江超市 江超市 小江超市 三江五金 长江百货 江百货 百合花店 永兴超市 永旺达超市 家家乐超市 乐家便利店 四季便利店 晨光文具 金龙服装 金隆百货 老地方酒楼 老王小卖部 福满楼 小福满楼 川味轩火锅 蜀香园火锅店 东北饺子馆 江南小厨 江南春餐厅 老乡鸡 万家福 万福家 新世纪 世纪新城".split()
)
KINDS = ("超市", "便利店", "饭店", "五金店", "服装店", "文具店", "批发部", "小卖部", "食堂", "烧烤")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
GIVEN = "建平 秀英 福来 大勇 小芳 美丽 志强 国庆 春花 卫东 海燕 晓明 永红 长生 三妹 四宝".split()
ORDINALS = "一二三四五六七八九十"


def clientele(size: int) -> list[Customer]:
    """So many different customers, the same every time."""
    names = (
        made for row in zip_longest(_branches(), _people(), _schools(), _firms()) for made in row if made
    )
    chosen: dict[str, tuple[str, ...]] = {}
    for name, aliases in names:
        chosen.setdefault(name, aliases)
        if len(chosen) == size:
            break
    return [shop(f"K{at:05}", *one) for at, one in enumerate(chosen.items(), 1)]


def shop(code: str, name: str, aliases: Sequence[str] = ()) -> Customer:
    """A customer of whom only the name matters."""
    contact = SURNAMES[len(name) % len(SURNAMES)] + GIVEN[sum(map(ord, code)) % len(GIVEN)]
    return Customer(
        code, name, tuple(aliases), "商超", "东湖区", "人民路88号", contact, "", Decimal(0), 0, "A", ""
    )


def branch(chain: str, road: str) -> tuple[str, tuple[str, ...]]:
    """A branch and what it is called: 华联超市(人民路店), 人民路华联超市."""
    return f"{chain}({road}店)", (f"{road}{chain}", f"{chain}{road}")


def _branches() -> Iterator[tuple[str, tuple[str, ...]]]:
    for number, (chain, road) in product(range(1, 5), product(CHAINS, ROADS)):
        yield branch(chain, road if number == 1 else f"{road}{'东西南北'[number - 1]}口")


def _people() -> Iterator[tuple[str, tuple[str, ...]]]:
    for given, surname, kind in product(GIVEN, SURNAMES, KINDS):
        yield f"{surname}{given}{kind}", (f"{surname}{given}",) if kind == "超市" else ()


def _schools() -> Iterator[tuple[str, tuple[str, ...]]]:
    for road, ordinal, school in product(ROADS, ORDINALS, ("中学", "小学", "幼儿园")):
        yield f"{road}第{ordinal}{school}食堂", (f"{road}{ordinal}{school[0]}食堂",)


def _firms() -> Iterator[tuple[str, tuple[str, ...]]]:
    for road, word, kind in product(ROADS, CHAINS, ("商贸", "贸易", "实业")):
        yield f"{road}{word[:2]}{kind}有限公司", (f"{road}{word[:2]}{kind}",)
