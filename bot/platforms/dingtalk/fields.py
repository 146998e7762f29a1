"""Reading JSON that somebody else wrote: what is missing or of another kind is empty. Pure."""

import json
from collections.abc import Mapping, Sequence

from bot.platforms.base import Rejected

NOTHING: Mapping[str, object] = {}


def document(said: bytes | str) -> Mapping[str, object]:
    """The object that these bytes write down, or raise `Rejected`."""
    try:
        read = json.loads(said)
    except (ValueError, RecursionError) as error:
        raise Rejected("not JSON") from error
    if not isinstance(read, dict):
        raise Rejected("no JSON object")
    return read


def text(of: Mapping[str, object], name: str) -> str:
    """A text; a number as it is written."""
    said = of.get(name)
    return said if isinstance(said, str) else str(said) if type(said) is int else ""


def mapping(of: Mapping[str, object], name: str) -> Mapping[str, object]:
    """An object."""
    said = of.get(name)
    return said if isinstance(said, dict) else NOTHING


def rows(of: Mapping[str, object], name: str) -> Sequence[Mapping[str, object]]:
    """The objects in a list."""
    said = of.get(name)
    return [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []


def texts(of: Mapping[str, object], name: str) -> Sequence[str]:
    """The texts in a list."""
    said = of.get(name)
    return [one for one in said if isinstance(one, str)] if isinstance(said, list) else []
