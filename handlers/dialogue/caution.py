"""A last look at what would be done at once: a deed that the words deny, or a figure that nobody read, is not done."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from handlers.understanding.reading import Reading

VERBS = {
    "order.approve": "通过|批准|批",
    "order.reject": "驳回|打回",
    "order.pick": "配货|备货",
    "order.ship": "发货|发出|发",
    "order.sign": "签收",
    "order.pay": "收款|付款",
    "order.cancel": "取消|撤单|撤",
    "order.return": "退货|退(?!回)",
    "order.resume": "恢复",
}
"""What is done without a further question, and the words for it."""

ALSO_DONE = {
    "order.change": "改",
    "order.hold": "挂起|暂停",
    "order.assign": "转给|交给",
    "stock.in": "到货|入库|进货",
    "stock.count": "盘点|盘",
}
"""The same for what other deeds are spoken of beside (驳回 17 改3个价格)."""

ALL_OF_IT = {"order.pay": "amount", "order.ship": "lines", "order.sign": "lines", "order.return": "lines"}
"""Where nothing said means all there is, and in which slot."""

NOT = "(?:不要|不用|不必|不能|别|先不|没有|没|未)(?:再|先|急着)?"
ASKS = re.compile(r"(?P<verb>[一-鿿])不(?P=verb)|可不可以|[?？]\s*$")
ONCE = "如果|要是|假如|万一|倘若|怎么|为什么|为啥|谁[说让叫]"
"""Before a deed: a condition, or a question about it."""
NOT_YET = "差点|险些|好像|似乎|可能|也许|应该|准备|打算|忘记?了?|(?<!只)能|没说要?|没让|没叫|等"
"""Right before it: it was nearly done, may be, or will be."""
THEN = "的话|会怎样|会不会|(?:了|好|完)*(?:后|再说|再讲|告诉我|跟我说|和我说|通知我|叫我|喊我|说一声)"
"""Right behind it: what is to happen once it is done, or would."""
SUPPOSED = {
    "order.ship": re.compile(
        r"客户[^,，。;；\s]{0,4}(?:说|问|嫌|以为)[^,，。;；\s]{0,4}发|马上就?要?发|发[货出]?了吧"
    ),
    "order.sign": re.compile("签收了吧"),
    "order.pay": re.compile(r"[应该要待未需欠]\s*(?:收|付)|[收付]款?了吧"),
    "stock.in": re.compile(
        r"(?:明天|后天|下周[一二三四五六日天]?|预计|[该快要])\s*(?:到货|入库)|(?:供应商|厂家)[^,，。;；\s]{0,4}说"
    ),
}
"""What others say of it, or what is still owed, is not what was done."""
WHETHER = "(?:款|了|货)*(?:没有|没|吗|么)"
WHEN = re.compile(r"\d{1,4}[点时日月年:：]\d{0,2}(?:分|日|号)?|\d{1,2}号(?!单)")
FIGURE = re.compile(
    r"\d|[零一二两三四五六七八九十百千万亿]+\s*(?:元|块|万|亿|箱|瓶|罐|件|提|桶|袋|盒)|[a-z]+元",
    re.IGNORECASE,
)
ESTIMATE = re.compile(r"大概|大约|差不多|左右|上下|[\d百千万]多")
MINUS = re.compile(r"(?<![0-9A-Za-z-])[-－−]\s*\d")


def cautious(reading: Reading, text: str, all_of_them: Sequence[Reading]) -> Reading:
    """`reading`; or `none` where the words deny it, only ask, or say another deed too that nobody read.

    Or with the figure to be asked for. `all_of_them` are the message's readings: what they name as orders is no figure.
    """
    verbs = VERBS.get(reading.intent) or ALSO_DONE.get(reading.intent)
    if verbs is None:
        return reading
    if reading.intent in VERBS and _unread_deeds(text, {other.intent for other in all_of_them}):
        return Reading("none")
    orders = [number for other in all_of_them for number in other.slots.orders]
    # 应该改成15箱 puts right what was said.
    if _denied(verbs, text) or (reading.intent != "order.change" and _supposed(reading.intent, verbs, text)):
        return Reading("none")
    slot = ALL_OF_IT.get(reading.intent)
    if slot and slot not in reading.missing and _doubtful(reading, slot, text, orders):
        return replace(reading, slots=replace(reading.slots, amount=None), missing=(*reading.missing, slot))
    return reading


def _denied(verbs: str, text: str) -> bool:
    """True where it is not to be done, or only asked about."""
    denied = re.search(rf"{NOT}\s*(?:{verbs})|(?:{verbs}){WHETHER}\s*[?？]?$", text)
    return denied is not None or ASKS.search(text) is not None


def _supposed(intent: str, verbs: str, text: str) -> bool:
    """True where it is spoken of as what may be, will be or was nearly done."""
    about = re.search(
        rf"(?:{ONCE}).*(?:{verbs})|(?:{NOT_YET})\s*\d*(?:号单?)?(?:{verbs})|(?:{verbs})(?:{THEN})", text
    )
    told = SUPPOSED.get(intent)
    return about is not None or (told is not None and told.search(text) is not None)


def _unread_deeds(text: str, intents: Container[str]) -> bool:
    """True where a deed stands beside a number (驳回2, 2驳回) and none of the readings is about it."""
    unread = (verbs for intent, verbs in VERBS.items() if intent not in intents)
    return any(
        re.search(rf"(?:{verbs})\s*#?\d|\d(?:号单?)?\s*(?:{verbs})(?![\d一-鿿])", text) for verbs in unread
    )


def _doubtful(reading: Reading, slot: str, text: str, orders: Iterable[str]) -> bool:
    """True where a figure was said and not read, or said as about so much, or with a minus."""
    if MINUS.search(text):
        return True
    if getattr(reading.slots, slot):
        return slot == "amount" and ESTIMATE.search(text) is not None
    said = reading.slots
    for known in (said.tracking, said.reason, said.note, said.carrier):
        text = text.replace(known, " ") if known else text
    for number in orders:
        text = re.sub(rf"(?:SO\d{{6}}-)?(?<!\d)0*{re.escape(number)}(?!\d)", " ", text, flags=re.IGNORECASE)
    return FIGURE.search(WHEN.sub(" ", text)) is not None
