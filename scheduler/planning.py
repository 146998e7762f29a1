"""Which messages leave now: one for each notice, or merged where there are more than the destination or people bear."""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from domain.destinations import Destination
from domain.limiting import Grant, Limiter
from domain.outbox import Batch, Delivery
from domain.sending import Rendered
from scheduler.costs import costed, unlimited
from scheduler.letters import Letter, Message, ids, key_of
from scheduler.merging import Words, merged, parcel
from scheduler.quiet import is_digest, is_urgent

log = logging.getLogger(__name__)
READABLE = 20
"""So many messages at once are read one by one; where more wait, nobody would."""
LATE = timedelta(minutes=5)
"""What has been due for longer is told in one summary: nobody delivered, or nobody was there."""
NO_WAIT = timedelta()
LEAST = timedelta(milliseconds=1)
FORGOTTEN = timedelta(minutes=1)

Worded: TypeAlias = Sequence[tuple[Letter, Rendered]]
"""Letters, each with its words as a message of its own."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The messages that leave now, what waits for a token and how long, and what cannot be worded."""

    messages: tuple[Message, ...]
    waiting: tuple[Delivery, ...] = ()
    wait: timedelta = NO_WAIT
    broken: tuple[Letter, ...] = ()

    def after(self, place: int) -> tuple[Delivery, ...]:
        """All that is still owed once the message at this place has been dealt with."""
        return (*(one for later in self.messages[place + 1 :] for one in later.deliveries), *self.waiting)


@dataclass(frozen=True, slots=True)
class Planner:
    """Takes the tokens."""

    words: Words
    limiter: Limiter
    destinations: Mapping[str, Destination]
    kept: dict[str, tuple[int, datetime]] = field(default_factory=dict)

    async def plan(self, batch: Batch, letters: Sequence[Letter], now: datetime) -> Plan:
        """The messages for as many tokens as there are."""
        destination = self.destinations.get(batch.way) or unlimited(batch.way)
        worded, broken = await self._worded(letters)
        plan = await self._paid(batch, worded, destination, now)
        return replace(plan, broken=broken)

    async def _paid(self, batch: Batch, worded: Worded, destination: Destination, now: datetime) -> Plan:
        if not worded:
            return Plan(())
        key = f"{batch.way}:{batch.address}"
        single = self._one_by_one(batch, worded, destination, now)
        wanted, paid = _sum(single), Grant(self._kept(key, now))
        if len(single) <= READABLE and (destination.burst is None or wanted <= destination.burst):
            paid = await self._pay(key, destination, now, wanted, paid)
            if paid.tokens >= wanted:
                return Plan(single)
        messages = self._together(worded, destination) if len(worded) > 1 else single
        paid = await self._pay(key, destination, now, _sum(messages), paid)
        plan = _as_far_as(messages, paid)
        if plan.waiting:
            self.kept[key] = (paid.tokens - _sum(plan.messages), now)
        return plan

    async def _pay(
        self, key: str, destination: Destination, now: datetime, wanted: int, paid: Grant
    ) -> Grant:
        """What was paid and what is still wanted, as far as there is."""
        if paid.tokens >= wanted:
            return paid
        more = await self.limiter.take(key, destination, now, wanted - paid.tokens)
        return Grant(paid.tokens + more.tokens, more.wait)

    def _kept(self, key: str, now: datetime) -> int:
        """Tokens that did not suffice for a message of several; few, and soon forgotten."""
        tokens, at = self.kept.pop(key, (0, now))
        return tokens if now - at < FORGOTTEN else 0

    async def _worded(self, letters: Sequence[Letter]) -> tuple[Worded, tuple[Letter, ...]]:
        """Each letter with its words; a bug in the wording of one, alone or in a line, must cost that one only."""
        worded, broken = [], []
        for place, letter in enumerate(letters):
            if place % READABLE == READABLE - 1:
                await asyncio.sleep(0)  # hundreds of them would keep everybody else waiting
            try:
                if letter.merges:
                    self.words.line([letter.notice])
                worded.append((letter, self.words.alone(letter.notice)))
            except Exception:
                names = {"delivery": letter.first.id, "kind": letter.notice.kind}
                log.exception("notice not worded", extra=names)
                broken.append(letter)
        return worded, tuple(broken)

    def _one_by_one(
        self, batch: Batch, worded: Worded, destination: Destination, now: datetime
    ) -> tuple[Message, ...]:
        """Each for itself, except what went together before, what is told as a digest, and what is late."""
        parcels, loose = _by_parcel(worded)
        repeated, loose = _repeated(loose, destination)
        held = batch.condition.held_until
        summed: list[tuple[Letter, Rendered]] = []
        rest: list[tuple[Letter, Rendered]] = []
        for letter, rendered in loose:
            late = letter.merges and any(_is_late(one, held, now) for one in letter.deliveries)
            (summed if late else rest).append((letter, rendered))
        if len(summed) < 2:
            summed, rest = [], list(loose)
        summary = merged([letter for letter, _ in summed], self.words, destination)
        again = (*self._again(parcels), *_singles(repeated))
        return tuple(costed((*again, *summary, *_singles(rest)), destination))

    def _together(self, worded: Worded, destination: Destination) -> tuple[Message, ...]:
        """As few as name every order, the urgent ones first; what is about no order cannot be listed."""
        parcels, loose = _by_parcel(worded)
        repeated, loose = _repeated(loose, destination)
        listed = merged([letter for letter, _ in loose if letter.merges], self.words, destination)
        alone = [one for one in loose if not one[0].merges]
        pressing = _singles([one for one in alone if is_urgent(one[0].first)])
        others = _singles([one for one in alone if not is_urgent(one[0].first)])
        again = (*self._again(parcels), *_singles(repeated))
        return tuple(costed((*pressing, *again, *listed, *others), destination))

    def _again(self, parcels: Mapping[str, Sequence[Letter]]) -> Iterator[Message]:
        return (parcel(letters, self.words, name) for name, letters in parcels.items())


def _singles(worded: Worded) -> tuple[Message, ...]:
    return tuple(Message(rendered, (letter,), key_of(ids(letter.deliveries))) for letter, rendered in worded)


def _sum(messages: Iterable[Message]) -> int:
    return sum(message.cost for message in messages)


def _by_parcel(worded: Worded) -> tuple[Mapping[str, Sequence[Letter]], Worded]:
    """What was sent in one message before, by its name, and the rest.

    A message of which not everything is here (the rest is held back, or further than a batch reaches) is none: under its
    name the platform would show the one half and take the other for a repetition.
    """
    parcels: dict[str, list[Letter]] = {}
    for letter, _ in worded:
        if letter.merges and letter.first.parcel:
            parcels.setdefault(letter.first.parcel, []).append(letter)
    whole = {name: letters for name, letters in parcels.items() if _carries(letters) == name}
    return whole, [one for one in worded if not (one[0].merges and one[0].first.parcel in whole)]


def _repeated(worded: Worded, destination: Destination) -> tuple[Worded, Worded]:
    """The notice that may have arrived by itself without our having written it down, and the rest.

    They leave one after the other, so it is the first of those that were tried. To a platform that knows a repetition
    it must be the same message again, not a line of another one.
    """
    for place, (letter, _) in enumerate(worded if destination.idempotent else ()):
        if letter.first.attempts > 1 and not letter.first.parcel and len(letter.deliveries) == 1:
            return worded[place : place + 1], [*worded[:place], *worded[place + 1 :]]
    return (), worded


def _carries(letters: Sequence[Letter]) -> str:
    return key_of(ids([delivery for letter in letters for delivery in letter.deliveries]))


def _is_late(delivery: Delivery, held_until: datetime | None, now: datetime) -> bool:
    """True when it waited although it might have left: for others, for work to begin, or for us."""
    kept = held_until is not None and delivery.created_at < held_until
    return is_digest(delivery) or now - delivery.due_at > LATE or (kept and not is_urgent(delivery))


def _as_far_as(messages: Sequence[Message], paid: Grant) -> Plan:
    """The first messages that these tokens pay for; the others wait for theirs."""
    left = paid.tokens
    for place, message in enumerate(messages):
        left -= message.cost
        if left < 0:
            waiting = tuple(one for later in messages[place:] for one in later.deliveries)
            return Plan(tuple(messages[:place]), waiting, max(paid.wait, LEAST))
    return Plan(tuple(messages))
