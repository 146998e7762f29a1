"""Figures against the company's targets: reached or not, and what helps where they were missed."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from domain.figures import Cycle, Report, Tally
from handlers.wording.figures import Frame, percent
from handlers.wording.text import span


def against_targets(found: Report, frame: Frame) -> Sequence[str]:
    """Each figure that has a target, ✓ or ✗; one without data is left out."""
    now, before, targets = found.now, found.before, frame.company.targets
    lines = (
        _cycle(now.cycle, before.cycle, targets.cycle),
        _accuracy(now, before.accuracy, targets.accuracy),
        _satisfaction(now, before.satisfaction, targets.satisfaction),
    )
    shown = [line for line in lines if line]
    return ["**指标**", *shown] if shown else []


def _cycle(now: Cycle, before: Cycle, target: timedelta) -> str:
    if not now.orders:
        return ""
    was = f"，上期中位 {span(before.median)}" if before.orders else ""
    said = f"处理时长 中位 {span(now.median)}，九成在 {span(now.p90)} 内（目标 {span(target)}{was}）"
    return _marked(now.p90 <= target, said, "先看瓶颈那一步")


def _accuracy(now: Tally, before: Decimal | None, target: Decimal) -> str:
    if now.accuracy is None:
        return ""
    of = f"{now.checked} 张里 {now.wrong} 张不对" if now.wrong else f"{now.checked} 张都对"
    was = f"，上期 {percent(before, 1)}" if before is not None else ""
    said = f"发货准确率 {percent(now.accuracy, 1)}，{of}（目标 {percent(target)}{was}）"
    return _marked(now.accuracy >= target, said, "出库前再核对一遍")


def _satisfaction(now: Tally, before: Decimal | None, target: Decimal) -> str:
    if now.satisfaction is None:
        return ""
    was = f"，上期 {before:.1f}" if before is not None else ""
    said = f"满意度 {now.satisfaction:.1f} 分，{now.scores} 单有评分（目标 {target.normalize():f}{was}）"
    return _marked(now.satisfaction >= target, said, "回访打低分的客户")


def _marked(reached: bool, said: str, helps: str) -> str:
    return f"- ✓ {said}" if reached else f"- ✗ {said}，建议{helps}"
