"""Words for colours, also those that no product has."""

import re

COLOURS = frozenset(
    "红 黄 蓝 绿 黑 白 灰 紫 粉 棕 橙 银 金 咖 米 青 杏 驼 花 双色 黄绿 深蓝 浅蓝 藏青 卡其 军绿 深灰 浅灰 米白 酒红 粉红 大红".split()
)
COLOUR = re.compile(f"(?:{'|'.join(sorted(COLOURS, key=len, reverse=True))})色")


def coloured(name: str) -> list[str]:
    """The colours that stand by themselves in a name."""
    words = re.split(r"[\s()（）/·,，、_-]+", name)
    found = [word for word in words if word.removesuffix("色") in COLOURS]
    found += [match[0] for match in COLOUR.finditer(name)]
    return list(dict.fromkeys(found))
