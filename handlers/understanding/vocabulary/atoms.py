"""Words in one spelling where each run of letters and digits counts as one character.

So `L` is not in `XL` and `M8x3` does not begin `M8x30`, while names stay plain strings to search in.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from handlers.understanding.normalise.text import spell

_RUN = re.compile(r"[a-z0-9](?:[a-z0-9]|(?<=\d)\.(?=\d)|-(?=[a-z0-9]))*")
_GROUP = re.compile(r"\d+(?:\.\d+)?|[a-z]+")
_COUNTED = re.compile(r"x\d")
_IGNORED = frozenset(" \t\n-_()[]{}<>\"'·・|,、。;:")
_DROP = dict.fromkeys(map(ord, _IGNORED))
_ASCII = re.compile(r"[a-z0-9]")
_MEASURES = {
    "毫升": "ml", "公升": "l", "升": "l", "千克": "kg", "公斤": "kg", "毫克": "mg", "克": "g",
    "毫米": "mm", "厘米": "cm", "公分": "cm", "瓦": "w", "伏": "v", "安": "a", "千瓦": "kw",
    "平方毫米": "平方", "英寸": "寸", "吋": "寸",
}  # fmt: skip
MEASURED = re.compile(
    rf"(?P<number>\d+(?:\.\d+)?)(?P<measure>{'|'.join(sorted(_MEASURES, key=len, reverse=True))})"
)
_PRIVATE = 0xE000
_PRIVATE_END = 0xF8FF
# Planes in which no character is assigned: nobody types one, and what is pasted from there is read as a space.
_BEYOND = 0x40000
_MOST = 700_000
FIRST_ATOM = chr(_PRIVATE)
ATOM = f"[{chr(_PRIVATE)}-{chr(_PRIVATE_END)}{chr(_BEYOND)}-{chr(0x10FFFF)}]"
"""A pattern for one character that stands for a run."""
_SIZE_WITH_MEASURE = re.compile(r"(\d+(?:\.\d+)?)[a-z]+")
_LETTER_SIZE = re.compile(r"([a-z]{1,3})(\d+(?:\.\d+)?)")
_MANY_X = re.compile(r"(x{2,5})(l|s)")


def is_atom(char: str) -> bool:
    """Whether this character stands for a run of letters and digits."""
    return _PRIVATE <= ord(char) <= _PRIVATE_END or ord(char) >= _BEYOND


def measured(low: str) -> str:
    """Measures in their short spelling: 1.5升 is 1.5l."""
    return MEASURED.sub(lambda match: match["number"] + _MEASURES[match["measure"]], low)


def pieces(run: str) -> set[str]:
    """The ways a size is said short: 330ml by 330, m8x30 by m8 or 8x30, dn20 by 20, 2xl by xxl."""
    said = {run} | _same_letters(run)
    parts = run.split("x") if re.search(r"\dx\d", run) else []
    if len(parts) > 1 and all(parts):
        said |= {parts[0]} | _bare(parts[0]) | {"x".join(parts[:-1])}
        said |= {f"{bare}x{'x'.join(parts[1:])}" for bare in _bare(parts[0])}
        last = _bare(parts[-1])
        said |= {"x".join([*parts[:-1], one]) for one in last}
        said.add(parts[-1])
    said |= _bare(run)
    if "-" in run:
        said |= {
            run.replace("-", ""),
            run.rstrip("abcdefghijklmnopqrstuvwxyz"),
            *(part for part in run.split("-") if any(c.isdigit() for c in part)),
        }
    return {one for one in said if one}


def _bare(run: str) -> set[str]:
    """The number of a size without its letters."""
    measure = _SIZE_WITH_MEASURE.fullmatch(run)
    lettered = _LETTER_SIZE.fullmatch(run)
    found = {measure[1]} if measure and not _MANY_X.fullmatch(run.lstrip("0123456789")) else set()
    if measure and run.rstrip("ls").endswith("x"):
        found = set()
    return found | ({lettered[2]} if lettered else set())


def _same_letters(run: str) -> set[str]:
    """2xl and xxl are one size."""
    many = _MANY_X.fullmatch(run)
    if many:
        return {f"{len(many[1])}x{many[2]}"}
    counted = re.fullmatch(r"([2-5])x([ls])", run)
    return {"x" * int(counted[1]) + counted[2]} if counted else set()


@dataclass(slots=True)
class Alphabet:
    """The runs a catalogue knows, each with the character that stands for it."""

    chars: dict[str, str] = field(default_factory=dict)
    runs: dict[str, str] = field(default_factory=dict)
    _taken: int = 0
    _before: Mapping[str, str] = field(default_factory=dict)

    def renewed(self, atoms: Iterable[str]) -> "Alphabet":
        """One that knows only these runs yet; until it is settled, others come back as what stood for them before."""
        kept = {atom: self.runs[atom] for atom in atoms}
        return Alphabet({run: atom for atom, run in kept.items()}, kept, self._taken, self.chars)

    @property
    def worn(self) -> bool:
        """Whether so many runs came and went that it is better to begin anew."""
        return self._taken > _MOST

    def settle(self) -> None:
        """Forget the alphabet before."""
        self._before = {}

    def learn(self, name: str) -> str:
        """`name` as a string of atoms; runs never seen before become known."""
        if not _ASCII.search(name):
            return name.translate(_DROP)
        out: list[str] = []
        low, at = measured(name), 0
        for match in _RUN.finditer(low):
            out += [char for char in low[at : match.start()] if char not in _IGNORED]
            run = match[0][1:] if _COUNTED.match(match[0]) else match[0]
            out.append(self._char(run if run[0].isdigit() else run.replace("-", "")))
            at = match.end()
        out += [char for char in low[at:] if char not in _IGNORED]
        return "".join(out)

    def learned(self, words: str) -> str:
        """`words` as atoms, or nothing where they have a run that is not known."""
        low = spell(words)
        runs = _RUN.findall(measured(low))
        return self.learn(low) if all(run in self.chars for run in runs) else ""

    def _char(self, run: str) -> str:
        known = self.chars.get(run)
        if known is None:
            known = self.chars[run] = self._before.get(run) or self._new()
            self.runs[known] = run
        return known

    def _new(self) -> str:
        code = _PRIVATE + self._taken if _PRIVATE + self._taken <= _PRIVATE_END else _BEYOND + self._taken
        self._taken += 1
        return chr(code)

    def spell(self, atoms: str) -> str:
        """The letters behind a string of atoms."""
        return "".join(self.runs.get(char, char) for char in atoms)
