"""Numbers that count nothing: telephones, long references, discounts, car plates, numbered places."""

import re
from collections.abc import Iterator

from handlers.understanding.values.numerals import LOOSE

_DIGITS = r"\d[\d -]{3,18}\d(?!\d)"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLACE = r"(?:[a-z]?\d{1,4}|[一二三四五六七八九十]{1,3})"
_PATTERNS = (
    LOOSE,
    re.compile(r"(?<![\d.])1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"),
    re.compile(r"(?<![\d.])(?:0\d{2,3}-\d{7,8}|[48]00-\d{3,4}-?\d{3,4})(?!\d)"),
    re.compile(rf"(?:电话|手机|座机|固话|热线|传真|tel|phone)(?:号码?)?\s*[::是]?\s*(?P<n>{_DIGITS})"),
    re.compile(r"(?<![\d.])\d{9,20}(?![\d.])"),
    re.compile(r"一半|对半|[两二三四五六七八九十\d]{1,2}(?:样|种|款)(?=[一总]?共|合计|加起来)"),
    re.compile(r"分(?:成)?[\d一二两三四五六七八九几多]+(?:个)?[批次趟车](?:[送发走到])?|分批"),
    re.compile(r"[打]?(?:\d(?:\.\d)?|\d{2}|[一二三四五六七八九]{1,2})折"),
    re.compile(rf"[{_PROVINCES}][a-z][·. ]?[a-z0-9]{{5,6}}(?![a-z0-9])"),
    re.compile(rf"(?<!\d){_PLACE}(?:号(?:楼|门|院|库|仓|馆|桥|车间|窗口|桌|包[厢间]|档口|摊位|码头|宿舍|标段|地块)|[栋幢]|单元)"),
    re.compile(rf"(?<=[送到在去往至卸]){_PLACE}(?:号[线店岗口]|号?(?:工地|食堂|厂|仓库|门店|项目|窗口|车间)|[楼层])"),
)  # fmt: skip


def asides(low: str) -> Iterator[tuple[int, int]]:
    """Where such numbers stand in a line."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(low):
            yield match.span("n" if pattern.groups else 0)
