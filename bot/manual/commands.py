"""The requests of the contract with real ways to say each, as the demo company's staff would.

Tests read every way as its intent, and type the first of each into the demo.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """One line; `after` is an earlier line of the same person that it goes on from."""

    text: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A request. `wants` and `answer` say what it is for and what comes back.

    `by` is a colleague of the demo company who types the first way, `says` what that answer has in it.
    """

    intent: str
    wants: str
    ways: tuple[Way, ...]
    answer: str
    by: str
    says: str


def _command(intent: str, wants: str, ways: str, answer: str, by: str, says: str) -> Command:
    """`ways` are lines parted by `|`; `line >> line` is one that goes on from another."""
    lines = [way.strip().rpartition(" >> ") for way in ways.split("|")]
    return Command(intent, wants, tuple(Way(text, after) for after, _, text in lines), answer, by, says)


ORDERS = (
    _command(
        "order.create",
        "place an order",
        "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送 | 给福满楼送两箱半纯生 周五前到 | 川味轩要凉茶跟冰爽各10箱 加急",
        "the draft with prices, stock and checks, and 确认 and 放弃; what is unclear is asked, one thing at a time",
        "lina",
        "请核对",
    ),
    _command(
        "order.repeat",
        "the same as last time, with or without a change",
        "福满楼老样子 | 人民路华联跟上次一样 雪碧多加5箱 | 川味轩再来一单 明天送",
        "the draft, made from the customer's last order",
        "lina",
        "请核对",
    ),
    _command(
        "order.change",
        "other goods, quantities, prices, another day or address",
        "8号单凉茶改成25箱 | 8再加5箱冰爽 | 8改到周五上午送",
        "what changed, before and after; the order is checked again and may need another yes",
        "wangqiang",
        "✓ 改单",
    ),
    _command(
        "order.note",
        "add a remark",
        "8备注 后门卸货 | 8号单记得带发票 | 备注一下8号单 先打电话再送",
        "that it was added",
        "wangqiang",
        "✓ 备注",
    ),
    _command(
        "order.find",
        "see one order and its story, or those of a customer, a day, a state, my own",
        "7到哪了 | 查单 家家乐 | 我还有哪些单没收款",
        "where it stands, who has it and since when; or a list",
        "lina",
        "#7",
    ),
    _command(
        "order.delay",
        "say that it will be late",
        "7延到下周一 厂家没货 | 7号单要晚两天 | 家家乐那单明天送不了",
        "that it is noted; the step's group and the salesperson are told",
        "zhaolei",
        "✓ 延期",
    ),
    _command(
        "order.urge",
        "the customer presses for it",
        "催 7 | 7怎么还没发 | 7号单客户急用 快点安排",
        "how often it was pressed for, where it stands and since when; the step's group is told",
        "zhaolei",
        "✓ 催单",
    ),
    _command(
        "order.hold",
        "let it rest",
        "挂起 5 等客户电话 | 5号单先别发 | 5先放一放 客户还没想好",
        "that it rests; its reminders rest too",
        "sunyan",
        "✓ 挂起",
    ),
    _command(
        "order.resume",
        "go on with it",
        "恢复 5 | 5号单可以发货了 | 5解除挂起",
        "the step where it goes on",
        "sunyan",
        "✓ 恢复",
    ),
    _command(
        "order.cancel",
        "call it off",
        "取消 10 客户不要了 | 10号单作废 | 乐家那单撤了吧",
        "that it is cancelled; its goods are free again",
        "sunyan",
        "✓ 取消",
    ),
    _command(
        "order.return",
        "goods come back",
        "3号单退1箱早餐奶 破箱 | 家家乐要退2箱小盒纯牛奶 | 3整单退",
        "that it is noted; the stock is put right, and what was paid too much is owed",
        "zhaolei",
        "✓ 退货",
    ),
    _command(
        "order.complain",
        "the customer complains",
        "3号单客户投诉 送晚了 | 3号单发错货了 | 家家乐说3号单的货有破损",
        "that it is noted; service and salesperson are told",
        "zhaolei",
        "✓ 登记投诉",
    ),
)
REVIEW = (
    _command(
        "order.approve",
        "yes to an order that is reviewed",
        "通过 9 | 9没问题 批了 | 9和8都过",
        "the order's next step and whose it is now; large orders wait for a second yes",
        "linxiaomei",
        "✓ 审核通过",
    ),
    _command(
        "order.reject",
        "no, with the reason",
        "驳回 8 价格太低 | 8号单打回 地址不全 | 8不批 超信用额度",
        "that it is back with the salesperson, who is told why",
        "heting",
        "✓ 驳回",
    ),
    _command(
        "order.assign",
        "hand an order to a colleague",
        "9转给刘军 | 9号单让吴杰跟 | 把9交给马东处理",
        "who has it now",
        "linxiaomei",
        "✓ 转交",
    ),
)
WAREHOUSE = (
    _command(
        "order.pick",
        "picking has begun or is done",
        "开始配货 5 | 5货配好了 | 5号单正在打包",
        "that it is noted",
        "wujie",
        "配",
    ),
    _command(
        "order.ship",
        "shipped, whole or in part, with carrier and number",
        "发货 6 安捷物流 AJ7788001 | 4先发10箱绿茶 | 6已装车",
        "the order's step and whose it is now",
        "liujun",
        "✓ 发货",
    ),
    _command(
        "order.sign",
        "the customer has received it, all or less",
        "签收 6 | 6客户已收到货 | 6签收 罐装金麦实收18箱",
        "the order's step and whose it is now: the money is waited for",
        "lina",
        "✓ 签收",
    ),
    _command(
        "order.shortage",
        "some of it cannot be found",
        "4号单绿茶缺5箱 | 4绿茶没货了 | 4 缺货",
        "the step where it waits for goods, and who buys them",
        "liujun",
        "✓ 报缺货",
    ),
    _command(
        "stock.in",
        "goods came in",
        "到货 无糖可乐20箱 酸梅汤20箱 入总仓 | 西仓进了50箱雪碧 | 总仓入库 纯生100箱",
        "what lies there now; orders that waited for it go on",
        "madong",
        "已入库",
    ),
    _command(
        "stock.count",
        "the count says",
        "盘点 城西仓 雪碧100箱 | 总仓盘了 纯生实际38箱 | 盘点总仓 凉茶60箱 绿茶25箱",
        "the difference to the books",
        "madong",
        "已盘点",
    ),
    _command(
        "purchase.suggest",
        "what should be bought",
        "看看该进什么货了 | 采购建议 | 哪些货快没了",
        "what is below its safety stock, and how much is wanted",
        "xugang",
        "建议进货",
    ),
    _command(
        "alert.ack",
        "I have it; no more calls for a while",
        "收到 5 | 5我来处理 | 知道了 5号单我跟一下",
        "that the next rung waits, and until when",
        "wujie",
        "✓",
    ),
    _command(
        "alert.snooze",
        "remind me again later",
        "5一小时后提醒 | 5号单下午两点提醒我 | 先别催5 半小时后提醒",
        "when the reminder comes",
        "wujie",
        "✓",
    ),
)
FINANCE = (
    _command(
        "order.pay",
        "money came in, a part or all that is open",
        "收款 2 500元 对公 | 永旺达微信转了500 | 2号单尾款结清了 现金",
        "what came in and what is open",
        "qianfang",
        "✓ 收款",
    ),
    _command(
        "customer.show",
        "a customer's credit and what is owed",
        "福满楼还欠多少 | 家家乐额度还有多少 | 查一下永旺达的账",
        "the limit, what is owed, what is under way",
        "lina",
        "额度",
    ),
)
LOOKING = (
    _command(
        "stock.show",
        "how many are there",
        "可乐还有吗 | 查库存 雪碧 | 总仓纯生还有多少",
        "what may be promised of each product that fits, by warehouse",
        "lina",
        "可用",
    ),
    _command(
        "product.show",
        "what it costs, in which units it is sold",
        "罐装可乐多少钱 | 纯生怎么卖 | 福满楼拿凉茶什么价",
        "the price by unit, for a customer his own",
        "lina",
        "45.00",
    ),
    _command(
        "task.list",
        "what waits for me",
        "我的待办 | 有啥要我处理的 | 我手上还有什么活",
        "the orders in my hands, the most urgent first",
        "zhaolei",
        "您的待办",
    ),
    _command(
        "report.board",
        "how many orders stand where",
        "看板 | 各环节有多少单 | 订单分布",
        "the steps with their orders and amounts",
        "lina",
        "待发货",
    ),
    _command(
        "report.overdue",
        "what is late",
        "超时 | 哪些单超时了 | 逾期的单",
        "the orders past their limit, by step and owner",
        "lina",
        "超时",
    ),
    _command(
        "report.daily",
        "figures of a day",
        "日报 | 昨天日报 | 今天卖得怎么样",
        "new orders, deliveries, payments, and what differs from the day before",
        "lina",
        "新单",
    ),
    _command(
        "report.weekly",
        "figures of a week",
        "周报 | 上周周报 | 这周业绩怎么样",
        "the same for a week",
        "lina",
        "新单",
    ),
    _command(
        "report.monthly",
        "figures of a month",
        "月报 | 上个月月报 | 10月销售额",
        "the same for a month",
        "lina",
        "新单",
    ),
)
EVERYBODY = (
    _command(
        "staff.leave",
        "be away",
        "我明天请假 单子让赵磊跟 | 下周一到周三休年假 王强代 | 我请3天假 交给孙燕",
        "who stands in for which days",
        "lina",
        "替您",
    ),
    _command(
        "suggest",
        "an idea for a better process",
        "建议：审核超过两小时自动提醒主管 | 希望以后发货能自动通知客户 | 我觉得流程上应该先收定金",
        "that the process owner has it",
        "lina",
        "建议已记",
    ),
    _command(
        "undo",
        "take back the last thing I did, within ten minutes",
        "撤销 | 点错了 | 手滑了 撤回",
        "what would be taken back, for a yes; or that there is nothing",
        "qianfang",
        "撤",
    ),
    _command(
        "confirm",
        "yes to what the bot showed",
        "福满楼 纯生20箱 明天送 >> 确认 | 就这样 | 福满楼 纯生20箱 明天送 >> 好的",
        "the order's number, or what else was done",
        "lina",
        "已建单",
    ),
    _command(
        "dismiss",
        "no to what the bot showed or asked",
        "福满楼 纯生20箱 明天送 >> 算了 | 不用了 | 福满楼 纯生20箱 明天送 >> 算了先不下了",
        "that it is given up and nothing was written",
        "lina",
        "已放弃",
    ),
    _command(
        "help",
        "what may I do",
        "帮助 | 你会什么 | 怎么用",
        "everything the person's roles allow, with words to type",
        "lina",
        "您可以这样说",
    ),
    _command(
        "none",
        "nothing: talk, a question, a perhaps, a story",
        "今天好冷 | 华联要不要可乐 | 可能要20箱纯生 还没定",
        "in a group nothing; one to one what could be said instead",
        "huangtao",
        "要办事直接说",
    ),
)
OWN = (
    _command(
        "order.resubmit",
        "hand a rejected order in again",
        "提交 8 | 8 重新提交 | 提交 #8",
        "its step and whose it is now",
        "wangqiang",
        "✓ 重新提交",
    ),
    _command(
        "order.finish",
        "a step of the company's own is finished",
        "完成 17 | 17完成 | 完成 #17",
        "the next step",
        "madong",
        "17",
    ),
    _command(
        "order.refund",
        "what was owed after a return is given back",
        "退款 1 | 已退款 1 | 1已退款",
        "what was given back; or that nothing is owed",
        "qianfang",
        "退给客户",
    ),
    _command(
        "order.rate",
        "how satisfied the customer is, 0 to 100",
        "评分 3 96 | 3号单评分 88分 | 评分 3 九十",
        "the score that counts now",
        "zhaolei",
        "✓ 登记评分",
    ),
    _command(
        "order.why",
        "why an order is in whose hands, and who is called next",
        "为什么 7 | 7为什么 | 为啥 7",
        "the rule that chose, who stands in, the next reminder, why it was reviewed",
        "lina",
        "为什么是",
    ),
    _command(
        "staff.back",
        "be back early",
        "销假 | 我提前销假了 | 已销假",
        "that nobody stands in any longer",
        "lina",
        "欢迎回来",
    ),
    _command(
        "quiet.begin",
        "get nothing personal for a while but what is urgent",
        "免打扰 到明早8点 | 勿扰 两小时 | 免打扰",
        "until when",
        "lina",
        "不打扰您",
    ),
    _command(
        "quiet.end",
        "be told everything again",
        "取消免打扰 | 免打扰结束 | 解除勿扰",
        "that it is over",
        "lina",
        "已取消",
    ),
    _command(
        "notices.door",
        "be told personally on one platform first; or, as at first, where one wrote last",
        "通知 自动 | 通知 钉钉 | 通知发飞书",
        "where notices go",
        "lina",
        "最后说话的地方",
    ),
    _command(
        "binding.begin",
        "get a code that makes an account on another platform one's own",
        "绑定 | 绑定码 | /绑定",
        "six digits, good for ten minutes and once",
        "lina",
        "您的绑定码",
    ),
    _command(
        "binding.list",
        "who has bound what, and who asks for it",
        "绑定列表 | 查绑定列表 | 绑定申请",
        "accounts, since when, by whom; for others than the process owner their own",
        "linxiaomei",
        "没有绑定",
    ),
    _command(
        "binding.end",
        "an account is nobody's any more; a colleague's by the process owner (`解绑 李娜 飞书`)",
        "解绑 飞书 | 解除绑定 钉钉 | 取消绑定 企业微信",
        "what no longer counts; or that nothing was bound",
        "lina",
        "没有绑定过",
    ),
    _command(
        "binding.approve",
        "a stranger is whom they say, or the colleague named",
        "同意绑定 3 | 通过绑定 3 | 同意绑定 3 李娜",
        "whose account it is now; or that no such request waits",
        "linxiaomei",
        "没有这个号",
    ),
    _command(
        "binding.reject",
        "a stranger is not whom they say",
        "拒绝绑定 3 | 不同意绑定 3 | 驳回绑定申请 3",
        "that it was not granted; or that no such request waits",
        "linxiaomei",
        "没有这个号",
    ),
    _command(
        "task.seen",
        "the process owner has looked at what was not understood",
        "待办已看 | 清单看过了 | 待办看了",
        "how many are off the list",
        "linxiaomei",
        "清单",
    ),
    _command(
        "alias.list",
        "what the bot learned from people's choices",
        "别名 | 看别名 | 查学会的说法",
        "each word, where it holds and what it stands for, with its number",
        "linxiaomei",
        "别名",
    ),
    _command(
        "alias.drop",
        "take back what it learned wrongly",
        "撤回别名 3 | 别名 3 删除 | 删掉别名 #3",
        "what is asked about again; or that there is none of this number",
        "linxiaomei",
        "别名",
    ),
)
"""Words of the bot's own, beyond the contract: a line must be exactly one of them."""
COMMANDS = {
    "Orders": ORDERS,
    "Review": REVIEW,
    "Warehouse and purchasing": WAREHOUSE,
    "Finance": FINANCE,
    "Looking": LOOKING,
    "Everybody": EVERYBODY,
}
