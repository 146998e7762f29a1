"""The parts that a program is joined from, once they are open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.bell import Bell
from bot.metrics import Metrics
from bot.pictures.painter import Painter
from bot.platforms.base import SharedCache
from bot.platforms.http import Http
from bot.platforms.wecombot.line import Line
from bot.reach import Reach
from bot.rulebook import Rulebook
from bot.settings import Settings
from bot.whereabouts import Whereabouts
from bot.wiring.store import Store
from domain.company import Company
from domain.limiting import Limiter
from domain.ports import Clock, UnitsOfWork
from domain.sending import Sender
from scheduler.census import Census


@dataclass(frozen=True, slots=True)
class Outside:
    """What leads out of the program: to people, to the other processes, to whoever measures.

    `name` is this process's among them. `line` is a bot's long connection, where the settings want one.
    """

    name: str
    http: Http
    ways: Mapping[str, Sender]
    bell: Bell
    limiter: Limiter
    metrics: Metrics
    paint: Painter
    census: Census
    cache: SharedCache | None
    line: Line | None


@dataclass(frozen=True, slots=True)
class Inside:
    """What everything else is made from. `units` are transactions whose notices go along `reach`.

    `whereabouts` are what `reach` knows of where people write.
    """

    settings: Settings
    clock: Clock
    store: Store
    rulebook: Rulebook
    reach: Reach
    whereabouts: Whereabouts
    units: UnitsOfWork
    outside: Outside

    @property
    def company(self) -> Callable[[], Company]:
        """The company as it is at any moment."""
        return self.rulebook.company
