"""Why a row of a file is not ordered, and why a file is not read."""

from collections.abc import Callable, Mapping

from domain.pages import ERROR, FORMULA, LONG, Unreadable
from handlers.fates import RULES, Refused
from handlers.understanding.readings.sheets.wishes import (
    HIDDEN,
    MERGED,
    NEGATIVE,
    NO_GOODS,
    NO_QUANTITY,
    NOTED,
    REMARK,
    UNKNOWN,
    UNPRICED,
    WITHDRAWN,
    ZERO,
)
from handlers.wording.rows import page_name
from handlers.wording.text import plain

TAKES = "Excel（.xlsx、.xls）和 .csv"


def reason(refused: Refused) -> str:
    """Why a row is not ordered: `找不到“榴莲汁”`."""
    words = f"{plain(refused.words, 40)} {plain(refused.column, 20)}".strip()
    return refused.sentence if refused.why == RULES else _REASONS[refused.why].format(words=f"“{words}”")


def unread(error: Unreadable) -> str:
    """Why a file is not read, and what to do."""
    return _UNREADABLE[error.code](error.facts)


_REASONS: Mapping[str, str] = {
    FORMULA: "公式没有算好的值，请用 Excel 或 WPS 打开、保存一次再发",
    ERROR: "有一格是算错的公式（如 #N/A）",
    LONG: "有一格的字太多",
    HIDDEN: "是隐藏的行；要的话取消隐藏再发",
    MERGED: "数量是合并的单元格，看不出每行各多少",
    NO_GOODS: "有数量，没写品名",
    UNKNOWN: "找不到{words}",
    NO_QUANTITY: "没写数量",
    ZERO: "数量是 0 或空的",
    NEGATIVE: "{words}的数量是负数；退货请另外说",
    UNPRICED: "{words}的单价看不懂，请写数字",
    WITHDRAWN: "{words}的备注写着不要",
    REMARK: "不是商品行：{words}",
    NOTED: "不是商品行，当说明看了：{words}",
}

_UNREADABLE: Mapping[str, Callable[[Mapping[str, object]], str]] = {
    "not-a-table": lambda f: f"这不是表格。我只认{TAKES}。",
    "other-kind": lambda f: f"{f['kind']} 我还不会读，请用 Excel 或 WPS 打开，另存为 .xlsx 再发。",
    "password": lambda f: "文件有密码。请去掉密码另存一份再发。",
    "broken": lambda f: "文件坏了，或者格式不对。请用 Excel 或 WPS 打开，另存为 .xlsx 再发。",
    "encoding": lambda f: "文字编码认不出来。请用 Excel 或 WPS 打开，另存为 .xlsx 再发。",
    "empty": lambda f: "里面没有内容。请检查文件后再发。",
    "too-many-rows": lambda f: f"有 {f['rows']} 行，一次最多 {f['most']} 行。请分成几份再发。",
    "too-wide": lambda f: (
        f"{page_name(str(f['page']))}的 {plain(str(f['place']), 12)} 格还有内容，"
        f"超出了能读的范围（{f['rows']} 行、{f['columns']} 列）。请把要下单的部分复制到新表再发。"
    ),
    "too-much": lambda f: "内容太多或太复杂，没能读完。请只留要下单的那一页，另存一份再发。",
    "too-many-lines": lambda f: f"有 {f['lines']} 行要下单，一次最多 {f['most']} 行。请分成几份再发。",
    "too-many-orders": lambda f: f"要下 {f['orders']} 张单，一次最多 {f['most']} 张。请分成几份再发。",
}
