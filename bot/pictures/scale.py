"""Axes: round numbers that take in all values."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

STEPS = 4
_NOTHING = Decimal(0)
_ROUND = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high` in steps that people count in; nothing is both."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def ticks(self) -> tuple[Decimal, ...]:
        """The round numbers from the lowest to the highest."""
        return tuple(self.low + self.step * n for n in range(int((self.high - self.low) / self.step) + 1))

    def part(self, value: Decimal) -> float:
        """How far up the value stands: 0 at `low`, 1 at `high`."""
        return float((value - self.low) / (self.high - self.low))


def scale(values: Sequence[Decimal], whole: bool = False) -> Scale:
    """A scale from or through 0 for these; `whole` where half a thing makes no sense."""
    low, high = min((*values, _NOTHING)), max((*values, _NOTHING))
    step = _step((high - low) / STEPS or Decimal("0.25"), whole)
    top = (high / step).to_integral_value(ROUND_CEILING) * step
    bottom = (low / step).to_integral_value(ROUND_FLOOR) * step
    return Scale(bottom, max(top, bottom + step), step)


def _step(least: Decimal, whole: bool) -> Decimal:
    power = Decimal(1).scaleb(least.adjusted())
    step = next(power * one for one in _ROUND if power * one >= least)
    return max(step.to_integral_value(ROUND_CEILING), Decimal(1)) if whole else step
