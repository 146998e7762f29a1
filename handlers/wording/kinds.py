"""What happened, in words: the name of each kind of event."""

EVENTS = {
    "order:entered": "建单",
    "order:resubmitted": "重新提交",
    "order:approved": "审核通过",
    "order:rejected": "驳回",
    "order:picking": "开始配货",
    "order:picked": "配好货",
    "order:finished": "完成工序",
    "order:shipped": "发货",
    "order:lacked": "报缺货",
    "order:restocked": "到货补上",
    "order:signed": "签收",
    "order:paid": "收款",
    "order:refunded": "退款",
    "order:changed": "改单",
    "order:delayed": "延期",
    "order:held": "挂起",
    "order:resumed": "恢复",
    "order:cancelled": "取消",
    "order:returned": "退货",
    "order:noted": "备注",
    "order:assigned": "转交",
    "order:taken": "接手",
    "order:acked": "收到",
    "order:snoozed": "推迟提醒",
    "order:reminded": "提醒",
    "order:urged": "催单",
    "order:complained": "登记投诉",
    "order:escalated": "超时提醒",
    "order:rated": "登记评分",
    "order:undone": "撤销",
}


def event_name(kind: str) -> str:
    """`发货` for `order:shipped`."""
    return EVENTS.get(kind, kind)
