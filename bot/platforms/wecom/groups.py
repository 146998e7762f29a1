"""A notice as the markdown of a group that only listens: whom it calls stands in the first part. Pure."""

from collections.abc import Sequence

from bot.platforms.splitting import size, split
from bot.platforms.wecom import dialect
from domain.sending import Rendered
from handlers.message import Button


def contents(notice: Rendered, called: Sequence[str], room: int) -> tuple[str, ...]:
    """Parts of at most `room` bytes; the WeCom ids `called` take half of the first one at most."""
    calls = dialect.mentions(called, room // 2)
    words = [dialect.marked(notice.text)]
    if notice.buttons:
        words.append(dialect.twins_elsewhere([Button(label, say) for label, say in notice.buttons]))
    first, *others = split("\n".join(words), room - size(calls) - 1)
    return (f"{first}\n{calls}" if calls else first, *others)
