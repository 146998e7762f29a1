"""What the heading of a column, or a label beside a value, says of it."""

import re

from handlers.understanding.vocabulary.words import UNITS

_OF_THE_ORDER = "(?:订货|订购|订单|下单|采购|需求|要货|需货|实发|发货|预订|申请|本次)?"
_IN = r"(?:[(\[](?P<unit>[^)\]]+)[)\]])?"

HEADINGS = (
    ("customer", r"客户(?:名称?|简称)?|门店(?:名称?)?|店名|店铺(?:名称?)?|收货(?:单位|门店|客户|方)|购货单位|单位名称|店"),
    ("goods", r"(?:商品|产品|货品|物料|款式|货物|物品|材料|存货)?(?:品名|名称)|商品|产品|货品|品项|物料|款式|款名|货名|款|品种|材料|物品|货物"),
    ("code", r"编号|编码|货号|款号|商品编[码号]|产品编[码号]|物料编[码号]|sku|代码|存货编码"),
    ("spec", r"规格(?:型号)?|型号(?:规格)?|尺寸|参数"),
    ("option", r"颜色|色|花色|尺码|码数|码|尺码?号|款色|口味|(?:颜色|款色|色号?)?[/\\](?:尺码|码数?|尺寸|规格)|(?:尺码|码数?)[/\\](?:颜色|色号?)"),
    ("brand", r"品牌|牌子"),
    ("gift", rf"(?:赠送|搭赠|赠品|搭送|随赠)(?:数量?|件数)?{_IN}"),
    ("quantity", rf"{_OF_THE_ORDER}(?:数量|数|量|件数|份数){_IN}"),
    ("unit", r"单位|计量单位|销售单位"),
    ("price", r"(?:含税|不含税|批发|销售|成交|优惠|供货|出货|开单|执行)?(?:单价|价格|价|售价)(?:[(\[].*[)\]])?"),
    ("note", r"(?:客户|订单|商品|行)?备注(?:信息|说明)?|说明|附注|特殊要求|要求|留言"),
    ("due", r"(?:送货|交货|要货|到货|配送|收货|期望|预计|需求|交付)(?:到货|送达|送货)?(?:日期?|时间|期)|交期|货期|送达(?:日期?|时间)|哪天送|送货日"),
    ("address", r"(?:送货|收货|配送|交货)(?:详细)?(?:地址|地点)|(?:详细)?地址"),
    ("ignored", r"序号?|no\.?|#|行号|条形?码|国际条码|(?:总)?金额(?:[(\[].*[)\]])?|小计|合计|总计|总价|总额|库存|税率|税额|毛?重量?|净重|体积|图片|照片|图"),
)  # fmt: skip
"""By role; the first that fits the whole heading decides."""

LABELS = {
    "customer": r"客户(?:名称?|简称)?|门店(?:名称?)?|店名|收货(?:单位|门店|客户|方)|购货单位|单位名称|客户单位|订货(?:单位|门店|客户)",
    "due": r"(?:送货|交货|要货|到货|配送|收货|期望送达|预计送达)(?:日期?|时间)|交期|货期",
    "address": r"(?:送货|收货|配送|交货)(?:地址|地点)|地址",
    "note": r"备注|附注|说明",
    "day": r"日期|时间",
    "aside": (
        r"(?:制单|下单|开单|打印|订单|订货|录单|单据|填表|填写|制表)(?:日期|时间)|(?:联系|客户|收货|手机|公司|座机)?(?:电话|手机号?码?|传真|tel)"
        r"|(?:订单|单据|合同|送货单|出库单|采购单)?(?:编号|单号|号码)|no\.?|制[单表]人?|业务员|下单人|经手人|审核人?|收货人|联系人|开户行|账号|税号|微信号?|qq|页码"
    ),
}
"""What stands before a value in a row above or below a table. `day` may be that of the paper; an `aside` is not for us."""

_HEADINGS = tuple((role, re.compile(shape)) for role, shape in HEADINGS)
_LABEL = re.compile("|".join(rf"(?P<{role}>{shape})" for role, shape in LABELS.items()))
_WHOLE = re.compile("整|散|零|单|按")
TOTAL = re.compile(
    r"(?:本[页单表次]|全部|当[日天]|以上|货[款品物])?(?:数量|件数|金额)?"
    r"(?:[合总小共累]\s*计|总\s*数量?|总\s*金额|总\s*件数|总价|共|total|sum)(?:数量?|金额|件数|大写|人民币)*"
    r"(?:\s*[(\[].*[)\]])?(?:\s*[::].*|\s*[¥￥\d].*)?",
    re.IGNORECASE,
)
"""The first cell of a row that adds up others."""


def role_of(heading: str) -> str:
    """What the column is, or an empty text."""
    words = heading.replace(" ", "")
    if not words:
        return ""
    found = next((role for role, shape in _HEADINGS if shape.fullmatch(words)), "")
    return found or ("quantity" if unit_of(words) else "")


def unit_of(heading: str) -> str:
    """The unit in which a column counts: 数量(箱), 箱数, 整箱, 瓶; 件数 is a number of anything."""
    words = heading.replace(" ", "")
    bracket = re.search(r"[(\[]([^)\]]+)[)\]]", words)
    if bracket:
        return bracket[1]
    bare = _WHOLE.sub("", words.removesuffix("数"), count=1)
    return bare if bare in UNITS and words != "件数" else ""


def label_of(cell: str) -> tuple[str, str]:
    """The label that a cell begins with, as its role, and what follows it; two empty texts where there is none."""
    label, mark, value = re.sub(r"\s*[::]\s*", ":", cell, count=1).partition(":")
    match = _LABEL.fullmatch(label.replace(" ", ""))
    if match is None:
        return "", ""
    return str(match.lastgroup), value.strip() if mark else ""
