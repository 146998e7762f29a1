"""The card template as DingTalk's card platform imports it: `docs/dingtalk-card.json`, made from what cards are filled with.

python -m tests.fakes.dingtalk_template > docs/dingtalk-card.json
"""

import json
import sys
from collections.abc import Mapping, Sequence

from bot.platforms.dingtalk import cards

Node = dict[str, object]

BUTTONS = range(1, cards.MOST_BUTTONS + 1)
PARTS = range(1, cards.PARTS + 1)
COMPONENTS = ("Card", "CardHeaderV2", "MarkdownBlock", "BaseText", "SingleButton")
PAGE = '<LinearLayout width="@data{width}" height="match_content" orientation="vertical"></LinearLayout>'
"""What is shown is made from the editor's data when the template is saved there."""


def document() -> Node:
    """The whole file."""
    return {
        "editorData": json.dumps(_editor(), ensure_ascii=False),
        "widgetInfo": PAGE,
        "type": "im",
        "mode": "card",
    }


def _editor() -> Node:
    package = {"package": "@ali/dxComponent", "version": "1.0.0", "main": "./src/index.tsx"}
    components = [
        {**package, "exportName": name, "componentName": name, "destructuring": False, "subName": ""}
        for name in COMPONENTS
    ]
    return {
        "schemaVersion": "3.0.0",
        "editVersion": 0,
        "schema": {
            "version": "1.0.0",
            "componentsMap": components,
            "componentsTree": [_card()],
            "i18n": {},
        },
        "mockData": {
            "cardData": _example(),
            "cardPrivateData": {cards.ANSWER: ""},
            "localData": {},
            "richTextData": {},
        },
        "customWidgetInfo": "",
        "useCustomWidgetInfo": False,
        "variableList": [_variable(name) for name in _names()],
        "expList": [_shown(number) for number in BUTTONS],
        "formList": [],
        "customContextList": [],
        "localList": [],
        "hsfList": [],
        "lwpList": [],
        "pageData": {},
        "extension": {"extendType": "NORMAL", "fileTypeList": []},
    }


def _names() -> Sequence[str]:
    return (
        cards.TITLE,
        cards.STATE,
        cards.NOTE,
        cards.ANSWER,
        cards.CHAT,
        *map(cards.body, PARTS),
        *map(cards.label, BUTTONS),
        *map(cards.say, BUTTONS),
    )


def _variable(name: str) -> Node:
    return {
        "id": name,
        "name": name,
        "type": "markdown" if name.startswith("body") else "string",
        "private": name == cards.ANSWER,
        "editorVarType": "variables",
        "description": "",
    }


def _shown(number: int) -> Node:
    """A button is there while the card is open and says something."""
    return {
        "id": f"shown{number}",
        "name": f"shown{number}",
        "type": "boolean",
        "private": False,
        "editorVarType": "expList",
        "expContent": f"{cards.STATE} == '{cards.OPEN}' && {cards.label(number)} != ''",
    }


def _card() -> Node:
    children = [
        _node("CardHeaderV2", "title", {"title": _words(f"${{{cards.TITLE}}}")}),
        *(_markdown(cards.body(number)) for number in PARTS),
        _node("BaseText", "note", {"text": _words(f"${{{cards.NOTE}}}"), "visible": _filled(cards.NOTE)}),
        _node(
            "BaseText", "answer", {"text": _words(f"${{{cards.ANSWER}}}"), "visible": _filled(cards.ANSWER)}
        ),
        *(_button(number) for number in BUTTONS),
    ]
    return {**_node("Card", "card", {"hasCardHeader": True}), "fileName": "gendan", "children": children}


def _markdown(variable: str) -> Node:
    # Without `varType` the words stay blank.
    content = {
        "type": "variableValue",
        "variableType": "global",
        "variable": variable,
        "varType": "markdown",
    }
    return _node(
        "MarkdownBlock", variable, {"content": content, "visible": _filled(variable), "isStreaming": False}
    )


def _button(number: int) -> Node:
    return _node(
        "SingleButton",
        f"button{number}",
        {
            "text": _words(f"${{{cards.label(number)}}}"),
            "actionType": "request",
            "actionId": _words(f"button{number}"),
            "params": [_param("1", cards.SAY, cards.say(number)), _param("2", cards.CHAT, cards.CHAT)],
            "enableClickEvent": True,
            "disabledWhileForward": True,
            "visible": _if("isTrue", f"shown{number}"),
            "widthMode": "match_parent",
        },
    )


def _param(identity: str, name: str, variable: str) -> Node:
    return {
        "id": identity,
        "name": name,
        "type": "variable",
        "variable": variable,
        "variableType": "global",
        "value": "",
    }


def _filled(variable: str) -> Node:
    return _if("isNotEmpty", variable)


def _if(op: str, variable: str) -> Node:
    condition = {
        "type": "variable",
        "op": op,
        "variable": variable,
        "variableType": "global",
        "value": "",
        "valueType": "fixed",
        "valueVariableType": "global",
    }
    return {
        "type": "dynamicVisible",
        "value": True,
        "valueType": "condition",
        "condition": {"op": "and", "conditions": [condition]},
    }


def _words(content: str) -> Node:
    return {"type": "dynamicString", "content": content, "i18n": False}


def _node(component: str, name: str, props: Mapping[str, object]) -> Node:
    margins = {"marginLeft": 12, "marginRight": 12, "marginTop": 6, "marginBottom": 6}
    return {
        "componentName": component,
        "id": f"node_{name}",
        "props": {**margins, **props},
        "title": name,
        "hidden": False,
        "isLocked": False,
        "condition": True,
        "conditionGroup": "",
    }


def _example() -> Mapping[str, str]:
    known = {
        cards.TITLE: "待审核 #17 华联超市(人民路店)",
        cards.STATE: cards.OPEN,
        cards.body(1): "**待审核 #17**  \n- 可乐330ml罐装 20箱",
        cards.label(1): "通过 #17",
        cards.say(1): "通过 17 @1",
    }
    return {name: known.get(name, "") for name in _names() if name != cards.ANSWER}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(document(), ensure_ascii=False, indent=1) + "\n")
