"""A refusal in one sentence: what was understood, why not, what to do next. Written from `domain.refusals`."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias, cast

from domain.errors import DomainError, NotAllowed
from handlers.wording.actions import action_name, how_to
from handlers.wording.text import money, number, packed, plain, price

Facts: TypeAlias = Mapping[str, object]
Sentence: TypeAlias = Callable[[Facts], str]


def refusal(error: DomainError) -> str:
    """The sentence for `error`."""
    sentence = _SENTENCES[error.code](error.facts)
    return sentence + _instead(error.facts) if isinstance(error, NotAllowed) else sentence


def _instead(facts: Facts) -> str:
    code = str(facts.get("instead") or "")
    typed = how_to(code, facts.get("number"))
    return f"可以改用{action_name(code)}：「{typed}」。" if typed else ""


def _text(facts: Facts, key: str) -> str:
    return plain(str(facts.get(key) if facts.get(key) is not None else ""))


def _names(facts: Facts, key: str) -> str:
    return "、".join(plain(str(name)) for name in cast("Iterable[object]", facts.get(key) or ()))


def _decimal(facts: Facts, key: str) -> Decimal:
    return Decimal(str(facts[key]))


def _goods(facts: Facts, key: str) -> str:
    """A quantity of the line's smallest unit in the words of its unit."""
    return packed(
        _decimal(facts, key), str(facts["unit"]), _decimal(facts, "unit_size"), str(facts["smallest"])
    )


def _at(facts: Facts, key: str) -> str:
    return f"{cast('datetime', facts[key]):%m-%d %H:%M}"


def _order(facts: Facts) -> str:
    return f"#{facts['number']} " if facts.get("number") is not None else ""


def _action(facts: Facts) -> str:
    return action_name(str(facts["action"]))


def _who(facts: Facts) -> str:
    who = _names(facts, "who")
    return f"能{_action(facts)}的是：{who}。" if who else "现在没有人有这个权限，请找流程负责人。"


def _step(facts: Facts) -> str:
    return (
        f"{_order(facts)}现在是「{_text(facts, 'step_name')}」" if facts.get("step_name") else _order(facts)
    )


def _wrong_step(facts: Facts) -> str:
    steps = _names(facts, "steps")
    return f"{_step(facts)}，不能{_action(facts)}" + (f"，要在「{steps}」时才行。" if steps else "。")


def _said(facts: Facts, key: str = "qty") -> str:
    return f"{_text(facts, 'name')} {number(_decimal(facts, key))}{_text(facts, 'unit')}"


def _open_money(facts: Facts) -> str:
    refund = _decimal(facts, "refund")
    owed = f"，还应退客户 {money(refund)} 元" if refund else ""
    return f"#{facts['number']} 已收 {money(_decimal(facts, 'paid'))} 元，没有未收款{owed}，这笔没有记。请核对单号。"


_ALLOWED: Mapping[str, Sentence] = {
    "no-role": lambda f: f"{_order(f)}您没有{_action(f)}的权限。{_who(f)}",
    "wrong-step": _wrong_step,
    "own-order": lambda f: f"{_order(f)}是您自己录入的，不能自己审核。{_who(f)}",
    "own-change": lambda f: f"{_order(f)}您改过，不能自己审核。{_who(f)}",
    "said-yes": lambda f: f"{_order(f)}您已经审过一次，第二次要换一个人。{_who(f)}",
    "not-reviewer": lambda f: f"{_order(f)}这个金额不归您审。{_who(f)}",
    "work-open": lambda f: f"{_order(f)}「{_text(f, 'work')}」还没完成，不能发货。",
    "work-done": lambda f: f"{_order(f)}这道工序已经完成了。",
    "shipped-already": lambda f: f"{_order(f)}货已经发出，不能取消。",
    "cannot-take": lambda f: (
        f"{_order(f)}不能转给{_text(f, 'name')}：没有处理「{_text(f, 'step_name')}」的角色。能接手的是：{_names(f, 'who')}。"
    ),
    "nothing-to-undo": lambda f: "最近10分钟内您没有可以撤销的操作。",
    "not-own": lambda f: f"{_order(f)}最后一步是{_text(f, 'by')}做的，您不能撤。请找{_text(f, 'by')}。",
    "too-late": lambda f: f"{_order(f)}这一步已超过{f['minutes']}分钟，不能撤销了。",
    "not-undoable": lambda f: f"{_order(f)}这一步不能直接撤销。",
    "stock-moved-on": lambda f: f"{_order(f)}撤不回去：{_text(f, 'name')}的库存已经给了别的单。请找仓库。",
}

_INVALID: Mapping[str, Sentence] = {
    "no-lines": lambda f: "这张单没有商品，请说要什么、要多少，例如：罐装可乐20箱。",
    "no-lines-left": lambda f: f"这样改 #{f['number']} 就没有商品了；整单不要请说「取消 {f['number']}」。",
    "qty-not-positive": lambda f: f"{_said(f)}：数量要大于0，请重新说数量。",
    "qty-too-large": lambda f: (
        f"{_said(f)}：超过单行上限 {number(_decimal(f, 'limit'))}{_text(f, 'smallest')}，请核对数量后再说一遍。"
    ),
    "qty-not-whole": lambda f: (
        f"{_said(f)}：折合成{_text(f, 'smallest')}不是整数（1{_text(f, 'unit')}={number(_decimal(f, 'unit_size'))}"
        f"{_text(f, 'smallest')}），请换个数量或单位。"
    ),
    "price-not-positive": lambda f: (
        f"{_text(f, 'name')}的价格 {price(_decimal(f, 'price'))} 不对：要大于0；白送请说「送」。"
    ),
    "price-places": lambda f: f"{_text(f, 'name')}的价格 {_text(f, 'price')} 最多四位小数，请重新报价。",
    "price-absurd": lambda f: (
        f"{_text(f, 'name')}报价 {price(_decimal(f, 'price'))} 元/{_text(f, 'unit')}，"
        f"牌价是 {price(_decimal(f, 'list_price'))}，差得太多，请核对价格和单位。"
    ),
    "amount-too-large": lambda f: (
        f"金额 {money(_decimal(f, 'amount'))} 元超过单笔上限 {money(_decimal(f, 'limit'))}，请核对。"
    ),
    "amount-not-positive": lambda f: f"金额 {_text(f, 'amount')} 不对，要大于0，请重新说金额。",
    "amount-places": lambda f: f"金额 {_text(f, 'amount')} 最多到分，请重新说金额。",
    "due-past": lambda f: f"日期 {_text(f, 'due')} 已经过了（今天 {_text(f, 'today')}），请换个日期。",
    "not-later": lambda f: f"{_text(f, 'due')} 不比原定的 {_text(f, 'was')} 晚；要提前请说「改到…送」。",
    "text-missing": lambda f: f"{_action(f)}要写明内容或原因，请连原因一起再说一遍。",
    "text-too-long": lambda f: f"这段话有{f['length']}字，最多{f['limit']}字，请写短一点。",
    "not-in-order": lambda f: (
        f"#{f['number']} 里没有{_text(f, 'name') or _text(f, 'sku')}，请核对单号或商品。"
    ),
    "nothing-changes": lambda f: f"#{f['number']} 本来就是这样，没有改动。",
    "more-than-ordered": lambda f: (
        f"#{f['number']} 的{_text(f, 'name')}只订了 {_goods(f, 'ordered')}，减不了那么多。请直接说改成多少。"
    ),
    "which-line": lambda f: (
        f"#{f['number']} 里{_text(f, 'name')}有几行（{_names(f, 'units')}），请带上单位说改哪一行。"
    ),
    "below-shipped": lambda f: (
        f"#{f['number']} 的{_text(f, 'name')}已发 {_goods(f, 'shipped')}，不能改成 {_goods(f, 'asked')}；多发的请走退货。"
    ),
    "all-shipped": lambda f: f"#{f['number']} 已全部发出，不能再改货；少要请走退货，多要请另下一单。",
    "nothing-reserved": lambda f: (
        f"#{f['number']} 还没有可发的货" + (f"，缺：{_names(f, 'lacking')}。" if f["lacking"] else "。")
    ),
    "more-than-reserved": lambda f: (
        f"#{f['number']} 的{_text(f, 'name')}只备了 {_goods(f, 'most')}，发不了 {_goods(f, 'asked')}。请核对数量。"
    ),
    "nothing-to-sign": lambda f: f"#{f['number']} 没有在途的货可签收。",
    "more-than-under-way": lambda f: (
        f"#{f['number']} 的{_text(f, 'name')}在途只有 {_goods(f, 'most')}，签收不了 {_goods(f, 'asked')}。请核对数量。"
    ),
    "nothing-out": lambda f: f"#{f['number']} 没有发出去的货可退；还没发的请用「取消 {f['number']}」。",
    "more-than-out": lambda f: (
        f"#{f['number']} 的{_text(f, 'name')}在客户处只有 {_goods(f, 'most')}，退不了 {_goods(f, 'asked')}。请核对数量。"
    ),
    "overpaid": lambda f: (
        f"#{f['number']} 未收 {money(_decimal(f, 'open'))} 元，您报的 {money(_decimal(f, 'amount'))} 元多了，这笔没有记。"
        f"请核对，可以说「收款 {f['number']} {_decimal(f, 'open')}」。"
    ),
    "nothing-open": _open_money,
    "nothing-to-refund": lambda f: f"#{f['number']} 没有要退给客户的钱。",
    "count-below-reserved": lambda f: (
        f"{_text(f, 'name')}盘到 {_goods(f, 'counted')}，可已有 {_goods(f, 'reserved')} 答应给客户了，没有入账。"
        "请复盘，或先对缺货的单报「缺货」。"
    ),
    "leave-past": lambda f: (
        f"请假的最后一天 {_text(f, 'due')} 已经过了（今天 {_text(f, 'today')}），请再说一遍日期。"
    ),
    "own-deputy": lambda f: "代您的不能是您自己，请换一位同事。",
    "deputy-gone": lambda f: f"{_text(f, 'name')}已经离职，请换一位同事代您。",
    "not-away": lambda f: "您现在没有登记请假，不用销假。",
    "acked-already": lambda f: (
        f"#{f['number']} 本来就在{_text(f, 'name')}手上，这一次提醒已经收到过，{_at(f, 'until')}前不再催。"
    ),
    "wait-missing": lambda f: (
        f"#{f['number']} 过多久再提醒？请连时间一起说，例如「{f['number']}一小时后提醒」。"
    ),
    "wait-too-long": lambda f: (
        f"最多推迟{f['days']}个工作日（到 {_at(f, 'latest')}），再久请说「挂起 {f['number']}」或「{f['number']}号单延到…」。"
    ),
    "wait-too-often": lambda f: (
        f"#{f['number']} 在这一步已经推迟过 {f['times']} 次：请处理，或请上级推迟；要停下来请说「挂起 {f['number']}」。"
    ),
    "silent-longer": lambda f: f"#{f['number']} 在 {_at(f, 'until')} 前本来就不再催，没有改动。",
    "never-rings": lambda f: f"#{f['number']} 在「{_text(f, 'step_name')}」这一步不催办，没有可推迟的提醒。",
    "already-theirs": lambda f: f"#{f['number']} 本来就在{_text(f, 'name')}手上。",
    "score-range": lambda f: f"评分是 0 到 100 的整数，例如「评分 {f['number']} 96」。",
    "report-future": lambda f: (
        f"{_text(f, 'day')} 还没到，没有数字可看。可以说「日报」「昨天日报」「上周周报」。"
    ),
    "report-long": lambda f: (
        f"一次最多看 {f['limit']} 天，您说的是 {f['days']} 天，请分段看，例如「10月月报」。"
    ),
    "no-such-day": lambda f: f"{f['year']} 年没有 {f['month']} 月 {f['day']} 日，请核对日期。",
    "no-orders": lambda f: (
        f"没有找到能{_action(f)}的单（{_text(f, 'customer')}）。请说单号，或「查单」看看。"
    ),
    "stale-button": lambda f: f"#{f['number']} 在您看到之后又有变化，这一步没有生效。请看最新情况再按。",
    "too-many-orders": lambda f: f"一次最多处理{f['limit']}张单，请分几次说。",
}

_UNKNOWN: Mapping[str, Sentence] = {
    "customer": lambda f: f"没有编号为 {_text(f, 'customer')} 的客户，请说客户名称。",
    "product": lambda f: f"没有编号为 {_text(f, 'sku')} 的商品，请说商品名称。",
    "unit": lambda f: f"{_text(f, 'name')}不按{_text(f, 'unit')}卖，可用：{_names(f, 'units')}。",
    "staff": lambda f: f"没有 {_text(f, 'user_id')} 这位同事，请说姓名。",
    "warehouse": lambda f: f"没有 {_text(f, 'warehouse')} 这个仓库，请说仓库名称。",
    "order": lambda f: f"没有 {_text(f, 'number')} 号单，请核对单号，或「查单 客户名」找一找。",
    "report-scope": lambda f: (
        f"没有找到「{_text(f, 'said')}」：不是部门、同事，也不是客户，报表没有出。"
        f"部门有：{_names(f, 'departments')}。也可以说「李娜 周报」「华联 月报」，不带名字就是全公司。"
    ),
    "no-earlier-order": lambda f: f"{_text(f, 'customer')}还没有下过单，没法照旧，请直接说要什么。",
}

_SENTENCES: Mapping[str, Sentence] = {**_ALLOWED, **_INVALID, **_UNKNOWN}
CODES = frozenset(_SENTENCES)
"""Every refusal that has a sentence."""
