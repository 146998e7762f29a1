"""Totals said beside the parts: dropped where they are the sum, asked about where not."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from handlers.understanding.lines.measuring import Asked
from handlers.understanding.lines.pieces import BROKEN, GLUED, Piece, gap
from handlers.understanding.spans.items import Line


def taken_out(line: Line, pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The pieces without totals, and the quantities that were totals; sums of money are left out."""
    out: list[Piece] = []
    totals: list[Piece] = []
    counted = sum(piece.kind == "Q" for piece in pieces)
    for index, piece in enumerate(pieces):
        last = pieces[index - 1] if index else None
        if last and last.kind == "total" and gap(line, last, piece) < BROKEN:
            if piece.kind == "M":
                continue
            if counted == 2 and _is_sum_of_money(piece, pieces[:index]):
                continue
            if piece.kind == "Q" and counted > 1 and not _counts(line, pieces, index):
                totals.append(piece)
                continue
        out.append(piece)
    return [piece for piece in out if piece.kind != "total"], totals


def _is_sum_of_money(piece: Piece, before: Sequence[Piece]) -> bool:
    """雪碧10箱 总共450: one line has no total but in yuan."""
    last = next((one.quantity for one in reversed(before) if one.quantity), None)
    return piece.quantity is not None and not piece.quantity.unit and last is not None and bool(last.unit)


def _counts(line: Line, pieces: Sequence[Piece], index: int) -> bool:
    """Whether 一共5箱 counts the goods just before (雪碧10箱 凉茶一共5箱)."""
    before = pieces[index - 2] if index > 1 else None
    if before is None or before.kind != "P":
        return False
    earlier = pieces[index - 3] if index > 2 else None
    return earlier is None or earlier.kind != "Q" or gap(line, earlier, before) != GLUED


def checked(totals: Sequence[Piece], asked: list[Asked]) -> list[Asked]:
    """The lines; the last one is asked about where a total is not the sum."""
    for total in totals:
        said = total.quantity
        if not asked or said is None or len(said.values) != 1 or _is_sum(said.values[0], said.unit, asked):
            continue
        last = asked[-1]
        values = tuple(dict.fromkeys((*last.values, *said.values)))
        asked = [*asked[:-1], replace(last, line=replace(last.line, qty=None), values=values)]
    return asked


def _is_sum(total: Decimal, unit: str, asked: Sequence[Asked]) -> bool:
    lines = [one.line for one in asked if not unit or one.line.unit in {unit, None}]
    every = sum((line.qty or Decimal(0) for line in lines), Decimal(0))
    paid = sum((line.qty or Decimal(0) for line in lines if not line.gift), Decimal(0))
    return len(lines) == len(asked) and total in {every, paid}
