"""What was learned from choices, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.lessons import CUSTOMER, PERSON, Lesson
from handlers.context import Context
from handlers.message import Button, Reply
from handlers.wording.entries import entry_name
from handlers.wording.orders import name_of
from handlers.wording.text import moment, plain

BUTTONS = 4


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of the list is shown; `manages`: the reader may take things back."""

    number: int
    size: int
    manages: bool


def listed(found: Sequence[Lesson], count: int, page: Page, ctx: Context) -> Reply:
    """A page of what was learned, newest first."""
    if not found:
        return Reply(_none(count, page))
    pages = -(-count // page.size)
    which = f"，第 {page.number}/{pages} 页" if pages > 1 else ""
    text = [f"**学会的别名 {count} 个**（新的在前{which}）", *(_row(lesson, ctx) for lesson in found)]
    if page.manages:
        text.append(f"不对的就撤回，如「撤回别名 {found[0].number}」，下次会重新问。")
    offers = [_take_back(lesson) for lesson in found[:BUTTONS]] if page.manages else []
    if page.number < pages:
        offers.append(Button("下一页", f"别名 第{page.number + 1}页"))
    return Reply("\n".join(text), tuple(offers))


def _none(count: int, page: Page) -> str:
    if count:
        return f"别名一共 {-(-count // page.size)} 页，没有第 {page.number} 页。"
    whose = "还没有学会别名" if page.manages else "还没有从您的选择里学会别名"
    return f"{whose}：同一个说法问过两次、两次选的都一样，就会记成别名，下次不再问。"


def _row(lesson: Lesson, ctx: Context) -> str:
    when = f"，{moment(lesson.learned_at, ctx.company.calendar.zone)}学会" if lesson.learned_at else ""
    gone = "" if _stands(lesson, ctx) else "，已不在目录里，不再用"
    by = name_of(lesson.by, ctx)
    return (
        f"{lesson.number}. “{plain(lesson.said, 20)}”＝{_meant(lesson, ctx)}"
        f"（{_where(lesson, ctx)}，{by}选过 {lesson.times} 次{when}{gone}）"
    )


def _meant(lesson: Lesson, ctx: Context) -> str:
    return plain(entry_name(lesson.term.kind, lesson.code, ctx), 40)


def _where(lesson: Lesson, ctx: Context) -> str:
    """For whom it holds: `客户 华联超市(人民路店)`, `李娜说的`."""
    scope = lesson.term.scope
    if scope.startswith(CUSTOMER):
        return f"客户 {plain(entry_name('customer', scope.removeprefix(CUSTOMER), ctx), 30)}"
    return f"{name_of(scope.removeprefix(PERSON), ctx)}说的"


def _stands(lesson: Lesson, ctx: Context) -> bool:
    catalogue = ctx.company.catalogue
    return lesson.code in (catalogue.customers if lesson.term.kind == "customer" else catalogue.products)


def _take_back(lesson: Lesson) -> Button:
    return Button(f"撤回 {lesson.number}. {plain(lesson.said, 12)}", f"撤回别名 {lesson.number}")


def dropped(lesson: Lesson, ctx: Context) -> Reply:
    """One was taken back."""
    text = (
        f"✓ 已撤回：{_where(lesson, ctx)}“{plain(lesson.said, 20)}”不再当作{_meant(lesson, ctx)}，下次会重新问；"
        "之前的选择不再算数。"
    )
    return Reply(text, (Button("别名", "别名"),))
