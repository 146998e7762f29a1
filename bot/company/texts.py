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


def decoded(name: str, data: bytes, findings: Findings) -> str:
    """Bytes as text: UTF-8 with or without a mark, or GB18030 as Excel in China saves it."""
    if len(data) > LARGEST:
        findings.error(name, 0, "file_too_large", most=LARGEST // 1024 // 1024)
    elif data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data:
        findings.error(name, 1, "encoding_utf16")
    else:
        return _utf8_or_gb18030(name, data, findings)
    return ""


def _utf8_or_gb18030(name: str, data: bytes, findings: Findings) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken_at = error.start
    if not _nearly_utf8(data):
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError as error:
            broken_at = error.start
    findings.error(
        name, data.count(b"\n", 0, broken_at) + 1, "encoding_broken", byte=f"0x{data[broken_at]:02X}"
    )
    return ""


def _nearly_utf8(data: bytes) -> bool:
    # GB18030 decodes almost anything: a UTF-8 file with a few broken bytes would become unreadable names.
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    foreign = sum(1 for mark in text if mark > "\x7f") - broken
    return foreign > 4 * broken
