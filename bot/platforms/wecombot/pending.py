"""Callbacks whose work is not done yet, so that their answer can be given later."""

from collections import OrderedDict

from bot.platforms.wecombot.heard import Heard
from domain.ports import MessageKey

MOST = 1000


class Pending:
    """What is at work with its address for later, and whether a stream was begun for it; bounded."""

    def __init__(self) -> None:
        self._heard: OrderedDict[MessageKey, tuple[Heard, bool]] = OrderedDict()

    def add(self, heard: Heard, key: MessageKey) -> None:
        """Another attempt has come: the newest address is the one to use."""
        self._heard[key] = (heard, self._heard.get(key, (heard, False))[1])
        while len(self._heard) > MOST:
            self._heard.popitem(last=False)

    def stream(self, key: MessageKey) -> None:
        """WeCom will ask for it."""
        if key in self._heard:
            self._heard[key] = (self._heard[key][0], True)

    def take(self, key: MessageKey) -> tuple[Heard | None, bool]:
        """It is over."""
        return self._heard.pop(key, (None, False))
