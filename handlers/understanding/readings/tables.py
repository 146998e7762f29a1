"""Tables pasted from a spreadsheet: rows with a head that says what each column is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from handlers.understanding.normalise.text import Text
from handlers.understanding.readings.table_cells import cells as cells_of
from handlers.understanding.readings.table_cells import counted_in, free, quantity
from handlers.understanding.values.numerals import number

_HEADS = (
    ("customer", r"客户(?:名称?|简称)?|门店(?:名称?)?|店名|店铺|收货(?:单位|门店|客户)|购货单位|单位名称|店"),
    ("goods", r"(?:商品|产品|货品|物料|款式|货物|物品|材料)?(?:品名|名称)|商品|产品|货品|品项|物料|款式|款名|货名|款|品种|材料"),
    ("code", r"编号|编码|货号|款号|商品编[码号]|产品编[码号]|物料编[码号]|sku|代码|存货编码"),
    ("spec", r"规格(?:型号)?|型号(?:规格)?|尺寸|参数"),
    ("option", r"颜色|色|花色|尺码|码数|码|尺码?号|款色"),
    ("quantity", r"(?:订货|订购|订单|下单|采购|需求|要货|实发|发货)?(?:数量|数|量|件数|箱数|个数|台数|双数|套数)(?:[(\[](?P<unit>[^)\]]+)[)\]])?"),
    ("unit", r"单位|计量单位"),
    ("price", r"(?:含税|不含税|批发|销售|成交|优惠)?(?:单价|价格|价|售价)(?:[(\[].*[)\]])?"),
    ("note", r"备注|说明"),
    ("ignored", r"序号?|no\.?|条码|(?:总)?金额(?:[(\[].*[)\]])?|小计|合计|总价|总额|库存|税率|税额|重量|体积"),
)  # fmt: skip
_TOTAL = re.compile(r"(?:合|总|小)\s*计|共计|总数|总金额")
_NOTHING = frozenset({"", "-", "--", "/", "0", "无", "—", "x", "0.0", "0.00"})
_PAIR = re.compile(r"客户|门店|店名|收货|日期|时间|地址|备注|联系|电话|送货|交货|业务员|下单人")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of goods in a table.

    `above` are the free lines above it, where the table itself does not name the goods: one of them may.
    """

    goods: str
    quantity: Decimal | None
    unit: str = ""
    price: Decimal | None = None
    customer: str = ""
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of goods, and the text around them."""

    rows: tuple[Row, ...]
    around: str


@dataclass(slots=True)
class _Head:
    roles: list[str]
    units: dict[int, str] = field(default_factory=dict)
    sizes: dict[int, str] = field(default_factory=dict)


class TableReader:
    """Finds tables; `sizes` are the words that may head a column of a matrix, with what they decide."""

    def __init__(self, sizes: Mapping[str, frozenset[str]]) -> None:
        self._sizes = sizes

    def read(self, text: Text) -> Table | None:
        """The table in a message, if it has one with a head."""
        if "\n" not in text.low:
            return None
        tabbed = any(line.count("\t") > 1 for line in text.low.split("\n"))
        raw_rows = [cells_of(line, tabbed=tabbed) for line in text.raw.split("\n")]
        low_rows = [cells_of(line, tabbed=tabbed) for line in text.low.split("\n")]
        for index, cells in enumerate(low_rows):
            head = self._head(cells)
            if head:
                return self._table(head, raw_rows, low_rows, index)
        return None

    def _head(self, cells: Sequence[str]) -> _Head | None:
        roles = [_role(cell) for cell in cells]
        head = _Head(roles)
        for index, cell in enumerate(cells):
            bare = cell.removesuffix("码").removesuffix("号")
            if not roles[index] and (cell in self._sizes or bare in self._sizes):
                head.roles[index], head.sizes[index] = "size", bare if bare in self._sizes else cell
            match = re.search(r"[(\[]([^)\]]+)[)\]]", cell)
            if head.roles[index] == "quantity":
                head.units[index] = match[1] if match else counted_in(cell)
        known = [role for role in head.roles if role]
        if len(head.sizes) >= 2:
            return head if self._is_matrix(head) else None
        enough = len(known) >= 2 and len(known) * 2 >= len(cells)
        return head if enough and "quantity" in known and "size" not in known else None

    def _further(self, cells: Sequence[str], *, cornered: bool) -> _Head | None:
        """Another head below the first: with a word for what is in it, or, as the first, a style in the corner."""
        found = self._head(cells)
        return found if found and (found.roles[0] or cornered) else None

    def _is_matrix(self, head: _Head) -> bool:
        """Whether the sizes in a head are of one kind, and the rest of it says what columns are."""
        kinds = frozenset.intersection(*(self._sizes[size] for size in head.sizes.values()))
        return bool(kinds) and all(head.roles[1:])

    def _table(self, head: _Head, raw_rows: list[list[str]], low_rows: list[list[str]], index: int) -> Table:
        rows: list[Row] = []
        around = [free(cells) for cells in raw_rows[:index]]
        above: dict[str, str] = {}
        for raw, low in zip(raw_rows[index:], low_rows[index:], strict=True):
            another = (
                head
                if low is low_rows[index]
                else self._further(low, cornered=head.roles[0] == "option" and bool(above.get("goods")))
            )
            if another:
                head = another
                _named_by_head(head, low, above)
            elif any(_TOTAL.search(cell) for cell in low):
                continue
            elif not _fills(head, low):
                around.append(free(raw))
            else:
                over = () if above.get("goods") or above.get("code") else tuple(filter(None, around))
                rows += (replace(row, above=over) for row in self._rows(head, low, above))
        return Table(tuple(rows), "\n".join(line for line in around if line))

    def _rows(self, head: _Head, cells: Sequence[str], above: dict[str, str]) -> Iterator[Row]:
        """The goods of one row; a name or customer left out is that of the row above."""
        said = {
            role: [] for role in ("customer", "goods", "code", "spec", "option", "unit", "price", "quantity")
        }  # type: dict[str, list[tuple[int, str]]]
        for index, cell in enumerate(cells[: len(head.roles)]):
            unnamed = index == 0 and "goods" not in head.roles and "code" not in head.roles
            role = head.roles[index] or ("goods" if unnamed else "")
            if role in said and cell:
                said[role].append((index, cell))
        for role in ("customer", "goods", "code"):
            if said[role]:
                above[role] = " ".join(cell for _, cell in said[role])
        goods = " ".join(
            [above.get("goods") or above.get("code", ""), *(cell for _, cell in said["option"])]
        ).strip()
        if head.sizes:
            yield from self._sized(head, cells, goods, above)
            return
        spec = " ".join(cell for _, cell in said["spec"])
        counted = next(((index, cell) for index, cell in said["quantity"]), None)
        if counted is None or counted[1] in _NOTHING:
            return
        value, unit = quantity(counted[1])
        unit = " ".join(cell for _, cell in said["unit"]) or unit or head.units.get(counted[0], "")
        price = number(said["price"][0][1].strip("¥￥元")) if said["price"] else None
        yield Row(f"{goods}\t{spec}".strip(), value, unit, price, above.get("customer", ""))

    def _sized(self, head: _Head, cells: Sequence[str], goods: str, above: dict[str, str]) -> Iterator[Row]:
        for index, size in head.sizes.items():
            cell = cells[index] if index < len(cells) else ""
            if cell in _NOTHING:
                continue
            value, unit = quantity(cell)
            yield Row(f"{goods} {size}", value, unit, None, above.get("customer", ""))


def _named_by_head(head: _Head, cells: Sequence[str], above: dict[str, str]) -> None:
    """卫衣 M L XL: the style in the corner of a matrix is that of all its rows."""
    above.clear()
    if head.sizes and not head.roles[0]:
        above["goods"], head.roles[0] = cells[0], "option"


def _fills(head: _Head, cells: Sequence[str]) -> bool:
    """Whether a line has enough cells for a row, and no heading of its own."""
    filled = len([cell for cell in cells if cell]) > 1
    return filled and (bool(head.sizes) or len(cells) * 2 >= len(head.roles)) and not _PAIR.match(cells[0])


def _role(cell: str) -> str:
    words = cell.replace(" ", "")
    return next((role for role, shape in _HEADS if words and re.fullmatch(shape, words)), "")
