"""What people can do, in words: the name, the verb that is typed, an example, the button."""

from dataclasses import dataclass

from handlers.message import Button


@dataclass(frozen=True, slots=True)
class Action:
    """An action's Chinese name and the words that are typed for it, `{n}` standing for the order's number."""

    name: str
    typed: str


ACTIONS = {
    "order.create": Action("下单", "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"),
    "order.approve": Action("审核通过", "通过 {n}"),
    "order.reject": Action("驳回", "驳回 {n} 原因"),
    "order.resubmit": Action("重新提交", "提交 {n}"),
    "order.pick": Action("配货", "开始配货 {n}"),
    "order.finish": Action("完成工序", "完成 {n}"),
    "order.ship": Action("发货", "发货 {n}"),
    "order.shortage": Action("报缺货", "{n} 缺货"),
    "order.sign": Action("签收", "签收 {n}"),
    "order.pay": Action("收款", "收款 {n}"),
    "order.refund": Action("退款", "退款 {n}"),
    "order.change": Action("改单", "{n}号单雪碧改成8箱"),
    "order.delay": Action("延期", "{n}号单延到周五 原因"),
    "order.cancel": Action("取消", "取消 {n}"),
    "order.hold": Action("挂起", "挂起 {n}"),
    "order.resume": Action("恢复", "恢复 {n}"),
    "order.return": Action("退货", "{n}号单整单退"),
    "order.complain": Action("登记投诉", "{n}号单客户投诉 原因"),
    "order.urge": Action("催单", "催 {n}"),
    "order.assign": Action("转交", "{n}转给赵磊"),
    "alert.ack": Action("接手", "收到 {n}"),
    "alert.snooze": Action("稍后提醒", "{n}一小时后提醒"),
    "order.rate": Action("登记评分", "评分 {n} 96"),
    "order.note": Action("加备注", "{n}备注 后门卸货"),
    "order.find": Action("查单", "查单 {n}"),
    "stock.in": Action("入库", "到货 罐装可乐100箱 入总仓"),
    "stock.count": Action("盘点", "盘点 城西仓 雪碧38箱"),
    "undo": Action("撤销", "撤销"),
}

# What is no more than a look, or somebody's own affair: named where a company keeps it to some roles.
LOOKS = {
    "task.seen": "清待看清单",
    "alias.manage": "撤回别名",
    "binding.manage": "管绑定",
    "order.find": "查单",
    "stock.show": "查库存",
    "product.show": "查价格",
    "customer.show": "查客户",
    "purchase.suggest": "看进货建议",
    "report.daily": "看日报",
    "report.weekly": "看周报",
    "report.monthly": "看月报",
    "report.overdue": "看超时清单",
    "report.board": "看看板",
    "report.bottleneck": "看瓶颈",
    "report.reconcile": "对账",
    "report.people": "看同事和部门的报表",
    "amount.see": "看金额",
    "staff.leave": "报请假",
}

# What may stand on a button: the whole request must be in the words, so nothing that still needs a reason.
ON_BUTTONS = {
    "order.approve": "通过",
    "order.reject": "驳回",
    "order.resubmit": "提交",
    "order.pick": "开始配货",
    "order.finish": "完成",
    "order.ship": "发货",
    "order.sign": "签收",
    "order.pay": "收款",
    "order.refund": "退款",
    "order.resume": "恢复",
    "order.hold": "挂起",
    "order.cancel": "取消",
    "order.urge": "催",
    "alert.ack": "收到",
}


def press(action: str, number: int, version: int | None) -> Button:
    """The action on this order as a button; a yes to an order is a yes to the version that was seen."""
    verb = ON_BUTTONS[action]
    seen = f" @{version}" if action == "order.approve" and version is not None else ""
    return Button(f"{verb} #{number}", f"{verb} {number}{seen}")


def later(number: int) -> Button:
    """To be reminded of this order in an hour."""
    return Button("一小时后提醒", f"{number}一小时后提醒")


def look(number: int) -> Button:
    """A look at this order."""
    return Button(f"查看 #{number}", f"查单 {number}")


def action_name(code: str) -> str:
    """`发货` for `order.ship`; the code itself for one nobody named."""
    return ACTIONS[code].name if code in ACTIONS else LOOKS.get(code, code)


def how_to(code: str, order: object) -> str:
    """What to type for an action on this order: `通过 17`."""
    return ACTIONS[code].typed.format(n=order if order is not None else "单号") if code in ACTIONS else ""
