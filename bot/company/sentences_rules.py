"""What is said about tables and rules that do not fit together."""

from collections.abc import Mapping

REFERENCES: Mapping[str, tuple[str, str]] = {
    "staff_unknown": ("没有“{user}”这个人{hint}", "there is nobody with the id “{user}”{hint}"),
    "staff_away": ("“{user}”已离职", "“{user}” no longer works here"),
    "supplier_unknown": (
        "没有编号为“{supplier}”的供应商{hint}",
        "there is no supplier “{supplier}”{hint}",
    ),
    "sku_unknown": ("没有编号为“{sku}”的产品{hint}", "there is no product “{sku}”{hint}"),
    "customer_unknown": (
        "没有编号为“{customer}”的客户{hint}",
        "there is no customer “{customer}”{hint}",
    ),
    "warehouse_unknown": (
        "没有编号为“{warehouse}”的仓库{hint}",
        "there is no warehouse “{warehouse}”{hint}",
    ),
    "role_unknown": (
        "没有“{role}”这个岗位{hint}",
        "there is no role “{role}”{hint}",
    ),
    "group_unknown": (
        "没有“{group}”这个群{hint}",
        "there is no group “{group}”{hint}",
    ),
    "step_unknown": (
        "没有“{step}”这个环节{hint}",
        "there is no step “{step}”{hint}",
    ),
    "department_unknown": ("没有人属于“{department}”部门", "nobody belongs to the department “{department}”"),
    "unit_unknown": (
        "“{sku}”不按“{unit}”卖，只有：{units}",
        "“{sku}” is not sold by “{unit}”, only by: {units}",
    ),
    "platform_id_twice": ("{column} 和“{user}”的相同", "{column} is the same as that of “{user}”"),
    "own_manager": ("上级或代理人不能是自己", "nobody is their own manager or deputy"),
    "managers_circular": (
        "从“{user}”往上找上级会绕回自己",
        "the managers above “{user}” lead back to “{user}”",
    ),
    "person_without_role": ("“{user}”没有岗位，什么也做不了", "“{user}” has no role and may do nothing"),
    "region_unserved": (
        "没有仓库负责“{region}”，这里的单从任意仓库发",
        "no warehouse serves “{region}”; any will do",
    ),
    "level_unknown": ("没有客户属于价格级别“{level}”", "no customer has the price level “{level}”"),
    "price_far": (
        "价格 {price} 和目录价 {list_price} 相差太远",
        "the price {price} is far from the list price {list_price}",
    ),
    "stock_fraction": (
        "{value}{unit} 不是整数个{smallest}",
        "{value} {unit} is not a whole number of {smallest}",
    ),
    "name_twice": ("名称“{name}”和“{other}”的相同", "the name “{name}” is also that of “{other}”"),
    "alias_is_name": (
        "别名“{alias}”正好是“{other}”的名称，说这个词只会认成对方",
        "the alias “{alias}” is the very name of “{other}”, which it will always mean",
    ),
}

FLOW: Mapping[str, tuple[str, str]] = {
    "kind_unknown": (
        "没有“{kind}”这种环节{hint}",
        "there is no kind of step “{kind}”{hint}",
    ),
    "kind_twice": (
        "“{step}”已经是 {kind}，只能有一个",
        "“{step}” is already of kind {kind}; there may be only one",
    ),
    "kind_missing": ("缺少 kind 为 {kind} 的环节", "no step has the kind {kind}"),
    "step_without_next": (
        "环节“{step}”没有写 next，走到这里就停了",
        "step “{step}” has no next and would end there",
    ),
    "step_with_next": ("环节“{step}”不需要 next", "step “{step}” needs no next"),
    "step_without_roles": (
        "环节“{step}”没有写由谁做（roles）",
        "step “{step}” does not say who acts (roles)",
    ),
    "step_nobody": ("环节“{step}”的岗位里一个在职的人也没有", "nobody at work has a role of step “{step}”"),
    "step_unreachable": ("从草稿走不到环节“{step}”", "step “{step}” cannot be reached from the draft"),
    "steps_circular": ("从“{step}”又绕回“{next}”", "“{step}” leads back to “{next}”"),
    "step_order": ("环节“{step}”应在“{before}”前面", "step “{step}” must come before “{before}”"),
    "short_next": (
        "缺货环节“{step}”补到货后只能回到 picking",
        "the step “{step}” can only lead back to picking",
    ),
    "whom_unknown": ("不知道“{whom}”是谁{hint}", "“{whom}” is nobody{hint}"),
    "rung_repeat": (
        "重复要同时写 every 和 times（2 到 {most} 次）",
        "to repeat give both every and times (2 to {most})",
    ),
    "span_too_long": (
        "太长了：连同重复和收到以后停的时间，最多 {most} 个工作日",
        "too long: with repeats and the silence of an ack at most {most} working days",
    ),
    "ladder_falls": (
        "环节“{step}”：后一级不能早于前一级",
        "step “{step}”: a later rung must not come earlier",
    ),
    "ladder_finished": (
        "环节“{step}”已经办完，不用再催",
        "nobody acts in step “{step}” any more; it needs no ladder",
    ),
    "whom_nobody": (
        "岗位“{role}”里一个在职的人也没有，到时没人可找",
        "nobody at work has the role “{role}”; the rung would ring for nobody",
    ),
    "rung_when": (
        "每一级写 after（进入后多久）或 before（到时限前多久），只写一个",
        "each rung says when: after (in the step) or before (its limit), one of the two",
    ),
    "rung_without_limit": (
        "这个环节没有 limit，before 无从算起",
        "this step has no limit, so nothing comes before it",
    ),
    "rung_too_early": (
        "before 要比 limit 短，否则一进入就到了",
        "before must be shorter than the limit, or it rings on entering",
    ),
    "assign_to_whom": (
        "每条分派规则写 person（某个人）或 role（某个岗位），只写一个",
        "each rule assigns to a person or to a role, one of the two",
    ),
    "assign_by_unknown": (
        "不知道怎么选：“{by}”{hint}",
        "“{by}” is no way to choose one of a role{hint}",
    ),
    "assign_unable": (
        "分派给的人在环节“{step}”没有岗位，接到了也办不了",
        "whom this assigns to may not act in step “{step}”",
    ),
    "assign_nothing": (
        "没有“{value}”，这条规则永远用不上{hint}",
        "there is no “{value}”; this rule would never hold{hint}",
    ),
    "assign_amounts": ("up_to 要比 above 大", "up_to must be more than above"),
    "shift_malformed": (
        "班次“{value}”不对，写成 08:00-16:00，几段之间用分号",
        "the shift “{value}” is wrong; write 08:00-16:00, several separated by semicolons",
    ),
    "tiers_fall": ("审批档“{tier}”的金额没有比前一档高", "tier “{tier}” does not rise above the one before"),
    "tiers_open_end": (
        "最后一档“{tier}”不能有 up_to，否则更大的单没人批",
        "the last tier “{tier}” must have no up_to, or larger orders have no reviewer",
    ),
    "tier_fewer_reviewers": (
        "审批档“{tier}”的人数比前一档少",
        "tier “{tier}” has fewer reviewers than the one before",
    ),
    "tier_too_many": ("审批档“{tier}”最多 {most} 个人审", "tier “{tier}” may have at most {most} reviewers"),
    "tier_understaffed": (
        "审批档“{tier}”的岗位里只有 {able} 个在职的人，不够",
        "tier “{tier}” has only {able} people at work in its roles",
    ),
    "action_unknown": (
        "没有“{action}”这个动作{hint}",
        "there is no action “{action}”{hint}",
    ),
    "group_without_way": (
        "群“{group}”没有写怎么通知到（ways）",
        "group “{group}” cannot be reached: it has no ways",
    ),
    "report_nowhere": (
        "“{kind}”不知道发到哪个群，请写 to，或写 {kind}: no",
        "the report “{kind}” has no group to go to: give it one with “to”, or write {kind}: no",
    ),
    "group_empty": ("群“{group}”里没有人", "group “{group}” has no members"),
    "way_unknown": (
        "没有“{kind}”这种通知方式{hint}",
        "there is no way “{kind}”{hint}",
    ),
    "way_address": (
        "“{kind}”的地址不对，要写的是：{needs}（- 表示什么也不用写）",
        "“{kind}” has a wrong address; it takes: {needs} (- for none)",
    ),
    "webhook_unset": (
        "群“{group}”的地址应在环境变量 {variable} 里，现在没有设置",
        "the address of group “{group}” belongs into the environment variable {variable}, which is not set",
    ),
    "webhook_elsewhere": (
        "群“{group}”的地址（环境变量 {variable}）指向 {host}，应指向 {hosts}；请在群设置里重新复制机器人的地址",
        "the address of group “{group}” in the environment variable {variable} leads to {host} and should lead to "
        "{hosts}; copy the robot's address again from the group's settings",
    ),
    "shifts_overlap": ("{start} 开始的班次和前一班重叠", "the shift from {start} overlaps the one before"),
    "day_open_and_closed": ("{day} 既写了上班又写了休息", "{day} is both open and closed"),
    "holidays_unknown": (
        "法定节假日只知道到 {until}，{year} 年的放假和调休请写进 hours.closed 和 hours.open",
        "public holidays are known until {until}; write those of {year} into hours.closed and hours.open",
    ),
}

CHANGES: Mapping[str, tuple[str, str]] = {
    "order_differs": (
        "订单“{order}”的“{column}”和第 {line} 行不一样",
        "“{column}” of order “{order}” differs from line {line}",
    ),
    "customer_in_use": (
        "不能去掉客户“{code}”（{name}），还有没办完的单：{orders}",
        "the customer “{code}” ({name}) cannot be dropped, there are open orders: {orders}",
    ),
    "product_in_use": (
        "不能去掉产品“{code}”（{name}），没办完的单里还有它：{orders}",
        "the product “{code}” ({name}) cannot be dropped, it is in open orders: {orders}",
    ),
    "product_in_stock": (
        "不能去掉产品“{code}”，还有库存：{warehouses}；请先盘点为 0",
        "the product “{code}” cannot be dropped, it is in stock: {warehouses}; count it to 0 first",
    ),
    "warehouse_in_use": (
        "不能去掉仓库“{code}”，里面还有货：{products}；请先盘点为 0",
        "the warehouse “{code}” cannot be dropped, it holds goods: {products}; count them to 0 first",
    ),
    "step_in_use": (
        "不能去掉或改名环节“{step}”，还有单停在这里：{orders}",
        "the step “{step}” cannot be dropped or named otherwise, orders stand in it: {orders}",
    ),
    "step_of_the_past": (
        "不能去掉或改名环节“{step}”，有 {orders} 张单在这里结束",
        "the step “{step}” cannot be dropped or named otherwise, {orders} orders have ended in it",
    ),
    "order_exists": (
        "#{number} 已经在系统里，不会再建一遍；真要照样再建一张，请去掉 code 这一列",
        "#{number} is here already and is not entered again; to enter another one like it remove the column code",
    ),
    "refused": ("不能收：{reason}（{code}）", "this is refused: {code} ({reason})"),
}
