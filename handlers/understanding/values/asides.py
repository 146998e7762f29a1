"""Numbers that count nothing: telephones and long references."""

import re
from collections.abc import Iterator

_DIGITS = r"\d[\d -]{3,18}\d(?!\d)"
_PATTERNS = (
    re.compile(r"(?<![\d.])1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"),
    re.compile(r"(?<![\d.])(?:0\d{2,3}-\d{7,8}|[48]00-\d{3,4}-?\d{3,4})(?!\d)"),
    re.compile(rf"(?:电话|手机|座机|固话|热线|传真|tel|phone)(?:号码?)?\s*[::是]?\s*(?P<n>{_DIGITS})"),
    re.compile(r"(?<![\d.])\d{9,20}(?![\d.])"),
)


def asides(low: str) -> Iterator[tuple[int, int]]:
    """Where such numbers stand in a line."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(low):
            yield match.span("n" if pattern.groups else 0)
