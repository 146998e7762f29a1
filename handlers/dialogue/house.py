"""The bot's own few words beyond the contract of understanding."""

import re
from collections.abc import Callable
from decimal import Decimal

from handlers.understanding.reading import Reading, Slots
from handlers.understanding.values.numerals import number

LONGEST_LINE = 100
"""None of these has so many characters; looking for a time of day in a whole page would keep everybody waiting."""

VERBS = {
    "提交": "order.resubmit",
    "重新提交": "order.resubmit",
    "完成": "order.finish",
    "退款": "order.refund",
    "已退款": "order.refund",
    "为什么": "order.why",
    "为啥": "order.why",
}
VERB = re.compile(
    r"/?(?P<verb>[一-鿿]{2,4})\s*#?(?P<number>\d{1,9})(号单)?|#?(?P<first>\d{1,9})(号单)?\s*(?P<last>[一-鿿]{2,4})"
)
HUSH = re.compile(r"/?(免打扰|勿扰|请勿打扰)(?P<until>.*)")
UNHUSH = re.compile(
    r"/?((取消|解除|关闭|结束|关掉)(免打扰|勿扰|请勿打扰)|(免打扰|勿扰)(取消|解除|关闭|结束))了?"
)
SEEN = re.compile(r"/?(待办|清单)(都)?已?看(过)?了?")
BACK = re.compile(r"/?(我)?(提前|已)?销假了?")
SCORE = re.compile(
    r"/?评分\s*#?(?P<number>\d{1,9})(号单)?[\s:：]+(?P<score>\d{1,4}(\.\d{1,3})?)分?"
    r"|#?(?P<first>\d{1,9})(号单)?\s*评分[\s:：]*(?P<last>\d{1,4}(\.\d{1,3})?)分?"
)
ALIASES = re.compile(r"/?(?:看|查看?)?(?:别名|学会的说法)(?:列表|清单)?(?:\s*第?(?P<page>\d{1,3})页)?")
_TAKE = "撤回|删除|删掉|删|取消"
WHICH_ALIAS = re.compile(rf"/?(?:别名\s*(?:{_TAKE})|(?:{_TAKE})\s*别名)")
UNALIAS = re.compile(
    rf"/?(?:别名\s*(?:{_TAKE})|(?:{_TAKE})\s*别名)\s*#?(?P<number>\d{{1,9}})号?|/?别名\s*#?(?P<first>\d{{1,9}})号?\s*(?:{_TAKE})"
)
BIND = re.compile(r"/?绑定(?:码)?(?P<what>[\s:：,，]*[\d\s]*|[\s:：,，]+\S.{0,30})")
BINDINGS = re.compile(r"/?(?:看|查看?)?绑定(?:列表|清单|申请)")
UNBIND = re.compile(r"/?(?:解绑|解除绑定|取消绑定)(?P<what>.*)")
DECIDED = re.compile(r"/?(?P<verb>同意|通过|拒绝|驳回|不同意)绑定(?:申请)?[\s:：]*(?P<what>#?\d{1,9}.*)")
DOOR = re.compile(r"/?通知\s*(?:发|用|到)?\s*(?P<door>企业微信|企微|微信|钉钉|丁丁|飞书|自动)")
# A score that is none, or in words: what it must be is said with the order's number.
RATED = re.compile(r"/?评分\s*#?(?P<number>\d{1,9})(号单)?(?P<score>([\s:：].{0,12})?)")


def house_word(text: str) -> Reading | None:
    """The request, or None where the line is not exactly one of these."""
    if len(text) > LONGEST_LINE:
        return None
    found = ((read, form.fullmatch(text)) for form, read in _FORMS)
    return next((read(match) for read, match in found if match), None)


def _scored(match: re.Match[str]) -> Reading:
    return _rating(match["number"] or match["first"], Decimal(match["score"] or match["last"]))


def _rated(match: re.Match[str]) -> Reading:
    return _rating(match["number"], number(match["score"].strip("：: 分")))


def _rating(order: str, score: Decimal | None) -> Reading:
    return Reading("order.rate", Slots(orders=(str(int(order)),), amount=score))


def _verb(match: re.Match[str]) -> Reading | None:
    intent = VERBS.get(match["verb"] or match["last"])
    return Reading(intent, Slots(orders=(str(int(match["number"] or match["first"])),))) if intent else None


def _unalias(match: re.Match[str]) -> Reading:
    return Reading("alias.drop", Slots(note=str(int(match["number"] or match["first"]))))


def _rest(match: re.Match[str]) -> str:
    """What follows the word."""
    return match["what"].strip(" ：:，,")


def _decided(match: re.Match[str]) -> Reading:
    yes = match["verb"] in ("同意", "通过")
    return Reading("binding.approve" if yes else "binding.reject", Slots(note=_rest(match)))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Reading | None]], ...] = (
    (SEEN, lambda _: Reading("task.seen")),
    (BACK, lambda _: Reading("staff.back")),
    (SCORE, _scored),
    (RATED, _rated),
    (UNHUSH, lambda _: Reading("quiet.end")),
    (HUSH, lambda match: Reading("quiet.begin", Slots(note=match["until"].strip(" ：:，,")))),
    (ALIASES, lambda match: Reading("alias.list", Slots(note=match["page"]))),
    (WHICH_ALIAS, lambda _: Reading("alias.list")),
    (UNALIAS, _unalias),
    (BINDINGS, lambda _: Reading("binding.list")),
    (BIND, lambda match: Reading("binding.begin", Slots(note=_rest(match) or None))),
    (UNBIND, lambda match: Reading("binding.end", Slots(note=_rest(match)))),
    (DECIDED, _decided),
    (DOOR, lambda match: Reading("notices.door", Slots(note=match["door"]))),
    (VERB, _verb),
)
"""The first that the whole line is."""
