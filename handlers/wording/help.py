"""What this person may do now, by role."""

from domain.permissions import may
from handlers.context import Context
from handlers.message import Button, Reply
from handlers.wording.actions import ACTIONS

LOOK = (
    ("查单", "17到哪了 / 查单 华联 / 我的单"),
    ("为什么", "为什么 17（谁在办、按哪条规则、下一次提醒）/ 为什么（刚才那句是怎么理解的）"),
    ("待办", "我的待办"),
    ("库存", "可乐还有吗 / 查库存 雪碧"),
    ("价格", "罐装可乐多少钱"),
    ("客户", "福满楼还欠多少"),
    ("看板", "看板 / 超时 / 瓶颈"),
    ("报表", "日报 / 昨天日报 / 上周周报 / 月报 / 我的周报 / 华联 月报"),
    ("免打扰", "免打扰 到明早8点 / 免打扰 两小时 / 取消免打扰"),
    ("请假", "我明天请假，赵磊代 / 销假"),
    ("通知", "通知 钉钉 / 通知 企业微信 / 通知 飞书 / 通知 自动（默认：您最后说话的地方）"),
    ("绑定", "绑定（拿码，到别的平台上用）/ 绑定列表 / 解绑 飞书"),
    ("别名", "别名（我从您的选择里学会的说法）"),
)
FIRST = ("order.create", "order.approve", "order.ship", "order.pay", "stock.in")


def help_for(ctx: Context) -> Reply:
    """Everything this person's roles allow, each with words to type."""
    allowed = [
        action
        for code, action in ACTIONS.items()
        if code == "undo" or may(ctx.actor, code, None, ctx.company)
    ]
    text = [f"**{ctx.actor.name}，您可以这样说**（单号以 17 为例）"]
    text += [f"- {action.name}：{action.typed.format(n=17)}" for action in allowed]
    if may(ctx.actor, "order.create", None, ctx.company):
        text.append("- 表格下单：把 Excel 或 .csv 文件发给我，或者连同表头复制过来")
    text.append("**随时可以问**")
    text += [f"- {name}：{words}" for name, words in LOOK]
    if may(ctx.actor, "report.reconcile", None, ctx.company):
        text.append("- 对账：对账 / 昨天对账 / 对账 11-23")
    return Reply("\n".join(text), (Button("我的待办", "我的待办"), Button("看板", "看板")))


def examples(ctx: Context) -> str:
    """Two things this person would most likely want, in words to type."""
    mine = [ACTIONS[code].typed.format(n=17) for code in FIRST if may(ctx.actor, code, None, ctx.company)]
    return "、".join(f"「{typed}」" for typed in (*mine[:1], "17到哪了"))
