"""Greetings, thanks and hesitation around a message say nothing about what is wanted."""

import re

from handlers.understanding.normalise.text import Text

_OPENING = re.compile(
    r"^(?:[\s,.!、。]|你好|您好|hello|hi|哈喽|喂|在吗|早上好|上午好|下午好|晚上好|大家好|各位好?|麻烦(?:你|您)?|劳驾|拜托|辛苦(?:你|您|了|一下)?"
    r"|帮(?:个)?忙|请(?!(?:[\d一两二三四五六七八九十半]+天|个|病|事|年)?假|款|客)|嗯+(?:那个)?|呃+|额+|那个[,，\s]|亲(?=[,，\s]))+"
)
_CLOSING = re.compile(
    r"(?:[\s,.!、。~…]|谢谢(?:你|您|啦|了)?|多谢|感谢|辛苦(?:你|您)?(?:了|啦)?|拜托(?:了|啦)?|[啊呀哦哈哟](?=[\s,.!。]|$))+$"
)
_ANSWERS = re.compile(r"(?:好的?|嗯+|ok|收到|可以|行|对的?)*")


def without_manners(text: Text) -> Text:
    """The message with manners blanked; where nothing else is said, as it is. An empty cell at its beginning stays."""
    opening = _OPENING.match(text.low)
    closing = _CLOSING.search(text.low)
    start = opening.end() if opening else 0
    end = closing.start() if closing else len(text.low)
    if start >= end or _ANSWERS.fullmatch(text.low[start:end].strip()):
        return text
    begins = "".join("\t" if char == "\t" else " " for char in text.low[:start])
    ends = " " * (len(text.low) - end)
    return Text(begins + text.raw[start:end] + ends, begins + text.low[start:end] + ends)
