"""What is wrong in a company folder: where, why, and how it is said in the operator's language."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from bot.company.sentences import SENTENCES

_SHOWN = 60
_LISTED = 600
_MANY = 300
_LONG = ("nearest", "reason")
_HINT = {"zh": "，是不是：{}", "en": "; did you mean: {}"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `line` counts from 1 (0: the whole file); a warning does not keep the rules from use."""

    file: str
    line: int
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    warning: bool = False

    def text(self, locale: str = "zh") -> str:
        """`workflow.yaml:31: …` in Chinese (`zh`) or English (`en`)."""
        chinese, english = SENTENCES[self.code]
        facts = {
            name: shown(value, _LISTED if name in _LONG else _SHOWN) for name, value in self.facts.items()
        }
        facts["hint"] = _HINT[locale].format(facts["nearest"]) if facts.get("nearest") else ""
        said = (chinese if locale == "zh" else english).format(**facts)
        word = {"zh": "（提醒）", "en": "(warning) "}[locale] if self.warning else ""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {word}{said}"


class Findings:
    """Collects problems while files are read."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def error(self, file: str, line: int, code: str, /, **facts: object) -> None:
        """Note a mistake that keeps the rules from use."""
        self._problems.append(Problem(file, line, code, _said(facts)))

    def warn(self, file: str, line: int, code: str, /, **facts: object) -> None:
        """Note something an operator should look at."""
        self._problems.append(Problem(file, line, code, _said(facts), warning=True))

    def inside(self, file: str) -> int:
        """How many mistakes were found in this file so far."""
        return sum(1 for problem in self._problems if problem.file == file and not problem.warning)

    def all(self) -> tuple[Problem, ...]:
        """Everything found, by file and line, each once."""
        seen = dict.fromkeys(
            (p.file, p.line, p.code, tuple(p.facts.items()), p.warning) for p in self._problems
        )
        ordered = sorted(seen, key=lambda key: (key[0], key[1]))
        return tuple(
            Problem(file, line, code, dict(facts), warning) for file, line, code, facts, warning in ordered
        )


def locale_of(environ: Mapping[str, str]) -> str:
    """`zh` or `en`, by GENDAN_LANG, else by what the system's locale says."""
    for name in ("GENDAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name, ""):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def nearest(word: str, known: Collection[str]) -> str:
    """The known word that was probably meant, or an empty text; none among very many, where it would mislead."""
    return (
        ""
        if len(known) > _MANY
        else next(iter(get_close_matches(word[:_SHOWN], list(known), n=1, cutoff=0.6)), "")
    )


def shown(value: str, most: int = _SHOWN) -> str:
    """`value` on one short line, without anything a terminal would act on."""
    line = "".join(mark if mark.isprintable() else "�" for mark in value)
    return line if len(line) <= most else line[: most - 1] + "…"


def _said(facts: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in facts.items()}
