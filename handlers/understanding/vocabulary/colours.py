"""Words for colours, also those that no product has."""

import re
from collections.abc import Iterator

COLOURS = frozenset(
    """红 黄 蓝 绿 黑 白 灰 紫 粉 棕 橙 银 金 咖 米 青 杏 驼 花 双色 黄绿 深蓝 浅蓝 藏青 卡其 军绿 深灰 浅灰 米白 酒红 粉红 大红
    墨绿 草绿 果绿 豆绿 湖蓝 天蓝 宝蓝 孔雀蓝 雾霾蓝 玫红 枣红 砖红 橘红 西瓜红 姜黄 鹅黄 柠檬黄 奶白 炭灰 烟灰 藕粉 浅粉 深紫 浅紫 香芋紫""".split()
)
_LONGEST_COLOUR = max(map(len, COLOURS))
_MARKS = re.compile(r"[\s()（）/·,，、_-]+")


def colours(words: str) -> Iterator[tuple[int, int]]:
    """Where colours stand that are said as such (红色, 墨绿色)."""
    end = words.find("色")
    while end >= 0:
        begins = range(max(0, end - _LONGEST_COLOUR), end)
        start = next((start for start in begins if words[start:end] in COLOURS), end)
        if start < end:
            yield start, end + 1
        end = words.find("色", end + 1)


def coloured(name: str) -> list[str]:
    """The colours that stand by themselves in a name."""
    found = [word for word in _MARKS.split(name) if word.removesuffix("色") in COLOURS]
    found += [name[start:end] for start, end in colours(name)]
    return list(dict.fromkeys(found))
