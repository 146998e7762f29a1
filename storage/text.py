"""Text that both engines can hold."""

from collections.abc import Mapping
from typing import Any

# PostgreSQL has no place for NUL, and half a surrogate pair is no character: both become what says "unreadable".
UNREADABLE = "\ufffd"


def storable(value: Any) -> Any:
    """`value` (text, or a document of plain JSON values) with what no database can hold replaced."""
    if isinstance(value, str):
        return value if value.isascii() and "\0" not in value else _readable(value)
    if isinstance(value, Mapping):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value


def _readable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\0", UNREADABLE)
