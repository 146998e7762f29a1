"""The sender's reason: what is said beside the thing to be done."""

import re
from collections.abc import Iterator, Sequence

from handlers.understanding.spans.items import Item, Line

_PARTICLES = re.compile(
    r"[了的吧啊呢哦呀哈嘛下去先再也都就把给请帮我一个那这单货要得是由]|一下|客户|这边|那边"
)
_INTRO = re.compile(
    r"^[\s,，。.;:：、!]*(?:(?:的?原因|理由|因为|由于|是因为|说是|说|是|反映|反馈|表示|,|:|了|吧|一下|去|啊|呀|哦|回去|回|给他|先|的)+[\s,，:：]*)*"
)
_MANNERS = re.compile(
    r"(?:谢谢|辛苦|麻烦|拜托|好的|收到|知道|明白|ok|嗯|请|你|您|大家|了|啊|吧|一下|处理|看|下|哈|哦|帮忙|帮|我)+"
)
_LENGTH = re.compile(r"[\d一二两三四五六七八九十几半]*个?(?:半?天|周|星期|礼拜|小时|月)")
_PAUSE = re.compile(r"[\s,，。;；!！?？、\n]+")


def clauses(line: Line) -> Iterator[tuple[Line, int, int]]:
    """The parts of a line between pauses, with their offsets."""
    at, begun = 0, 0
    items = line.items
    for match in [*_PAUSE.finditer(line.text.low), None]:
        end = match.start() if match else len(line.text.low)
        while begun < len(items) and items[begun].start < at:
            begun += 1
        last = begun
        while last < len(items) and items[last].start < end:
            last += 1
        if end > at:
            yield line.part([item for item in items[begun:last] if item.end <= end]), at, end
        at, begun = match.end() if match else end, last


def free(line: Line, shape: re.Pattern[str], *, goods: bool = False) -> str:
    """What is said beside the clauses that match `shape`: they say what to do, the others why.

    With `goods`, clauses that name products and quantities say what, too.
    """
    kept: list[tuple[int, int]] = []
    acted = False
    for clause, start, end in clauses(line):
        masked = clause.masked
        matches = list(shape.finditer(masked))
        acting = bool(matches) and (not acted or bool(re.search(r"^[CON]|[DQP]", masked)))
        if acting:
            acted = True
            begun = _past(clause, clause.offset(matches[-1].end()), "PQMU" if goods else "")
            rest = (begun, end) if begun < end else None
        elif goods and re.search(r"[PQ]", masked):
            begun = max((item.end for item in clause.items if item.tag in "PQM"), default=start)
            rest = (begun, end)
        elif re.fullmatch(r"[COSDTKLNWM的那单号这个和跟要再才能发送到给配就能会]*", masked):
            rest = None
        else:
            rest = (_after_reference(clause, start), end)
            if all(
                item.tag in "NOs" or item.end <= rest[0] or clause.low(item) in "、和"
                for item in clause.items
            ):
                rest = None
        if rest and _tells(clause, rest, shape, acting=acting):
            kept.append(rest)
    if not kept:
        return _before(line, shape)
    return words(line, kept[0][0], kept[-1][1])


def _past(clause: Line, at: int, goods: str) -> int:
    """Behind the order numbers that follow the word of action, and behind the goods."""
    for item in clause.items:
        if item.tag in "NO" and item.start == at:
            at = item.end
    return max([at, *(item.end for item in clause.items if goods and item.tag in goods)])


def _tells(line: Line, rest: tuple[int, int], shape: re.Pattern[str], *, acting: bool) -> bool:
    """Whether these words say why, and are not only manners, the thing to do again or when."""
    if acting:
        told = [line.low(one) for one in line.items if one.start >= rest[0] and one.tag not in "DTKLN"]
        cut = next((one for one in line.items if one.start < rest[0] < one.end), None)
        told = [*([line.text.low[rest[0] : cut.end]] if cut else []), *told]
        return substance(_LENGTH.sub("", shape.sub("", "".join(told))))
    low = line.text.low[rest[0] : rest[1]]
    return len(low) > 1 and not _MANNERS.fullmatch(low)


def _before(line: Line, shape: re.Pattern[str]) -> str:
    """What stands between the order and the word of action (17价格太低驳回)."""
    for clause, start, _ in clauses(line):
        match = next(iter(shape.finditer(clause.masked)), None)
        if match is None:
            continue
        begun, end = _after_reference(clause, start), clause.offset(match.start())
        middle = clause.part([item for item in clause.items if begun <= item.start and item.end <= end])
        if not any(item.tag in "PQSDTM" for item in middle.items) and any(
            item.tag == "r" for item in middle.items
        ):
            return words(line, begun, end)
    return ""


def _after_reference(clause: Line, start: int) -> int:
    """Where the words begin after the order or customer they are about."""
    at = start
    for item in clause.items:
        if (
            item.tag in "OC"
            or (item.tag == "N" and item.start == at)
            or (
                item.start == at
                and clause.low(item)
                in {
                    "那边",
                    "那家",
                    "那",
                    "的",
                    "号",
                    "这",
                    "客户",
                    "说",
                    "他们",
                    "因为",
                }
            )
        ):
            at = item.end
        else:
            break
    return at


def substance(low: str) -> bool:
    """Whether something is left after the small words."""
    return len(_PARTICLES.sub("", re.sub(r"[\W_]", "", low))) >= 2


def words(line: Line, start: int, end: int) -> str:
    """The sender's words between two offsets, without what introduces them."""
    raw = line.text.raw[start:end]
    return _INTRO.sub("", raw, count=1).strip(" ,，。;；:：\n\t")


def after(line: Line, shape: str) -> str:
    """Everything after the first match of `shape` in the text."""
    match = re.search(shape, line.text.low)
    return words(line, match.end(), len(line.text.raw)) if match else ""


def after_reference(line: Line, items: Sequence[Item]) -> str:
    """Everything after the order or customer a line begins with."""
    at = 0
    for item in items:
        if item.tag in "OC" or (item.tag == "N" and not line.text.low[: item.start].strip()):
            at = max(at, item.end)
    return words(line, at, len(line.text.raw))
