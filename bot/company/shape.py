"""From YAML text to a checked model; every mistake in shape noted with its line."""

from collections.abc import Iterable
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from bot.company.problems import Findings, nearest
from bot.company.sentences import SENTENCES
from bot.company.yaml_text import YamlText, read_yaml

Model = TypeVar("Model", bound=BaseModel)
_CODES = {
    "missing": "key_missing",
    "extra_forbidden": "key_unknown",
    "model_type": "want_mapping",
    "dict_type": "want_mapping",
    "list_type": "want_list",
    "too_short": "want_items",
}


def read_model(
    file: str, text: str | None, model: type[Model], findings: Findings
) -> tuple[Model | None, YamlText]:
    """The file as a model, or None where its shape is wrong; the text for the lines in any case."""
    said = read_yaml(file, text, findings) if text is not None else None
    if said is None:
        return None, YamlText(file)
    try:
        return model.model_validate(said.data), said
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_context=True):
            _note(said, fault, model, findings)
    return None, said


def keys_of(said: YamlText, key: str) -> tuple[str, ...]:
    """The keys of a mapping in a file whose shape may be wrong elsewhere."""
    mapping = said.data.get(key)
    return tuple(mapping) if isinstance(mapping, dict) else ()


def _note(said: YamlText, fault: Any, model: type[BaseModel], findings: Findings) -> None:
    place: tuple[str | int, ...] = tuple(fault["loc"])
    code = _CODES.get(fault["type"], fault["type"])
    key = ".".join(str(part) for part in place)
    facts = {"key": key, "value": fault.get("ctx", {}).get("value", "")}
    if code == "key_unknown":
        known = sorted(_keys_at(model, place[:-1]))
        facts = {"key": key, "nearest": nearest(str(place[-1]), known) or ", ".join(known)}
    findings.error(said.file, said.line(*place), code if code in SENTENCES else "value_wrong", **facts)


def _keys_at(model: type[BaseModel], place: Iterable[str | int]) -> Iterable[str]:
    here: Any = model
    for part in place:
        if isinstance(here, type) and issubclass(here, BaseModel):
            here = here.model_fields[str(part)].annotation
        else:
            here = get_args(here)[-1]
        here = (
            next((each for each in get_args(here) if each is not type(None)), here)
            if _optional(here)
            else here
        )
    return here.model_fields if isinstance(here, type) and issubclass(here, BaseModel) else ()


def _optional(annotation: Any) -> bool:
    return type(None) in get_args(annotation)
