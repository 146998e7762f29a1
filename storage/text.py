"""Text that both engines can hold."""

import json
from collections.abc import Mapping
from typing import Any

# PostgreSQL has no place for NUL, and half a surrogate pair is no character: both become what says "unreadable".
UNREADABLE = "\ufffd"

_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


def encoded(document: Any) -> str:
    """`document` as JSON that both engines can hold."""
    text = _ENCODER.encode(document)
    return _ENCODER.encode(storable(document)) if "\\u0000" in text or not _is_text(text) else text


def storable(value: Any) -> Any:
    """`value` (text, or a document of plain JSON values) with what no database can hold replaced."""
    if isinstance(value, str):
        return value if "\0" not in value and _is_text(value) else _readable(value)
    if isinstance(value, Mapping):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value


def _is_text(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _readable(text: str) -> str:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", UNREADABLE)
