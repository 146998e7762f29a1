"""What is said about tables that do not fit together, and about rules that orders in being do not fit."""

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
