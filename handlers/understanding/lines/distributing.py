"""Where the words for each stand: 每个颜色M码3件 is M码每个颜色3件."""

from handlers.understanding.lines.pieces import Piece, each_axis


def each_last(pieces: list[Piece]) -> list[Piece]:
    """The pieces with every 各 right before its quantity; 39、40分别2、3双 needs none."""
    listed = [
        index
        for index, piece in enumerate(pieces[:-2])
        if piece.kind == "each" and pieces[index + 1].kind == pieces[index + 2].kind == "Q"
    ]
    return _behind([piece for index, piece in enumerate(pieces) if index not in listed])


def _behind(pieces: list[Piece]) -> list[Piece]:
    """每个颜色M码3件 as M码每个颜色3件."""
    for index, piece in enumerate(list(pieces)):
        end = index + 1
        while end < len(pieces) and pieces[end].kind == "P":
            end += 1
        counted = end < len(pieces) and pieces[end].kind in {"each", "Q"}
        if each_axis(piece) and end > index + 1 and counted:
            pieces[index:end] = [*pieces[index + 1 : end], piece]
    return pieces
