"""What chat lines mean, for `gendan parse`: reads lines of JSON, changes nothing."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from bot.company.tables import read_catalogue
from handlers.understanding import Understanding, document


class NotAsked(Exception):
    """A line that asks nothing: the message says which and why."""


def parse_lines(catalogue_dir: Path, now: datetime, lines: Iterable[str]) -> Iterator[str]:
    """For each line of JSON the JSON of its reading; raises `NotAsked` at the first that is none."""
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
        reading = understanding.read(
            asked.get("text", ""),
            sender=asked.get("as", ""),
            now=moment,
            history=tuple(asked.get("history") or ()),
        )
        yield json.dumps(document(reading), ensure_ascii=False)


def parse(catalogue: Path, now: datetime) -> None:
    """Read lines of JSON from standard input, write what each means to standard output."""
    for line in parse_lines(catalogue, now, sys.stdin):
        sys.stdout.write(line + "\n")


def main() -> None:
    """Run as `python -m bot.parse`."""
    parser = argparse.ArgumentParser(description=parse.__doc__)
    parser.add_argument("--catalogue", type=Path, required=True)
    parser.add_argument("--now", type=datetime.fromisoformat, default=None)
    chosen = parser.parse_args()
    parse(chosen.catalogue, chosen.now or datetime.now().astimezone())


if __name__ == "__main__":
    main()
