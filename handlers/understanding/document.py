"""A reading as the JSON object of the contract, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields
from datetime import date
from decimal import Decimal
from typing import Any

from handlers.understanding.reading import Reading, SaidLine, Slots, Spot

_DECIMALS = frozenset({"qty", "delta", "price", "amount"})
_DATES = frozenset({"due", "from_", "to"})
_LISTS = frozenset({"orders", "skus", "people"})


def document(reading: Reading) -> dict[str, Any]:
    """`reading` as plain JSON values; what was not said is absent."""
    made: dict[str, Any] = {"intent": reading.intent, "slots": _slots(reading.slots)}
    made["missing"] = list(reading.missing)
    made["ambiguous"] = {key: list(values) for key, values in reading.ambiguous.items()}
    made["unknown"] = dict(reading.unknown)
    if reading.also:
        made["also"] = [document(other) for other in reading.also]
    return made


def _slots(slots: Slots) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for field in fields(slots):
        value = getattr(slots, field.name)
        if field.name == "lines":
            value = [_line(line) for line in slots.lines]
        if not (value is None or value is False or value in ("", (), [])):
            made[field.name.rstrip("_")] = _plain(value)
    return made


def _line(line: SaidLine) -> dict[str, Any]:
    values = {field.name: getattr(line, field.name) for field in fields(line)}
    return {name: _plain(value) for name, value in values.items() if value is not None and value is not False}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Spot):
        return list(astuple(value))
    return list(value) if isinstance(value, tuple) else value


def reading(made: Mapping[str, Any]) -> Reading:
    """The reading that `document` wrote."""
    slots: Mapping[str, Any] = made.get("slots", {})
    known = {field.name for field in fields(Slots)}
    values = {_field(name): value for name, value in slots.items() if _field(name) in known}
    return Reading(
        intent=made["intent"],
        slots=Slots(**{name: _slot(name, value) for name, value in values.items()}),
        missing=tuple(made.get("missing", ())),
        ambiguous={key: tuple(found) for key, found in made.get("ambiguous", {}).items()},
        unknown=dict(made.get("unknown", {})),
        also=tuple(reading(other) for other in made.get("also", ())),
    )


def _field(name: str) -> str:
    return "from_" if name == "from" else name


def _slot(name: str, value: Any) -> Any:
    if name == "lines":
        return tuple(_said(line) for line in value)
    if name == "spot":
        return Spot(*value)
    if name in _DATES:
        return date.fromisoformat(value)
    if name in _LISTS:
        return tuple(value)
    return Decimal(value) if name in _DECIMALS else value


def _said(line: Mapping[str, Any] | Sequence[Any]) -> SaidLine:
    values = dict(line)
    return SaidLine(**{name: _slot(name, value) for name, value in values.items()})
