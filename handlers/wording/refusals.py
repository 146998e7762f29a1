"""A refusal in one sentence: what was understood, why not, what to do next. Written from `domain.refusals`."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from domain.errors import DomainError, NotAllowed
from handlers.wording.actions import action_name, how_to
from handlers.wording.platforms import platform_name
from handlers.wording.refusal_facts import (
    Facts,
    action_of,
    decimal_of,
    goods_of,
    moment_of,
    names_of,
    open_money,
    order_of,
    said_of,
    text_of,
    who_may,
    wrong_step,
)
from handlers.wording.text import money, number, price

Sentence: TypeAlias = Callable[[Facts], str]


def refusal(error: DomainError) -> str:
    """The sentence for `error`."""
    sentence = _SENTENCES[error.code](error.facts)
    return sentence + _instead(error.facts) if isinstance(error, NotAllowed) else sentence


def _instead(facts: Facts) -> str:
    code = str(facts.get("instead") or "")
    typed = how_to(code, facts.get("number"))
    return f"可以改用{action_name(code)}：「{typed}」。" if typed else ""


_ALLOWED: Mapping[str, Sentence] = {
    "no-role": lambda f: f"{order_of(f)}您没有{action_of(f)}的权限。{who_may(f)}",
    "wrong-step": wrong_step,
    "own-order": lambda f: f"{order_of(f)}是您自己录入的，不能自己审核。{who_may(f)}",
    "own-change": lambda f: f"{order_of(f)}您改过，不能自己审核。{who_may(f)}",
    "said-yes": lambda f: f"{order_of(f)}您已经审过一次，第二次要换一个人。{who_may(f)}",
    "not-reviewer": lambda f: f"{order_of(f)}这个金额不归您审。{who_may(f)}",
    "work-open": lambda f: f"{order_of(f)}「{text_of(f, 'work')}」还没完成，不能发货。",
    "work-done": lambda f: f"{order_of(f)}这道工序已经完成了。",
    "shipped-already": lambda f: f"{order_of(f)}货已经发出，不能取消。",
    "cannot-take": lambda f: (
        f"{order_of(f)}不能转给{text_of(f, 'name')}：没有处理「{text_of(f, 'step_name')}」的角色。能接手的是：{names_of(f, 'who')}。"
    ),
    "nothing-to-undo": lambda f: "最近10分钟内您没有可以撤销的操作。",
    "not-own": lambda f: f"{order_of(f)}最后一步是{text_of(f, 'by')}做的，您不能撤。请找{text_of(f, 'by')}。",
    "too-late": lambda f: f"{order_of(f)}这一步已超过{f['minutes']}分钟，不能撤销了。",
    "not-undoable": lambda f: f"{order_of(f)}这一步不能直接撤销。",
    "stock-moved-on": lambda f: (
        f"{order_of(f)}撤不回去：{text_of(f, 'name')}的库存已经给了别的单。请找仓库。"
    ),
}

_INVALID: Mapping[str, Sentence] = {
    "no-lines": lambda f: "这张单没有商品，请说要什么、要多少，例如：罐装可乐20箱。",
    "no-lines-left": lambda f: f"这样改 #{f['number']} 就没有商品了；整单不要请说「取消 {f['number']}」。",
    "qty-not-positive": lambda f: f"{said_of(f)}：数量要大于0，请改好数量，整句再说一遍。",
    "qty-too-large": lambda f: (
        f"{said_of(f)}：超过单行上限 {number(decimal_of(f, 'limit'))}{text_of(f, 'smallest')}，请核对数量，整句再说一遍。"
    ),
    "qty-not-whole": lambda f: (
        f"{said_of(f)}：折合成{text_of(f, 'smallest')}不是整数（1{text_of(f, 'unit')}={number(decimal_of(f, 'unit_size'))}"
        f"{text_of(f, 'smallest')}），请换个数量或单位。"
        if f["unit"] != f["smallest"]
        else f"{said_of(f)}：不是整数，请换个数量。"
    ),
    "price-not-positive": lambda f: (
        f"{text_of(f, 'name')}的价格 {price(decimal_of(f, 'price'))} 不对：要大于0；白送请说「送」。"
    ),
    "price-places": lambda f: f"{text_of(f, 'name')}的价格 {text_of(f, 'price')} 最多四位小数，请重新报价。",
    "price-absurd": lambda f: (
        f"{text_of(f, 'name')}报价 {price(decimal_of(f, 'price'))} 元/{text_of(f, 'unit')}，"
        f"牌价是 {price(decimal_of(f, 'list_price'))}，差得太多，请核对价格和单位。"
    ),
    "amount-too-large": lambda f: (
        f"金额 {money(decimal_of(f, 'amount'))} 元超过单笔上限 {money(decimal_of(f, 'limit'))}，请核对。"
    ),
    "amount-not-positive": lambda f: f"金额 {text_of(f, 'amount')} 不对，要大于0，请重新说金额。",
    "amount-places": lambda f: f"金额 {text_of(f, 'amount')} 最多到分，请重新说金额。",
    "due-past": lambda f: f"日期 {text_of(f, 'due')} 已经过了（今天 {text_of(f, 'today')}），请换个日期。",
    "not-later": lambda f: f"{text_of(f, 'due')} 不比原定的 {text_of(f, 'was')} 晚；要提前请说「改到…送」。",
    "text-missing": lambda f: f"{action_of(f)}要写明内容或原因，请连原因一起再说一遍。",
    "text-too-long": lambda f: f"这段话有{f['length']}字，最多{f['limit']}字，请写短一点。",
    "not-in-order": lambda f: (
        f"#{f['number']} 里没有{text_of(f, 'name') or text_of(f, 'sku')}，请核对单号或商品。"
    ),
    "nothing-changes": lambda f: f"#{f['number']} 本来就是这样，没有改动。",
    "more-than-ordered": lambda f: (
        f"#{f['number']} 的{text_of(f, 'name')}只订了 {goods_of(f, 'ordered')}，减不了那么多。请直接说改成多少。"
    ),
    "which-line": lambda f: (
        f"#{f['number']} 里{text_of(f, 'name')}有几行（{names_of(f, 'units')}），请带上单位说改哪一行。"
    ),
    "below-shipped": lambda f: (
        f"#{f['number']} 的{text_of(f, 'name')}已发 {goods_of(f, 'shipped')}，不能改成 {goods_of(f, 'asked')}；多发的请走退货。"
    ),
    "all-shipped": lambda f: f"#{f['number']} 已全部发出，不能再改货；少要请走退货，多要请另下一单。",
    "nothing-reserved": lambda f: (
        f"#{f['number']} 还没有可发的货" + (f"，缺：{names_of(f, 'lacking')}。" if f["lacking"] else "。")
    ),
    "more-than-reserved": lambda f: (
        f"#{f['number']} 的{text_of(f, 'name')}只备了 {goods_of(f, 'most')}，发不了 {goods_of(f, 'asked')}。请核对数量。"
    ),
    "nothing-to-sign": lambda f: f"#{f['number']} 没有在途的货可签收。",
    "more-than-under-way": lambda f: (
        f"#{f['number']} 的{text_of(f, 'name')}在途只有 {goods_of(f, 'most')}，签收不了 {goods_of(f, 'asked')}。请核对数量。"
    ),
    "nothing-out": lambda f: f"#{f['number']} 没有发出去的货可退；还没发的请用「取消 {f['number']}」。",
    "more-than-out": lambda f: (
        f"#{f['number']} 的{text_of(f, 'name')}在客户处只有 {goods_of(f, 'most')}，退不了 {goods_of(f, 'asked')}。请核对数量。"
    ),
    "overpaid": lambda f: (
        f"#{f['number']} 未收 {money(decimal_of(f, 'open'))} 元，您报的 {money(decimal_of(f, 'amount'))} 元多了，这笔没有记。"
        f"请核对，可以说「收款 {f['number']} {decimal_of(f, 'open')}」。"
    ),
    "nothing-open": open_money,
    "nothing-to-refund": lambda f: f"#{f['number']} 没有要退给客户的钱。",
    "count-below-reserved": lambda f: (
        f"{text_of(f, 'name')}盘到 {goods_of(f, 'counted')}，可已有 {goods_of(f, 'reserved')} 答应给客户了，没有入账。"
        "请复盘，或先对缺货的单报「缺货」。"
    ),
    "leave-past": lambda f: (
        f"请假的最后一天 {text_of(f, 'due')} 已经过了（今天 {text_of(f, 'today')}），请再说一遍日期。"
    ),
    "own-deputy": lambda f: "代您的不能是您自己，请换一位同事。",
    "deputy-gone": lambda f: f"{text_of(f, 'name')}已经离职，请换一位同事代您。",
    "not-away": lambda f: "您现在没有登记请假，不用销假。",
    "acked-already": lambda f: (
        f"#{f['number']} 本来就在{text_of(f, 'name')}手上，这一次提醒已经收到过，{moment_of(f, 'until')}前不再催。"
    ),
    "wait-missing": lambda f: (
        f"#{f['number']} 过多久再提醒？请连时间一起说，例如「{f['number']}一小时后提醒」。"
    ),
    "wait-too-long": lambda f: (
        f"最多推迟{f['days']}个工作日（到 {moment_of(f, 'latest')}），再久请说「挂起 {f['number']}」或「{f['number']}号单延到…」。"
    ),
    "wait-too-often": lambda f: (
        f"#{f['number']} 在这一步已经推迟过 {f['times']} 次：请处理，或请上级推迟；要停下来请说「挂起 {f['number']}」。"
    ),
    "silent-longer": lambda f: f"#{f['number']} 在 {moment_of(f, 'until')} 前本来就不再催，没有改动。",
    "never-rings": lambda f: (
        f"#{f['number']} 在「{text_of(f, 'step_name')}」这一步不催办，没有可推迟的提醒。"
    ),
    "all-rang": lambda f: (
        f"#{f['number']} 已经在{text_of(f, 'name')}手上，各级都提醒过了，不会再催，也就不用再停。"
    ),
    "already-theirs": lambda f: f"#{f['number']} 本来就在{text_of(f, 'name')}手上。",
    "score-range": lambda f: f"评分是 0 到 100 的整数，例如「评分 {f['number']} 96」。",
    "report-future": lambda f: (
        f"{text_of(f, 'day')} 还没到，没有数字可看。可以说「日报」「昨天日报」「上周周报」。"
    ),
    "report-long": lambda f: (
        f"一次最多看 {f['limit']} 天，您说的是 {f['days']} 天，请分段看，例如「10月月报」。"
    ),
    "bind-nowhere": lambda f: f"{platform_name(text_of(f, 'platform'))}上的账号不能绑定，没有改动。",
    "bind-gone": lambda f: f"{text_of(f, 'name')}已经离职，不能绑定。",
    "bind-taken": lambda f: (
        f"{platform_name(text_of(f, 'platform'))}账号 {text_of(f, 'account')} 已经是{text_of(f, 'name')}的，没有改动。"
        "绑定的请先解绑，写在员工表里的请流程负责人改 staff.csv。"
    ),
    "bind-has-one": lambda f: (
        f"{text_of(f, 'name')}在{platform_name(text_of(f, 'platform'))}上已经有账号，没有改动。"
        "绑定的请先解绑，写在员工表里的请流程负责人改 staff.csv。"
    ),
    "no-such-day": lambda f: f"{f['year']} 年没有 {f['month']} 月 {f['day']} 日，请核对日期。",
    "no-orders": lambda f: (
        f"没有找到能{action_of(f)}的单（{text_of(f, 'customer')}）。请说单号，或「查单」看看。"
    ),
    "stale-button": lambda f: f"#{f['number']} 在您看到之后又有变化，这一步没有生效。请看最新情况再按。",
    "too-many-orders": lambda f: f"一次最多处理{f['limit']}张单，请分几次说。",
}

_UNKNOWN: Mapping[str, Sentence] = {
    "customer": lambda f: f"没有编号为 {text_of(f, 'customer')} 的客户，请说客户名称。",
    "product": lambda f: f"没有编号为 {text_of(f, 'sku')} 的商品，请说商品名称。",
    "unit": lambda f: f"{text_of(f, 'name')}不按{text_of(f, 'unit')}卖，可用：{names_of(f, 'units')}。",
    "staff": lambda f: f"没有 {text_of(f, 'user_id')} 这位同事，请说姓名。",
    "warehouse": lambda f: f"没有 {text_of(f, 'warehouse')} 这个仓库，请说仓库名称。",
    "order": lambda f: f"没有 {text_of(f, 'number')} 号单，请核对单号，或「查单 客户名」找一找。",
    "alias": lambda f: f"没有 {text_of(f, 'number')} 号别名，可能已经撤回了。说「别名」看现有的。",
    "report-scope": lambda f: (
        f"没有找到「{text_of(f, 'said')}」：不是部门、同事，也不是客户，报表没有出。"
        f"部门有：{names_of(f, 'departments')}。也可以说「李娜 周报」「华联 月报」，不带名字就是全公司。"
    ),
    "no-earlier-order": lambda f: f"{text_of(f, 'customer')}还没有下过单，没法照旧，请直接说要什么。",
}

_SENTENCES: Mapping[str, Sentence] = {**_ALLOWED, **_INVALID, **_UNKNOWN}
CODES = frozenset(_SENTENCES)
"""Every refusal that has a sentence."""
