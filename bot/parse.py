"""What chat lines mean, for `gendan parse`: reads lines of JSON, changes nothing."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.company.tables import read_catalogue
from handlers.understanding import Understanding, document
from handlers.wording.reasons import Sentences


class NotAsked(Exception):
    """A line that asks nothing: the message says which and why."""


def parse_lines(
    catalogue_dir: Path, now: datetime, lines: Iterable[str], *, why: bool = False
) -> Iterator[str]:
    """For each line of JSON the JSON of its reading, `why` with the reasons for it in `why`.

    Raises `NotAsked` at the first line that is none.
    """
    understanding = Understanding(read_catalogue(catalogue_dir))
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = dict(json.loads(line))
            moment = datetime.fromisoformat(asked["now"]) if asked.get("now") else now
        except (ValueError, TypeError) as error:
            raise NotAsked(
                f'line {number} is not like {{"text": "…", "as": "…", "now": "…"}}: {error}'
            ) from error
        made = _explained(understanding, asked, moment) if why else _read(understanding, asked, moment)
        yield json.dumps(made, ensure_ascii=False)


def _read(understanding: Understanding, asked: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    history = tuple(asked.get("history") or ())
    return document(
        understanding.read(asked.get("text", ""), sender=asked.get("as", ""), now=now, history=history)
    )


def _explained(understanding: Understanding, asked: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The same, and why: a sentence for each reason."""
    history = tuple(asked.get("history") or ())
    told = understanding.why(asked.get("text", ""), sender=asked.get("as", ""), now=now, history=history)
    return {**document(told.reading), "why": list(Sentences(now.date(), codes=True).all(told))}


def parse(catalogue: Path, now: datetime, *, why: bool = False) -> None:
    """Read lines of JSON from standard input, write what each means to standard output."""
    for line in parse_lines(catalogue, now, sys.stdin, why=why):
        sys.stdout.write(line + "\n")


def main() -> None:
    """Run as `python -m bot.parse`."""
    parser = argparse.ArgumentParser(description=parse.__doc__)
    parser.add_argument("--catalogue", type=Path, required=True)
    parser.add_argument("--now", type=datetime.fromisoformat, default=None)
    parser.add_argument("--why", action="store_true")
    chosen = parser.parse_args()
    parse(chosen.catalogue, chosen.now or datetime.now().astimezone(), why=chosen.why)


if __name__ == "__main__":
    main()
