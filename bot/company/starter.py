"""A company to begin with: small, commented, and without a mistake."""

from pathlib import Path

from bot.company.texts import FILES

STARTER = Path(__file__).parent / "starter"
# The usual steps suit any trade: they are kept once, with the demo company.
WORKFLOW = Path(__file__).parent.parent / "demo_company" / "workflow.yaml"


class FolderInUse(Exception):
    """The folder holds company files already; nothing was written."""

    def __init__(self, folder: Path, files: tuple[str, ...]) -> None:
        super().__init__(f"{folder}: {', '.join(files)}")
        self.folder = folder
        self.files = files


def write_starter(folder: Path) -> tuple[Path, ...]:
    """Write the starter company into `folder`, or raise `FolderInUse` rather than replace a file."""
    there = tuple(name for name in FILES if (folder / name).exists())
    if there:
        raise FolderInUse(folder, there)
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        source = WORKFLOW if name == WORKFLOW.name else STARTER / name
        text = source.read_text(encoding="utf-8")
        # With a mark, because Excel reads a CSV without one as GB18030.
        encoding = "utf-8-sig" if name.endswith(".csv") else "utf-8"
        (folder / name).write_text(text, encoding=encoding, newline="\n")
    return tuple(folder / name for name in FILES)
