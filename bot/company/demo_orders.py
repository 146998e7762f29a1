"""The demo company's first day: who says what, so that its orders were made by real messages."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.ports import MessageKey
from handlers.message import Message, Reply


@dataclass(frozen=True, slots=True)
class Say:
    """Somebody says something; `{name}` stands for an order's number, `names` keeps the number of the answer."""

    who: str
    text: str
    names: str = ""


def _order(who: str, text: str, name: str) -> tuple[Say, Say]:
    return (Say(who, text), Say(who, "确认", names=name))


SCRIPT: tuple[Say, ...] = (
    # Paid and done.
    *_order("lina", "福满楼 纯生20箱 瓶装金麦40箱 今天下午送", "done"),
    Say("heting", "通过 {done}"),
    Say("madong", "开始配货 {done}"),
    Say("madong", "发货 {done} 自送"),
    Say("lina", "签收 {done}"),
    Say("qianfang", "收款 {done} 微信"),
    # Signed, half of the money is there.
    *_order("wangqiang", "永旺达 瓶装金麦20箱 中瓶矿泉水60箱 今天送", "signed"),
    Say("heting", "通过 {signed}"),
    Say("liujun", "发货 {signed}"),
    Say("wangqiang", "签收 {signed}"),
    Say("qianfang", "收款 {signed} 500元 对公"),
    # On its way with a carrier's number.
    *_order("zhaolei", "家家乐 小盒纯牛奶20箱 早餐奶10箱 明天上午送", "shipped"),
    Say("heting", "通过 {shipped}"),
    Say("wujie", "发货 {shipped} 顺丰 SF1234567890"),
    # Half of it has left, the rest follows.
    *_order("zhaolei", "鑫源 瓶装可乐60箱 绿茶20箱 明天送", "part"),
    Say("linxiaomei", "通过 {part}"),
    Say("madong", "发货 {part} 瓶装可乐40箱"),
    # Under the first tier and nothing to object to: approved by itself, waiting in the warehouse.
    *_order("sunyan", "好邻居中山路 小冰红茶5箱 大瓶矿泉水5箱 明天上午送", "auto"),
    # Approved, being picked.
    *_order("lina", "东湖华联 罐装金麦20箱 冰爽10箱 明天上午送", "picking"),
    Say("heting", "通过 {picking}"),
    Say("liujun", "开始配货 {picking}"),
    # Nothing of it in any warehouse.
    *_order("zhaolei", "职院 无糖可乐15箱 酸梅汤10箱 后天送", "short"),
    Say("heting", "通过 {short}"),
    # Waiting for the reviewer: one look is enough.
    *_order("wangqiang", "川味轩 凉茶30箱 冰爽20箱 明天中午送", "reviewing"),
    # Above the second tier: one reviewer has said yes, the second is asked.
    *_order("zhaolei", "鑫隆 瓶装可乐200箱 劲能100箱 周五前", "two"),
    Say("heting", "通过 {two}"),
    # Rejected with a reason, back with its salesperson.
    *_order("sunyan", "乐家 高粱酒2箱 瓜子30箱 明天送", "rejected"),
    Say("heting", "驳回 {rejected} 数量请和客户再核对"),
    # Held until the customer has made up their mind.
    *_order("zhoukai", "宏达 桶装水60桶 纸杯5箱 后天送到工地", "hold"),
    Say("linxiaomei", "通过 {hold}"),
    Say("zhoukai", "挂起 {hold} 工地停工 等客户通知"),
    # Cancelled before it left.
    *_order("lina", "一中 原味酸奶5箱 纯牛奶250ml30箱 明天上午送", "cancelled"),
    Say("lina", "取消 {cancelled} 菜单改了"),
)


async def play(
    answer: Callable[[Message], Awaitable[Reply]], script: Sequence[Say] = SCRIPT
) -> dict[str, int]:
    """Say it all in order and return the numbers of the named orders; said twice, it counts once."""
    numbers: dict[str, int] = {}
    for place, say in enumerate(script, start=1):
        key = MessageKey("console", "demo", f"first-day-{place}")
        reply = await answer(Message(key, say.who, say.text.format_map(numbers), datetime.now(UTC)))
        if say.names and reply.order is not None:
            numbers[say.names] = reply.order
    return numbers
