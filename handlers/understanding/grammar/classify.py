"""Which intent a line has."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.understanding.grammar.rules import FIND, GOODS, ORDERS, TALK, WHOLE, Rule

_NOISE = re.compile(r"[\s,.!~。、:;…]")
_OPENING = re.compile(r"^(?:嗯+|哦|那就?|好的?|行)(?=.)")
_PARTICLES = re.compile(r"[吧啊呀哦哈呢嘛啦哟呗了]+$")
_EACH = r"(?:[各每]个?(?:颜色|尺码|[色码样种款])){1,2}各?"
LISTED = re.compile(rf"P(?:.{{0,3}}|{_EACH})[QN]|Q.{{0,2}}P|(?:来|要|拿|补|进|搞|整|弄)[点些] ?P")
"""Goods with their quantities."""
REPEAT = re.compile(
    r"老样子|照旧|老规矩|同上次|(?:跟|和|同|按|照|像)(?:着)?(?:上次|上回|以前|之前|往常|平时|上一次|上一单|前一次|上周|上个月)(?!.{0,2}价)|照样|复购|(?:再)?来一?(?:单|份)(?:一模)?一样|再来一(?:单|份)|返单|翻单|原样(?:再)?来|(?:上次|上回)(?:的|那)?.{0,4}(?:再来|重来|再下|再要|再发|一样)|按老|重复(?:上次|下单)|照单再来|跟(?:原来|以往)一样"
)
CHANGE = re.compile(
    r"Q不是Q|P\s?[+-][QN]|(?:改|换|调)(?:成|为|到|送|在|约|下|一下|个)?(?:[^C]{0,6}[QPNDTM]|地址|$|时间|日期|数量)|(?:再|多|又|加)(?:加|要|来|送|拿|补|给)(?:个)?(?:Q|P|N)|(?:加(?!急)|减|少|多|增|涨|提|增加|减少|追加|补)(?:到|至|要|来|送|拿|上|个|了)?(?:Q|P|N)|"
    r"[PQ](?:.{0,2})(?:不要了?|去掉|删掉|删了|取消|不用了|换|改|减|加(?!急)|拿掉|划掉|免了)|(?:不要|去掉|删掉|取消|删除|拿掉)(?:了)?P|地址(?:改|换|变|是|错|不对|写错|更)|(?:改|换)(?:个)?地址|(?:提前|改|挪|调|换)(?:到|成|为|至)?D|(?:客户|说|要求|想).{0,6}D.{0,3}(?:送|到|要|发)|O.{0,4}(?:改)?(?:送|发)(?:到|去|往|至)"
)
QUESTION = re.compile(
    r"(?P<verb>[\u4e00-\u9fff])不(?P=verb)|[?]|(?:吗|么|(?<![哦啊噢喔呃额])不|没|呢|没有)(?:\s|$)|要不要|需不需要|是不是|有没有|能不能|可不可以|行不行|好不好|多少|哪|谁|什么|啥|怎么|几[单点时]"
)
DOUBT = re.compile(
    r"可能|也许|估计|说不定|没定|未定|没确定|不确定|没想好|考虑|再说|再定|如果|要是|万一|看情况|大概要|打算|回头|商量|等(?:他|她|客户|老板|对方|人家|店长)?.{0,4}(?:电话|确认|通知|回复|消息|回话|信儿?)|到时候再|不一定|或许|应该会|想问|问问|假如|假设|准备要|八成|大概率|有可能|差点|本来想|原本想|没(?:要|谈成|成交|同意|答应)(?![求货])|犹豫|试试看|没准|别(?:急着)?(?:下单?|录单?|开单)(?=$|[\s,.!。了])"
)
STORY = re.compile(
    r"还剩|只剩|剩下?Q|只有Q|(?:喝|吃|用|卖|搬|拉|摔|丢|偷|看|见|送|听)(?:了|过(?![去来])|掉|完|出)|(?:昨|前|上|去年|以前|之前|那年|曾|当年|上次|刚).{0,12}(?:[订要买进下拿]了|卖|喝|吃)|[买]了|喝|头疼|做梦|梦见|新闻|听说|竞品|对手|别家|隔壁|价格真|真[好贵香]|过期|临期|好喝|好吃|难喝"
)
ORDERING = re.compile(
    r"下(?:个|一)?单|要货|订货|报单|报货|开(?:个|一)?单|录(?:个|一)?单|新单|建单|叫货|要订|要下|补货|进货|下个订单|^订单?$"
)
WANTED_ON = re.compile(r"[PQ].*DT?(?:之?前)?(?:送|要|到|交|发)(?:货|到)?$")
AWAITED = re.compile(
    r"[DP].{0,8}(?:订|下|买|要|拿|定|报)(?:了)?的.*(?:没|还没|未)(?:有)?(?:到|收到|发|送到?|来)"
)
DONE_ASKED = re.compile(
    r"(?:取消|撤掉?|作废|驳回|打回|挂起|恢复|延期|推迟|转走)(?:了|过)?(?:吗|没有?|么|[?])"
)
REFUSED = re.compile(r"(?:不要|不订|不下|不拿|不进|没要|没订)(?:了)?(?:货|P|[ 和、]|$)")
_REFERENCE = re.compile(
    r"[\s,、和跟]*(?:[NO]|C(?:的|那边?)*O)(?:[\s,、和跟]*[NO])*(?P<will>\s*(?:[先要得会都]|可能|恐怕)*)"
)
_DECIDED = frozenset({"order.reject", "order.cancel", "order.hold", "order.resume"})
_EXPLAINED = _DECIDED | {"order.delay", "order.note"}
BUYS = re.compile(r"要|来|订|拿|进|补|送|给|发|下|安排|买|再|加")


@dataclass(frozen=True, slots=True)
class Shape:
    """A line as rules see it."""

    masked: str

    @property
    def bare(self) -> str:
        """Without what stands around and between."""
        return self.wordings[-1]

    @property
    def wordings(self) -> tuple[str, ...]:
        """The words run together: as they are, without particles at the end, without an opening, without both."""
        words = _NOISE.sub("", self.masked)
        ended = _PARTICLES.sub("", words) or words
        return words, ended, _OPENING.sub("", words), _OPENING.sub("", ended)

    def has(self, tags: str) -> bool:
        """Whether any of these items occurs."""
        return any(tag in self.masked for tag in tags)


def whole(shape: Shape) -> str | None:
    """The intent of a line that is nothing but a set phrase."""
    for words in shape.wordings:
        for rule in WHOLE:
            if rule.shape.fullmatch(words):
                return rule.intent
    return None


def _fitting(rules: tuple[Rule, ...], masked: str) -> Iterator[tuple[Rule, re.Match[str]]]:
    """The rules that fit, with the words by which they do."""
    for rule in rules:
        match = rule.shape.search(masked)
        if match and not (rule.unless and rule.unless.search(masked)):
            yield rule, match


def talk(shape: Shape) -> tuple[Rule, re.Match[str]] | None:
    """Requests about the work itself, not about one order or product."""
    return next(_fitting(TALK, shape.masked), None)


def goods(shape: Shape) -> list[tuple[Rule, re.Match[str]]]:
    """What a line may ask or tell about stock, prices and customers, the likeliest first."""
    return list(_fitting(GOODS, shape.masked))


def order(shape: Shape) -> tuple[Rule, re.Match[str]] | None:
    """What is to happen to an order: what stands right behind its number, else the first rule that fits."""
    found = list(_fitting(ORDERS, shape.masked))
    decided = (one for one in found if one[0].intent in _DECIDED and _at_once(shape, *one))
    return next(decided, next(iter(found), None))


def acts_at_once(shape: Shape) -> bool:
    """Whether a word of action that wants a reason stands right behind the order a line begins with."""
    found = order(shape)
    return found is not None and _at_once(shape, *found)


def _at_once(shape: Shape, rule: Rule, match: re.Match[str]) -> bool:
    begun = _REFERENCE.match(shape.masked)
    if not begun or rule.intent not in _EXPLAINED:
        return False
    return begun.start("will") <= match.start() <= begun.end()


def finds(shape: Shape) -> re.Match[str] | None:
    """The words by which a line asks to see orders."""
    return FIND.shape.search(shape.masked)
