"""Several letters in one message: each order once, urgent ones first, grouped by what they are about; pure.

Nothing is left out: what does not fit one message goes into the next one. Bytes are counted in UTF-8, as platforms do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from domain.destinations import Destination
from domain.facts import Notice
from domain.sending import Rendered
from scheduler.letters import Letter, Message, ids, key_of

AROUND = 160
"""For what a sender adds: the buttons as words to type."""
CALLED = 40
"""For each person mentioned, whatever their id is there."""


class Words(Protocol):
    """How notices read, alone and together."""

    def alone(self, notice: Notice) -> Rendered:
        """The notice as a message of its own."""

    def line(self, notices: Sequence[Notice]) -> str:
        """One order's notices, in the order of its story."""

    def heading(self, notice: Notice, urgent: bool, count: int, goes_on: bool) -> str:
        """What so many orders have in common."""

    def together(
        self, orders: int, notices: int, lines: Sequence[str], mentions: Sequence[str], urgent: bool
    ) -> Rendered:
        """The message."""


@dataclass(frozen=True, slots=True)
class Story:
    """All letters about one order, in the order in which they were written."""

    letters: tuple[Letter, ...]

    @property
    def newest(self) -> Notice:
        """What decides where it is listed."""
        return self.letters[-1].notice

    @property
    def urgent(self) -> bool:
        """True when somebody must act on it now."""
        return any(letter.notice.lane == "urgent" for letter in self.letters)

    @property
    def mentions(self) -> tuple[str, ...]:
        """Everybody concerned."""
        return tuple(dict.fromkeys(who for letter in self.letters for who in letter.notice.mentions))


@dataclass(frozen=True, slots=True)
class Group:
    """Orders of the same kind and step."""

    urgent: bool
    stories: tuple[Story, ...]


@dataclass(slots=True)
class _Part:
    """A message being filled."""

    room: int
    lines: list[str] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)
    mentions: dict[str, None] = field(default_factory=dict)

    def fits(self, lines: Sequence[str], story: Story, calls: bool) -> bool:
        """Whether these lines and the people they concern still have room."""
        mentions = {**self.mentions, **dict.fromkeys(story.mentions)} if calls else {}
        needed = sum(map(weight, (*self.lines, *lines))) + CALLED * len(mentions)
        return needed <= self.room or not self.stories

    def take(self, lines: Sequence[str], story: Story) -> None:
        """Add them."""
        self.lines += lines
        self.stories.append(story)
        self.mentions |= dict.fromkeys(story.mentions)


def weight(line: str) -> int:
    """The bytes of a line with its end; a bullet may grow by one."""
    return len(line.encode("utf-8", "replace")) + 2


def merged(letters: Sequence[Letter], words: Words, destination: Destination) -> tuple[Message, ...]:
    """As few messages as name every order of these letters, the urgent ones first."""
    return tuple(_message(part, words) for part in _parts(groups(letters), words, destination))


def parcel(letters: Sequence[Letter], words: Words, name: str) -> Message:
    """The one message of letters that were sent together before, under the same name."""
    lines = [line for group in groups(letters) for line in _lines(group, words)]
    return _message_of(letters, lines, _mentions(letters), words, name)


def groups(letters: Sequence[Letter]) -> tuple[Group, ...]:
    """The orders by what is newest of them; urgent groups first, each group and order in the order of the story."""
    stories: dict[int | None, list[Letter]] = {}
    for letter in sorted(letters, key=lambda letter: letter.first.seq):
        stories.setdefault(letter.notice.order, []).append(letter)
    found: dict[tuple[bool, str, str], list[Story]] = {}
    for told in stories.values():
        story = Story(tuple(told))
        newest = story.newest
        key = (not story.urgent, newest.kind, str(newest.facts.get("step_name") or ""))
        found.setdefault(key, []).append(story)
    in_order = sorted(found.items(), key=lambda item: (item[0][0], item[1][0].letters[0].first.seq))
    return tuple(Group(not key[0], tuple(those)) for key, those in in_order)


def _parts(groups: Sequence[Group], words: Words, destination: Destination) -> Iterator[_Part]:
    room = destination.bytes - AROUND - weight(words.together(9999, 99999, (), (), urgent=True).text)
    part = _Part(room)
    for group in groups:
        goes_on = False
        for place, story in enumerate(group.stories):
            line = words.line([letter.notice for letter in story.letters])
            lines = [line] if place and part.stories else [_heading(group, words, goes_on), line]
            if not part.fits(lines, story, destination.mentions):
                yield part
                part, goes_on = _Part(room), place > 0
                lines = [_heading(group, words, goes_on), line]
            part.take(lines, story)
            goes_on = True
    if part.stories:
        yield part


def _lines(group: Group, words: Words) -> Iterator[str]:
    yield _heading(group, words, goes_on=False)
    for story in group.stories:
        yield words.line([letter.notice for letter in story.letters])


def _heading(group: Group, words: Words, goes_on: bool) -> str:
    return words.heading(group.stories[0].newest, group.urgent, len(group.stories), goes_on)


def _message(part: _Part, words: Words) -> Message:
    letters = tuple(letter for story in part.stories for letter in story.letters)
    name = key_of(ids([delivery for letter in letters for delivery in letter.deliveries]))
    return _message_of(letters, part.lines, tuple(part.mentions), words, name)


def _message_of(
    letters: Sequence[Letter], lines: Sequence[str], mentions: Sequence[str], words: Words, name: str
) -> Message:
    orders = len({letter.notice.order for letter in letters})
    notices = sum(len(letter.deliveries) for letter in letters)
    urgent = any(letter.notice.lane == "urgent" for letter in letters)
    return Message(words.together(orders, notices, lines, mentions, urgent), tuple(letters), name)


def _mentions(letters: Sequence[Letter]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(who for letter in letters for who in letter.notice.mentions))
