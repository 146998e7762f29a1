"""The files of a company folder as text, whatever program saved them."""

from pathlib import Path

from bot.company.problems import Findings

LARGEST = 32 * 1024 * 1024
TABLES = (
    "customers.csv",
    "products.csv",
    "staff.csv",
    "warehouses.csv",
    "suppliers.csv",
    "stock.csv",
    "prices.csv",
)
FILES = ("company.yaml", "workflow.yaml", *TABLES)


def read_folder(folder: Path, findings: Findings) -> dict[str, str]:
    """The company's files that are there, as text."""
    return {name: read_text(folder / name, findings) for name in FILES if _is_file(folder / name)}


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # What lies in a folder that may not be entered is as good as not there.
        return False


def read_text(path: Path, findings: Findings) -> str:
    """One file as text, empty where it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        findings.error(path.name, 0, "file_unreadable", reason=error.strerror or type(error).__name__)
        return ""
    return decoded(path.name, data, findings)


class NotText(ValueError):
    """Neither UTF-8 nor GB18030; `at` is the first byte that is wrong."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def decoded(name: str, data: bytes, findings: Findings) -> str:
    """Bytes as text: UTF-8 with or without a mark, or GB18030 as Excel in China saves it."""
    if len(data) > LARGEST:
        findings.error(name, 0, "file_too_large", most=LARGEST // 1024 // 1024)
    elif data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data:
        findings.error(name, 1, "encoding_utf16")
    else:
        try:
            return text_of(data)
        except NotText as error:
            line = data.count(b"\n", 0, error.at) + 1
            findings.error(name, line, "encoding_broken", byte=f"0x{data[error.at]:02X}")
    return ""


def text_of(data: bytes) -> str:
    """Bytes as text, or raise `NotText`."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken_at = error.start
    if not _nearly_utf8(data):
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError as error:
            broken_at = error.start
    raise NotText(broken_at)


def _nearly_utf8(data: bytes) -> bool:
    # GB18030 decodes almost anything: a UTF-8 file with a few broken bytes would become unreadable names.
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    foreign = sum(1 for mark in text if mark > "\x7f") - broken
    return foreign > 4 * broken
