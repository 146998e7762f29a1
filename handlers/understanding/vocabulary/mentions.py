"""What was said to name something, and what it may be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of a mention: `name` words, a `size`, an `option` value, a `sound`, or what is `unknown`.

    `entries` is set where the words were recognised by their sound.
    """

    kind: str
    word: str
    start: int
    end: int
    entries: frozenset[int] = frozenset()


Fragments = tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Something named: the entries it may be (none: nobody knows it) and the fragments said."""

    kind: str
    entries: frozenset[int]
    fragments: Fragments = ()
    words: str = ""
    exact: bool = False
