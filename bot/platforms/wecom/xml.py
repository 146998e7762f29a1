"""Reading and writing the small XML of WeCom. Pure.

https://developer.work.weixin.qq.com/document/path/90239
"""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bot.platforms.base import Rejected

SEALED = re.compile(rb"<Encrypt>\s*(?:<!\[CDATA\[)?([A-Za-z0-9+/=]+)(?:\]\]>)?\s*</Encrypt>")
DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# What XML 1.0 cannot carry at all, not even in CDATA.
UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read(document: bytes) -> Element:
    """The root element, or raise `Rejected`; no DOCTYPE, no entity is ever followed."""
    try:
        root: Element = fromstring(document, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Rejected("DOCTYPE or entity") from error
    except (ParseError, LookupError, ValueError) as error:  # the last two: an encoding nobody knows
        raise Rejected("not XML") from error
    return root


def sealed_in(body: bytes) -> str:
    """The sealed text of a callback, or raise `Rejected`.

    Found without parsing: until its signature is known to be right a body may come from anybody, and a megabyte
    of tags would keep the parser, and with it the whole process, busy for a second.
    """
    if DECLARED.search(body):
        raise Rejected("DOCTYPE or entity")
    if (found := SEALED.search(body)) is None:
        raise Rejected("nothing sealed inside")
    return found[1].decode("ascii")


def text_of(root: Element, path: str) -> str:
    """The text at `path`, or an empty string."""
    return root.findtext(path) or ""


def write(fields: Mapping[str, object]) -> bytes:
    """`fields` as WeCom writes them: texts in CDATA, numbers bare, a mapping as children."""
    return f"<xml>{_inside(fields)}</xml>".encode()


def _inside(fields: Mapping[str, object]) -> str:
    return "".join(f"<{name}>{_value(value)}</{name}>" for name, value in fields.items())


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return _inside(value)
    if isinstance(value, int):
        return str(value)
    said = UNSAYABLE.sub("", str(value))
    return "<![CDATA[" + said.replace("]]>", "]]]]><![CDATA[>") + "]]>"
