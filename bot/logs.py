"""One JSON object a line on a stream; no secrets, no bodies."""

import logging
import re
from collections.abc import MutableMapping
from typing import TextIO

import structlog

SECRET = re.compile(
    r"(?i)\b(\w*(?:token|secret|signature|echostr|password|key|ticket|session|sign))=[^&\s'\"]+"
)
PASSWORD = re.compile(r"(\w+://[^:/@\s]*):[^@/\s]+@")


def configure(stream: TextIO, level: int = logging.INFO) -> None:
    """Write what any part of the program logs to `stream`."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter())
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    # Each says on its own, at INFO, what one request line or one metric already says.
    for chatty in ("aiohttp.access", "apscheduler", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def formatter() -> structlog.stdlib.ProcessorFormatter:
    """What makes a line of a log record."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _hide_secrets,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def _hide_secrets(
    logger: object, method: str, line: MutableMapping[str, object]
) -> MutableMapping[str, object]:
    for name, said in line.items():
        if isinstance(said, str):
            line[name] = hide(said)
    return line


def hide(text: str) -> str:
    """`text` without what an address carries for nobody else's eyes; an HTTP error may quote all of it."""
    return PASSWORD.sub(r"\1:***@", SECRET.sub(r"\1=***", text))
