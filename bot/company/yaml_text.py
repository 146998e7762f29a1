"""A YAML text as plain data, every scalar as the words that stand there, and the line of everything."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from bot.company.problems import Findings

LONGEST = 256 * 1024
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class YamlText:
    """What a file says. Scalars stay text: YAML's own guesses (`8:30` is 510, `no` is false) do no harm."""

    file: str
    data: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[Path, int] = field(default_factory=dict)

    def line(self, *path: str | int) -> int:
        """The line where this stands, or the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(file: str, text: str, findings: Findings) -> YamlText | None:
    """The text's mapping, or None (noted) where it is not YAML or not a mapping."""
    if len(text) > LONGEST:
        findings.error(file, 0, "yaml_too_long", most=LONGEST // 1024)
        return None
    try:
        root = yaml.compose(text, Loader=_Loader)
    except _Alias as alias:
        findings.error(file, alias.line, "yaml_alias")
    except yaml.reader.ReaderError as error:
        findings.error(file, text.count("\n", 0, error.position) + 1, "yaml_character")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        findings.error(file, mark.line + 1 if mark else 1, "yaml_broken", reason=error.problem or "")
    except (RecursionError, ValueError):
        findings.error(file, 0, "yaml_too_deep")
    else:
        if isinstance(root, yaml.MappingNode):
            lines: dict[Path, int] = {}
            return YamlText(file, _mapping(file, root, (), lines, findings), lines)
        findings.error(file, 1, "yaml_no_mapping")
    return None


class _Alias(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Loader(yaml.SafeLoader):
    """Composes, but takes no aliases: a few of them can stand for a file of any size."""

    def compose_node(self, parent: yaml.Node | None, index: object) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise _Alias(self.get_mark().line + 1)
        return super().compose_node(parent, index)  # type: ignore[arg-type]


def _plain(file: str, node: yaml.Node, path: Path, lines: dict[Path, int], findings: Findings) -> object:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(file, node, path, lines, findings)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(file, item, (*path, place), lines, findings) for place, item in enumerate(node.value)]
    return None if node.tag == "tag:yaml.org,2002:null" else node.value


def _mapping(
    file: str, node: yaml.MappingNode, path: Path, lines: dict[Path, int], findings: Findings
) -> dict[str, object]:
    data: dict[str, object] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            findings.error(file, line, "yaml_key")
        elif (*path, key.value) in lines:
            findings.error(file, line, "key_twice", key=key.value, line=lines[(*path, key.value)])
        else:
            lines[(*path, key.value)] = line
            data[key.value] = _plain(file, value, (*path, key.value), lines, findings)
    return data
