"""Slots read from the items of a line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from handlers.understanding.spans.items import Item, Line
from handlers.understanding.values.clock import MORNING, Clock, moment
from handlers.understanding.values.days import Days
from handlers.understanding.values.money import Money
from handlers.understanding.values.numerals import Number
from handlers.understanding.values.refs import Orders
from handlers.understanding.vocabulary.lexicon import Lexicon
from handlers.understanding.vocabulary.mentions import Named
from handlers.understanding.vocabulary.names import Names

METHODS = (
    ("wechat", r"微信|wx|vx"),
    ("alipay", r"支付宝|zfb"),
    ("bank", r"对公|银行|转账到公|公户|网银|公司账户|电汇|承兑|打卡|卡上"),
    ("cash", r"现金|现结|现钱|现款"),
    ("credit", r"月结|挂账|记账|赊账|账期"),
)
STATES = (
    ("overdue", r"超时|拖期|拖了|拖着|逾期|延误|超期|晚了的|迟了|没按时"),
    ("unpaid", r"(?:没|未|还没|没有)(?:收|付|结|到|回|打|给)(?:款|钱|账|清)|欠款|未结|没收到钱|没给钱|待收款|没结"),
    ("paid", r"(?:已|都|收)(?:收款|付款|结清|付清|到账)|已付|已收款|付了钱|收过款|付过款|付款了的|结清"),
    ("reviewing", r"待审核?|没审|未审|审核中|没批|未批|等审核?|要审的?|没审批|待批"),
    ("short", r"缺货|没货的|断货"),
    ("hold", r"挂起|暂停|压着|压单|冻结"),
    ("cancelled", r"已?取消了?的?|作废|撤销的?|撤掉的?"),
    ("picking", r"待备货?|备货中|待发货?|没发货?|未发货?|还没发|配货中|在配|在备|没配|待配|要发的|没发出|待出库|未出库|没出库"),
    ("signed", r"已?(?<![没未待])签收|(?<![没未])签了|收到货的|到货的"),
    ("shipped", r"已发货?|发了的?|发货的|在途|在路上|发出去|已出库|没签收?|未签收?|还没到"),
    ("open", r"未完成|没完成|没做完|没弄完|进行中|没完结|未完结|在走的|没结束|没走完"),
)  # fmt: skip
_TRACKING = re.compile(
    r"(?:(?:运单|快递|物流|货运|快件)?(?:单?号码?)?[::]?\s*)(?P<code>(?<![a-z0-9#京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼])(?:[a-z]{1,4}\d{3,20}|\d{9,20}))",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"^(?P<code>1[3-9]\d{9})$")
_CARRIERS = "顺丰|圆通|中通|申通|韵达|极兔|德邦|京东|邮政|ems|百世|天天|安能|跨越|货拉拉|快狗|闪送|达达|壹米滴答|优速|宅急送|丰网|菜鸟|日日顺|速尔|中铁|滴滴"
_AFTER_CARRIER = re.compile(
    r"[\s,:]*(?:运?单号|运单|快递号|号)?[\s,:]*(?P<code>[a-z]{0,4}\d[a-z0-9]{0,19}(?![.\w]))",
    re.IGNORECASE,
)
_CARRIER = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{2,6}}?(?:物流|快递|速运|快运|货运|托运|专线|速递|供应链)|{_CARRIERS})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody named: entries (none: unknown) and the words."""

    entries: frozenset[int]
    words: str


class SlotReader:
    """Reads what does not depend on the grammar of an intent."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def named(self, items: Sequence[Item], tag: str, names: Names) -> list[Chosen]:
        """Entries named by items of a tag; those that narrow one another are one."""
        found: list[Chosen] = []
        for item in items:
            if item.tag != tag:
                continue
            named = item.named
            last = found[-1] if found else None
            joint = self._joint(last, named, names) if last else frozenset()
            if last and joint:
                found[-1] = Chosen(joint, last.words if len(last.entries) == 1 else named.words)
            else:
                found.append(Chosen(named.entries, named.words))
        return found

    def _joint(self, last: Chosen, named: Named, names: Names) -> frozenset[int]:
        if last.entries & named.entries:
            return last.entries & named.entries
        every = [one.entries or names.find(one.word).all for one in named.fragments if one.kind != "unknown"]
        if len(every) != len(named.fragments) or not every:
            return frozenset()
        return last.entries & frozenset.intersection(*every)

    def orders(self, line: Line) -> tuple[str, ...]:
        """Order numbers written as such (#17, 17号单), or `last`."""
        said = [item.value.number for item in line.items if isinstance(item.value, Orders)]
        return tuple(dict.fromkeys(number for number in said if number))

    def bare_numbers(self, line: Line) -> list[Item]:
        """Numbers without a unit."""
        return [item for item in line.items if isinstance(item.value, Number) and item.tag == "N"]

    def days(self, line: Line) -> list[Days]:
        """Days in the order said."""
        return [item.value for item in line.items if isinstance(item.value, Days)]

    def period(self, line: Line) -> str | None:
        """The part of the day, the last one said."""
        said = [
            item.value.period for item in line.items if isinstance(item.value, Clock) and item.value.period
        ]
        return said[-1] if said else None

    def minutes(self, line: Line, now: datetime) -> int | None:
        """How long until the time said."""
        day = next((found.first for found in self.days(line)), None)
        period = self.period(line)
        for item in line.items:
            value = item.value
            if isinstance(value, Clock) and value.length:
                return int(value.length.total_seconds() // 60)
            if isinstance(value, Clock) and value.at:
                return _minutes(moment(now, day, period, value.at) - now)
        if day is None or period not in {None, "morning"}:
            return None
        morning = datetime.combine(day, MORNING, now.tzinfo)
        return _minutes(morning - now) if morning > now else None

    def amount(self, line: Line, orders: Sequence[str]) -> Decimal | None:
        """A sum of money: said as one, or a bare number that is no order's."""
        sums = [item.value.value for item in line.items if isinstance(item.value, Money)]
        if sums:
            return sums[-1]
        numbers = [item for item in self.bare_numbers(line) if line.low(item) not in orders]
        value = numbers[-1].value if numbers else None
        return value.value if isinstance(value, Number) else None

    def method(self, line: Line) -> str | None:
        """How money was paid."""
        return next((method for method, shape in METHODS if re.search(shape, line.text.low)), None)

    def state(self, line: Line) -> str | None:
        """The state orders are asked for by."""
        found = _state(line.text.low)
        return found[0] if found else None

    def state_at(self, line: Line) -> int | None:
        """Where the state is said."""
        found = _state(line.text.low)
        return found[1] if found else None

    def carrier(self, line: Line) -> tuple[str | None, str | None]:
        """Who carries it and under which number."""
        carrier = _CARRIER.search(line.text.raw)
        tracking = _AFTER_CARRIER.match(line.text.raw, carrier.end()) if carrier else None
        tracking = tracking or next(
            (one for one in _TRACKING.finditer(line.text.raw) if not _MOBILE.search(one[0])), None
        )
        name = (
            re.sub(r"^(?:已经?|都|走|用|发|的|了|是|叫|通过|由|给|交|货|今天|昨天)+", "", carrier["name"])
            if carrier
            else None
        )
        return name, tracking["code"] if tracking else None


def _minutes(wait: timedelta) -> int:
    """Whole minutes, none too few: a reminder for three comes at three and not a minute before."""
    return max(1, -(-int(wait.total_seconds()) // 60))


def _state(low: str) -> tuple[str, int] | None:
    """The first state said, except where it is asked whether it is reached (发了吗)."""
    for state, shape in STATES:
        match = re.search(shape, low)
        if match and not re.match(r"了?(?:吗|没(?![签到收付])|么|不)", low[match.end() :]):
            return state, match.start()
    return None


def first_day(days: Sequence[Days]) -> date | None:
    """The day meant where one is wanted; the later word wins."""
    return days[-1].last if days else None
