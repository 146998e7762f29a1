"""The demo company on DingTalk: every group a conversation there, every person reached there."""

import re
import shutil
from pathlib import Path

DEMO = Path(__file__).parents[2] / "bot" / "demo_company"


def conversation(group: str) -> str:
    """The id that DingTalk gives this group of the company's."""
    return f"cid-of-{group}=="


def company_on_dingtalk(folder: Path) -> Path:
    """A copy of the demo company's folder, changed so."""
    shutil.copytree(DEMO, folder)
    rules = folder / "company.yaml"
    lines: list[str] = []
    group = ""
    for line in rules.read_text(encoding="utf-8").splitlines():
        if named := re.fullmatch(r"  (\w+):", line):
            group = named[1]
        if line.strip() == "ways: [console]":
            lines.append(f"    ways: [{{kind: dingtalk-group, chat: {conversation(group)}}}]")
        else:
            lines.append(re.sub(r"^people: .*", "people: [dingtalk]", line))
    rules.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
