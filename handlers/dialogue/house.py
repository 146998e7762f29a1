"""The bot's own few words beyond the contract of understanding."""

import re
from decimal import Decimal

from handlers.understanding.reading import Reading, Slots

VERBS = {
    "提交": "order.resubmit",
    "重新提交": "order.resubmit",
    "完成": "order.finish",
    "退款": "order.refund",
    "已退款": "order.refund",
    "为什么": "order.why",
    "为啥": "order.why",
}
FORM = re.compile(
    r"/?(?P<verb>[一-鿿]{2,4})\s*#?(?P<number>\d{1,9})(号单)?|#?(?P<first>\d{1,9})(号单)?\s*(?P<last>[一-鿿]{2,4})"
)


HUSH = re.compile(r"/?(免打扰|勿扰|请勿打扰)(?P<until>.*)")
UNHUSH = re.compile(
    r"/?((取消|解除|关闭|结束|关掉)(免打扰|勿扰|请勿打扰)|(免打扰|勿扰)(取消|解除|关闭|结束))了?"
)
SEEN = re.compile(r"/?(待办|清单)(都)?已?看(过)?了?")
SCORE = re.compile(
    r"/?评分\s*#?(?P<number>\d{1,9})(号单)?[\s:：]+(?P<score>\d{1,4}(\.\d{1,3})?)分?"
    r"|#?(?P<first>\d{1,9})(号单)?\s*评分[\s:：]*(?P<last>\d{1,4}(\.\d{1,3})?)分?"
)

BACK = re.compile(r"/?(我)?(提前|已)?销假了?")


LONGEST_LINE = 100
"""None of these has so many characters; looking for a time of day in a whole page would keep everybody waiting."""


def house_word(text: str) -> Reading | None:
    """The request, or None where the line is not exactly one of these."""
    if len(text) > LONGEST_LINE:
        return None
    if SEEN.fullmatch(text):
        return Reading("task.seen")
    if BACK.fullmatch(text):
        return Reading("staff.back")
    score = SCORE.fullmatch(text)
    if score:
        number = str(int(score["number"] or score["first"]))
        return Reading("order.rate", Slots(orders=(number,), amount=Decimal(score["score"] or score["last"])))
    if UNHUSH.fullmatch(text):
        return Reading("quiet.end")
    if hush := HUSH.fullmatch(text):
        return Reading("quiet.begin", Slots(note=hush["until"].strip(" ：:，,")))
    match = FORM.fullmatch(text)
    if not match:
        return None
    intent = VERBS.get(match["verb"] or match["last"])
    return Reading(intent, Slots(orders=(str(int(match["number"] or match["first"])),))) if intent else None
