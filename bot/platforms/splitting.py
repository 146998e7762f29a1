"""A long text in parts that the platform takes whole: it counts bytes, three a Chinese character. Pure."""

from collections.abc import Iterator

NUMBERED = len("\n(999/999)")
PAUSES = "。；！？，、 "


def size(text: str) -> int:
    """What the platform counts."""
    return len(text.encode("utf-8", "replace"))


def split(text: str, limit: int) -> tuple[str, ...]:
    """Parts of at most `limit` bytes, cut at line ends where possible, numbered if more than one."""
    if size(text) <= limit:
        return (text,)
    parts = tuple(_packed(text, limit - NUMBERED))
    return tuple(f"{part}\n({number}/{len(parts)})" for number, part in enumerate(parts, 1))


def _packed(text: str, room: int) -> Iterator[str]:
    part: str | None = None
    for line in text.split("\n"):
        *cut, rest = _cut(line, room)
        for piece in cut:  # a line too long for one part is never joined with what stands before it
            if part is not None:
                yield part
                part = None
            yield piece
        if part is not None and size(part) + 1 + size(rest) > room:
            yield part
            part = None
        part = rest if part is None else f"{part}\n{rest}"
    yield part or ""


def _cut(line: str, room: int) -> Iterator[str]:
    """The line in pieces that fit, each ending at a pause if one stands in its last quarter."""
    room = max(room, 0)
    while size(line) > room:
        # Where not even one character fits, one all the same: what never ends would stop everything else.
        piece = line.encode("utf-8", "replace")[:room].decode("utf-8", "ignore") or line[0]
        pause = max(piece.rfind(mark) for mark in PAUSES) + 1
        piece = piece[:pause] if pause > len(piece) * 3 // 4 else piece
        yield piece
        line = line[len(piece) :]
    yield line
