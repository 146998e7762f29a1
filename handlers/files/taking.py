"""A file arrives: it is kept with its message, and read by whoever works at such things."""

from pathlib import PurePosixPath

from domain.files import LARGEST, Upload
from domain.gate import refusal as refused
from domain.permissions import may
from domain.ports import UnitOfWork
from handlers.context import Context
from handlers.message import Attachment, Message, Reply
from handlers.owing import privately
from handlers.wording import files as words
from handlers.wording.refusals import refusal

MOST_WAITING = 5
"""Files of one person that are not read yet."""
LONGEST_NAME = 120


async def taken(message: Message, attachment: Attachment, ctx: Context, uow: UnitOfWork) -> Reply:
    """Keep the file, or say why not. The drafts come to its sender alone, wherever it was sent."""
    name = named(attachment.name)
    if not may(ctx.actor, "order.create", None, ctx.company):
        return Reply(refusal(refused("no-role", "order.create", None, ctx.act)))
    if attachment.data is None or len(attachment.data) > LARGEST:
        return words.too_large(name)
    if not attachment.data:
        return words.empty(name)
    if await uow.files.waiting(ctx.actor.user_id) >= MOST_WAITING:
        return words.too_many(name, MOST_WAITING)
    to = privately(message, ctx.actor.user_id)
    await uow.files.keep(Upload(str(ctx.key), ctx.actor.user_id, name, attachment.data, ctx.now, to))
    return words.taken(name, in_group=bool(ctx.place))


def named(said: str) -> str:
    """A file's name without the folders that some programs put before it, and not without end."""
    name = PurePosixPath(said.replace("\\", "/")).name.strip() or "表格"
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[: LONGEST_NAME // 2]}…{name[-LONGEST_NAME // 2 :]}"
