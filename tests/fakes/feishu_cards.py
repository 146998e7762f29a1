"""What Feishu takes for a card of version 2.0, and what people read and press on it. No sockets."""

import json
from collections.abc import Iterator, Mapping

Document = Mapping[str, object]
ALLOWED = {
    "markdown": {"tag", "content"},
    "button": {"tag", "text", "type", "behaviors"},
    "column_set": {"tag", "flex_mode", "horizontal_spacing", "columns"},
    "column": {"tag", "width", "elements"},
}
TEMPLATES = {"blue", "grey", "green", "orange", "red"}


class Refused(Exception):
    """An answer with this code."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def checked(card: Document, limit: int) -> None:
    """As the platform does it: attributes that nobody knows are errors in version 2.0."""
    content = json.dumps(card, ensure_ascii=False)
    # As it is sent: a JSON in a text of a JSON.
    if len(json.dumps(content, ensure_ascii=False).encode()) > limit:
        raise Refused(230025, "The length of the message content reaches its limit.")
    if set(card) - {"schema", "config", "header", "body"} or card.get("schema") != "2.0":
        raise Refused(230099, "Failed to create card content, ext=ErrCode: 200621")
    config, header = card.get("config"), card.get("header", {})
    if not isinstance(config, Mapping) or config.get("update_multi") is not True:
        raise Refused(230099, "update_multi must be true")
    if not isinstance(header, Mapping) or header.get("template", "blue") not in TEMPLATES:
        raise Refused(230099, "unknown template")
    for element in elements(card):
        allowed = ALLOWED.get(str(element.get("tag")))
        if allowed is None or set(element) - allowed:
            raise Refused(230099, f"unknown element {element.get('tag')}")
        if element["tag"] == "markdown" and not str(element.get("content")).strip():
            raise Refused(230099, "empty markdown")


def elements(card: object) -> Iterator[Document]:
    """All elements, those within others too."""
    if isinstance(card, Mapping):
        for name in ("body", "elements", "columns"):
            inner = card.get(name)
            for one in inner if isinstance(inner, list) else ():
                if isinstance(one, Mapping):
                    yield one
                    yield from elements(one)
            if isinstance(inner, Mapping):
                yield from elements(inner)


def buttons(card: object) -> Iterator[tuple[str, object]]:
    """Labels and what they send."""
    for element in elements(card):
        if element.get("tag") == "button":
            text, behaviors = element["text"], element["behaviors"]
            assert isinstance(text, Mapping)
            assert isinstance(behaviors, list)
            yield str(text["content"]), behaviors[0]["value"]


def words(card: Document) -> str:
    """What is read on a card."""
    header = card.get("header")
    title = header.get("title") if isinstance(header, Mapping) else None
    head = [str(title.get("content"))] if isinstance(title, Mapping) else []
    return "\n".join(
        [*head, *(str(one["content"]) for one in elements(card) if one.get("tag") == "markdown")]
    )
