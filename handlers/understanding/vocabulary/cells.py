"""A line as a string of atoms in the alphabet of the catalogue, with the place of each."""

import re
from collections.abc import Container
from dataclasses import dataclass
from itertools import pairwise

from handlers.understanding.values.numerals import number
from handlers.understanding.vocabulary.atoms import MEASURED, Alphabet, measured

UNKNOWN = "\0"
SEPARATORS = frozenset(" \t\n,.;:、。!?~-_/|()[]{}<>\"'…·+&=")
_RUN = re.compile(r"[a-z0-9]+(?:\.\d+[a-z0-9]*)*")
_JOINED = re.compile(r"[a-z0-9.]+(?:-[a-z0-9.]+)+")
_GROUP = re.compile(r"\d+(?:\.\d+)?|x(?=\d)|[a-z]+?(?=x\d)|[a-z]+|\.")
_WORN = re.compile(r"\d{1,2}x?[sml]$|\d{0,2}x+[sml]$")
_WORN_EACH = re.compile(r"(?:\dx|x*)[sml]")
_TIMED = re.compile(r"^[a-z]+\d[\d.]*x\d")
_SPELLED = re.compile(
    r"(?<![零一二两三四五六七八九十百千\d])(?P<number>[一二两三四五六七八九十百]{1,4})(?P<measure>毫升|升|公斤|千克|克)"
)
_UNKNOWN_COST = 1000.0


@dataclass(frozen=True, slots=True)
class Cells:
    """`atoms[i]` stands for `runs[i]`, which begins at `starts[i]`; `starts` has one more, the end."""

    atoms: str
    runs: tuple[str, ...]
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CellReader:
    """Cuts lines into cells; a run of letters and digits is cut where the catalogue knows its parts."""

    alphabet: Alphabet
    sizes: Container[str]
    units: frozenset[str]

    def read(self, low: str) -> Cells:
        """The cells of a line."""
        runs: list[str] = []
        starts: list[int] = []
        at = 0
        while at < len(low):
            found = self._measure(low, at) or self._run(low, at) or [(low[at], 1)]
            for run, length in found:
                runs.append(run)
                starts.append(at)
                at += length
        atoms = "".join(self._atom(run) for run in runs)
        return Cells(atoms, tuple(runs), (*starts, len(low)))

    def _atom(self, run: str) -> str:
        if run[0].isascii() and run[0].isalnum():
            return self.alphabet.chars.get(run, UNKNOWN)
        return run

    def _known(self, run: str) -> bool:
        return run in self.alphabet.chars or run in self.sizes

    def _measure(self, low: str, at: int) -> list[tuple[str, int]]:
        """A measure spelled out (1.5升), where the catalogue has it and does not count in it."""
        match = MEASURED.match(low, at) if low[at].isdigit() else _SPELLED.match(low, at)
        if match is None or match["measure"] in self.units:
            return []
        value = number(match["number"])
        short = measured(f"{value}{match['measure']}" if value and low[at] > "9" else match[0])
        return [(short, len(match[0]))] if self._known(short) else []

    def _run(self, low: str, at: int) -> list[tuple[str, int]]:
        joined = _JOINED.match(low, at)
        if joined and self._known(joined[0].replace("-", "")):
            return [(joined[0].replace("-", ""), len(joined[0]))]
        if joined and self._known(joined[0]):
            return [(joined[0], len(joined[0]))]
        match = _RUN.match(low, at)
        return [(run, len(run)) for run in self._parts(match[0])] if match else []

    def _parts(self, run: str) -> list[str]:
        if self._known(run) or run.replace(".", "").isdigit() or len(run) > 40 or _WORN.match(run):
            return [run]
        worn = _WORN_EACH.findall(run)
        if "".join(worn) == run and all(one in self.sizes for one in worn):
            return worn
        groups = _GROUP.findall(run)
        if len(groups) == 1:
            return [run]
        best: list[tuple[float, list[str]]] = [(0.0, [])]
        for end in range(1, len(groups) + 1):
            best.append(
                min(
                    (self._cost(groups, begin, end, best[begin]) for begin in range(end)),
                    key=lambda one: one[0],
                )
            )
        cost, parts = best[-1]
        return parts if cost < _UNKNOWN_COST and not self._doubtful(parts) else [run]

    def _doubtful(self, parts: list[str]) -> bool:
        """M1098 may be 1098 of M or 98 of M10, where both are sold."""
        return any(
            letters.isalpha() and any(self._known(letters + digits[:end]) for end in range(1, len(digits)))
            for letters, digits in pairwise(parts)
            if digits.isdigit()
        )

    def _times(self, groups: list[str], at: int) -> bool:
        """Whether an x counts what stands before it; in M8x20 it may be a size that nobody sells."""
        if at < 2 or not groups[at - 1][0].isdigit() or groups[at - 2][-1].isdigit():
            return True
        return not any(run.startswith(groups[at - 2]) and _TIMED.search(run) for run in self.alphabet.chars)

    def _cost(
        self, groups: list[str], begin: int, end: int, so_far: tuple[float, list[str]]
    ) -> tuple[float, list[str]]:
        part = "".join(groups[begin:end])
        if part == "x" and end < len(groups) and groups[end][0].isdigit():
            cost = 0.1 if self._times(groups, begin) else _UNKNOWN_COST
        elif self._known(part):
            cost = 0.5
        elif part[0].isdigit() and end - begin == 1:
            cost = 0.6
        else:
            cost = _UNKNOWN_COST
        return so_far[0] + cost, [*so_far[1], part]
