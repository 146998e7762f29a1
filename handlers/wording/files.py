"""A file that was sent: taken, read row by row, or why not."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from domain.files import LARGEST, ReadFile
from domain.pages import Page, Unreadable
from handlers.asking import Pending, Preview
from handlers.context import Context
from handlers.fates import Fates, Refused, Row
from handlers.message import Button, Reply
from handlers.understanding.readings.sheets.result import SheetPage
from handlers.wording.checks import NAMES
from handlers.wording.file_reasons import reason, unread
from handlers.wording.rows import page_name, rows_text, totals_text
from handlers.wording.text import delivery, money, number, plain, span

SHOWN = 40
"""Reasons that are listed one by one; the rows that have others are listed together."""
_SOURCES = {"title": "表头上面的字里", "page": "工作表的名字里", "file": "文件名里"}


def file_name(name: str) -> str:
    """`「订单.xlsx」`."""
    return f"「{plain(name, 60)}」"


def taken(name: str, *, in_group: bool) -> Reply:
    """It is kept, and being read."""
    where = "读好我私聊发给您" if in_group else "读好马上告诉您"
    return Reply(f"收到{file_name(name)}，正在读，{where}。")


def too_large(name: str) -> Reply:
    """Larger than is taken."""
    most = LARGEST // 1024 // 1024
    return Reply(f"{file_name(name)}超过 {most} MB，没有收。请只留要下单的那一页，另存一份再发。")


def empty(name: str) -> Reply:
    """Nothing is in it."""
    return Reply(f"{file_name(name)}是空的，没有收。请检查文件后再发。")


def too_many(name: str, most: int) -> Reply:
    """Others wait to be read."""
    return Reply(f"您前面还有 {most} 个文件没读完，{file_name(name)}没有收。等读完再发。")


def unreadable(name: str, error: Unreadable) -> Reply:
    """It is no table that can be read."""
    return Reply(f"{file_name(name)}没有读：{unread(error)}")


def failed(name: str) -> Reply:
    """We made a mistake."""
    return Reply(
        f"{file_name(name)}没读成，是系统出了问题，什么都没下。已转流程负责人；您可以先打字下单，或稍后再发一次。"
    )


def seen_before(name: str, earlier: ReadFile, now: datetime, code: str) -> Reply:
    """The same table was sent a short while ago."""
    ago = now - earlier.at
    when = f"{span(ago)}前" if ago >= timedelta(minutes=1) else "刚才"
    other = f"（那次叫{file_name(earlier.name)}）" if earlier.name != name else ""
    orders = earlier.outcome.get("orders", 0)
    became = f"出了 {orders} 张草稿" if orders else "没有可下的单"
    text = f"{file_name(name)}和您{when}传的是同一张表{other}，那次{became}。再下一次吗？"
    return Reply(text, (Button("再下一次", f"确认 {code}"), Button("不用了", f"放弃 {code}")))


def once_more() -> Reply:
    """It is wanted."""
    return Reply("好的，再读一遍，读好马上告诉您。")


def not_again() -> Reply:
    """It is not wanted."""
    return Reply("好的，这张表不再下了。")


def no_longer_there() -> Reply:
    """It was forgotten, or is read already."""
    return Reply("那张表已经不在了，请重新发一次。")


def answer(
    name: str,
    orders: Sequence[tuple[Pending, str]],
    fates: Fates,
    pages: Sequence[SheetPage],
    raw: Sequence[Page],
) -> str:
    """What became of every row, in front of the drafts; each comes with where its customer was found."""
    taken, asked, refused = len(fates.taken), len(fates.asked), len(fates.wholly)
    head = "读完了，还没有下单" if orders else "读完了，没有可下的单"
    text = [f"**{file_name(name)}{head}**"]
    if fates.rows:
        text.append(f"共 {fates.rows} 行：取了 {taken} 行，要问 {asked} 行，没收 {refused} 行。")
    if taken:
        text.append(f"取了：{rows_text(fates.taken)}")
    if asked:
        text.append(f"要问：{rows_text(row for row, _ in fates.asked)}，下面一个一个问")
    text += _refusals(fates.refused)
    lines = [line for pending, _ in orders for line in pending.reading.slots.lines]
    if lines:
        text.append(f"数量合计（不含没收的）：{totals_text(lines)}")
    return "\n".join([*text, *_about([source for _, source in orders], pages, raw)])


def later(count: int) -> Reply:
    """Other orders of the file with questions of their own."""
    return Reply(f"（另有 {count} 张单还有要问的，前面的办完再问。）")


def in_short(seen: Sequence[tuple[Pending, Preview]], ctx: Context) -> Reply:
    """Many drafts, one line each; each can be looked at line by line, and confirmed alone."""
    text = [f"**{len(seen)} 张草稿，请核对**（「看 编号」逐行核对，「确认 编号」只下这一张）"]
    text += [f"{at}. {_in_a_line(pending, shown, ctx)}" for at, (pending, shown) in enumerate(seen, 1)]
    text.append("都对就回复「全部确认」；「全部放弃」一张不下。")
    return Reply("\n".join(text), (Button("全部确认", "全部确认"), Button("全部放弃", "全部放弃")))


def _in_a_line(pending: Pending, shown: Preview, ctx: Context) -> str:
    customer = ctx.company.catalogue.customers[shown.wanted.customer]
    amount = money(sum((line.amount for line in shown.lines), start=Decimal(0)))
    when = delivery(shown.wanted.due, shown.wanted.period, ctx.today)
    said = f"{len(shown.lines)} 行，{totals_text(pending.reading.slots.lines)}，{amount} 元"
    warnings = " ".join(f"⚠{NAMES.get(check.kind, check.kind)}" for check in shown.checks if not check.passed)
    return (
        "，".join(filter(None, [f"{plain(customer.name, 30)}：{said}", when, warnings]))
        + f"（{pending.code}）"
    )


def _refusals(refused: Sequence[Refused]) -> list[str]:
    """Each reason with its rows: 第7行 没收：找不到“榴莲汁”."""
    said: dict[str, list[Row]] = {}
    for one in refused:
        said.setdefault(reason(one), []).append(one.row)
    listed = sorted(said.items(), key=lambda found: found[1][0])
    shown = [f"- {rows_text(rows)} 没收：{why}" for why, rows in listed[:SHOWN]]
    rest = sorted(row for _, rows in listed[SHOWN:] for row in rows)
    return (
        [*shown, f"- {rows_text(rest)} 也没收，原因太多列不下，请核对这些行的品名和数量"] if rest else shown
    )


def _about(sources: Sequence[str], pages: Sequence[SheetPage], raw: Sequence[Page]) -> Iterator[str]:
    """What else is to be known: sums that are wrong, what was not read, where a customer was found."""
    for page in pages:
        for wrong in page.sums:
            yield (
                f"⚠ {rows_text([(page.name, wrong.row)])}的合计是 {number(wrong.said)}，"
                f"上面各行加起来是 {number(wrong.found)}，请核对。"
            )
        if not page.tables:
            yield (
                f"{page_name(page.name)}整页没读（{page.rows}行）：没找到写着“品名”“数量”的表头，"
                "表头里还可以有客户、规格、单位、单价、备注、送货日期。"
            )
        if page.headless:
            yield f"{page_name(page.name)}没有表头，按每列里写的是什么读的，请核对。"
        if page.unused:
            yield f"{page_name(page.name)}没用到的列：{'、'.join(plain(word, 20) for word in page.unused[:20])}。"
    yield from _hidden(raw)
    for source in dict.fromkeys(sources):
        if source in _SOURCES:
            yield f"客户是从{_SOURCES[source]}认出来的，请核对。"


def _hidden(raw: Sequence[Page]) -> Iterator[str]:
    for page in raw:
        if page.unread:
            yield f"「{plain(page.name, 20)}」是隐藏的工作表，没读（{page.unread}行）。"
        if page.hidden_columns:
            yield f"隐藏的列没读：{'、'.join(page.hidden_columns[:20])}。"
    if any(page.blind for page in raw):
        yield "（.xls 看不出哪些行、列是隐藏的，隐藏的也读了，请核对。）"
