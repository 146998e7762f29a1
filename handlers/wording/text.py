"""The small change of sentences: names made harmless, money, quantities, days."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from domain.order import Line

# What could mention somebody or break a platform's markup becomes its full-width twin: the words stay readable,
# and no renderer further on can mistake them for its own marks (platforms: `<@id>`, `<font>`, `@all`, `**`, `[](…)`).
TWINS = str.maketrans("@<>*_`[]#|~\\&$", "＠＜＞＊＿｀［］＃｜～＼＆＄")
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
WEEKDAYS = "一二三四五六日"
PERIODS = {"morning": "上午", "noon": "中午", "afternoon": "下午", "evening": "晚上"}
METHODS = {"wechat": "微信", "alipay": "支付宝", "bank": "对公转账", "cash": "现金", "credit": "月结"}


def plain(text: str, limit: int = 200) -> str:
    """User text as text only: one line, nothing invisible, no markup, no mention, at most `limit` characters."""
    kept = "".join(" " if char in "\n\r\t" else char for char in text[: limit * 2] if _visible(char))
    short = re.sub(r"\s+", " ", kept).strip().translate(TWINS)
    return short if len(short) <= limit else short[: limit - 1] + "…"


def _visible(char: str) -> bool:
    return char in "\n\r\t" or unicodedata.category(char) not in INVISIBLE


def money(amount: Decimal) -> str:
    """`1,350.00`."""
    return f"{amount:,.2f}"


def price(amount: Decimal) -> str:
    """A unit price: two places, up to four where they say something."""
    trimmed = amount.quantize(Decimal("0.0001")).normalize()
    places = max(2, -int(trimmed.as_tuple().exponent))
    return f"{amount:,.{places}f}"


def number(value: Decimal) -> str:
    """`20`, `0.5`: no zeros that say nothing."""
    return f"{value.normalize():f}"


def packed(smallest: Decimal, unit: str, unit_size: Decimal, smallest_name: str) -> str:
    """So many of the smallest unit as people say it: `2箱3瓶`, `20箱`, `3瓶`."""
    if unit == smallest_name or unit_size == 1:
        return f"{number(smallest)}{unit}"
    sign, amount = ("-", -smallest) if smallest < 0 else ("", smallest)
    whole, rest = divmod(amount, unit_size)
    if whole and rest:
        return f"{sign}{number(whole)}{unit}{number(rest)}{smallest_name}"
    return f"{sign}{number(whole)}{unit}" if whole or not rest else f"{sign}{number(rest)}{smallest_name}"


def of_line(line: Line, smallest: Decimal) -> str:
    """So many of the smallest unit of this line, as people say it."""
    return packed(smallest, line.unit, line.unit_size, line.smallest)


def day(when: date, today: date) -> str:
    """`11-24 周二（明天）`."""
    names = {0: "（今天）", 1: "（明天）", 2: "（后天）", -1: "（昨天）"}
    year = f"{when.year}-" if when.year != today.year else ""
    return f"{year}{when:%m-%d} 周{WEEKDAYS[when.weekday()]}{names.get((when - today).days, '')}"


def days(start: date, end: date, today: date) -> str:
    """One day, or from one to another: `11-23 周一（今天） 至 11-25 周三（后天）`."""
    return day(start, today) if start == end else f"{day(start, today)} 至 {day(end, today)}"


def delivery(due: date | None, period: str | None, today: date) -> str:
    """When it is to be delivered: `11-24 周二（明天） 上午`, or an empty string."""
    parts = [day(due, today) if due else "", PERIODS.get(period or "", "")]
    return " ".join(part for part in parts if part)


def moment(at: datetime, zone: ZoneInfo) -> str:
    """`11-24 09:30` in the company's zone."""
    return f"{at.astimezone(zone):%m-%d %H:%M}"


def span(length: timedelta) -> str:
    """`5分钟`, `3小时20分`, `2天4小时`."""
    minutes = max(0, int(length.total_seconds() // 60))
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return f"{days}天{hours}小时" if hours else f"{days}天"
    if hours:
        return f"{hours}小时{rest}分" if rest else f"{hours}小时"
    return f"{rest}分钟"
