"""Whatever program saved a file, it is read or refused with a reason; no bytes crash the reader."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.company.load import load, load_files
from bot.company.problems import Findings
from bot.company.sheets import read_sheet
from bot.company.starter import write_starter
from bot.company.tables import read_catalogue
from bot.company.texts import FILES, LARGEST, decoded, read_text
from tests.unit.company.conftest import Texts, places

ROW = "code,name\nK001,新桥装饰公司\nK002,大众五金店\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_a_table_is_read_as_chinese_programs_save_it(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "customers.csv").write_bytes(ROW.encode(encoding))

    assert [one.name for one in read_catalogue(tmp_path).customers.values()] == ["新桥装饰公司", "大众五金店"]


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_any_line_ending_counts_the_same_lines(tmp_path: Path, ends: str) -> None:
    write_starter(tmp_path)
    table = tmp_path / "customers.csv"
    table.write_bytes(
        table.read_text(encoding="utf-8-sig").replace("K003,", "K001,").replace("\n", ends).encode()
    )

    assert places(load(tmp_path).problems) == [("customers.csv", 4, "row_twice")]


@pytest.mark.parametrize(
    ("data", "line", "code"),
    [
        (ROW.encode("utf-16"), 1, "encoding_utf16"),
        (b"code,name\nK1,a\x00b\n", 1, "encoding_utf16"),
        (ROW.encode().replace("大众".encode(), b"\xe5\xa4\xff"), 3, "encoding_broken"),
        (ROW.encode()[:39] + ROW.encode()[40:], 3, "encoding_broken"),
        (b"code,name\nK1,\xff\xff\n", 2, "encoding_broken"),
        (b"x" * (LARGEST + 1), 0, "file_too_large"),
    ],
    ids=["utf-16", "a nought", "broken utf-8", "utf-8 that lost a byte", "no text", "too large"],
)
def test_what_is_not_text_is_named(data: bytes, line: int, code: str) -> None:
    findings = Findings()

    assert decoded("customers.csv", data, findings) == ""
    assert places(findings.all()) == [("customers.csv", line, code)]


def test_files_that_are_missing_are_all_named(tmp_path: Path) -> None:
    problems = load(tmp_path).problems

    assert places(problems) == [
        (name, 0, "file_missing")
        for name in sorted(set(FILES) - {"stock.csv", "prices.csv", "suppliers.csv"})
    ]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    problems = load(tmp_path / "nowhere").problems

    assert [problem.code for problem in problems] == ["folder_missing"]


def test_a_catalogue_is_read_without_the_tables_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "products.csv").write_text(
        "sku,name,default_unit,units,price\nH1,螺丝,盒,个;盒=200,26\nH2,坏,箱,箱=x,\n"
    )

    catalogue = read_catalogue(tmp_path)

    assert not catalogue.customers
    assert [(one.sku, one.smallest) for one in catalogue.products.values()] == [("H1", "个"), ("H2", "箱")]


def test_what_is_kept_as_text_loads_the_same_as_the_folder(tmp_path: Path) -> None:
    write_starter(tmp_path)

    kept = load_files(load(tmp_path).texts, version=7)

    assert kept == load(tmp_path, version=7)
    assert kept.company.version == 7


CSV_LIKE = st.lists(
    st.sampled_from([*",;\"'\n\r=", "code", "name", "\ufeff", "\u2028", "箱", "1", "-", "\x00"])
).map("".join)
YAML_LIKE = st.lists(
    st.sampled_from([*"[]{}:,-&*!|>'\"#%@`\n \t", "a", "name", "<<", "\ufeff", "1", "~"])
).map("".join)


@settings(max_examples=150, deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=400), CSV_LIKE.map(str.encode), CSV_LIKE.map(lambda text: text.encode("gb18030"))
    )
)
def test_no_bytes_crash_the_reader_of_tables(data: bytes) -> None:
    findings = Findings()
    for name in ("customers.csv", "products.csv", "stock.csv"):
        load_files({name: decoded(name, data, findings)})

    assert all(problem.text("zh") and problem.text("en") for problem in findings.all())


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(st.text(max_size=300), YAML_LIKE))
def test_no_text_crashes_the_reader_of_yaml(text: str) -> None:
    for name in ("company.yaml", "workflow.yaml"):
        problems = load_files({name: text}).problems

        assert all(problem.text("zh") and problem.text("en") for problem in problems)


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=200), name=st.sampled_from(["a.xlsx", "a.csv", "a.xls"]))
def test_no_bytes_crash_an_import(data: bytes, name: str) -> None:
    findings = Findings()
    list(read_sheet(name, data if name != "a.xlsx" else b"PK\x03\x04" + data, findings))

    assert all(problem.text("zh") for problem in findings.all())


@pytest.mark.parametrize(
    "text",
    ["[" * 30_000, "a: " * 3_000, "- " * 30_000, "a: &x [*x]", "? " * 9_000],
    ids=lambda text: text[:4].strip(),
)
def test_deep_or_circular_yaml_is_refused(texts: Texts, text: str) -> None:
    problems = load_files({**texts, "company.yaml": text}).problems

    assert any(problem.file == "company.yaml" for problem in problems)


def test_a_long_yaml_is_refused_unread(texts: Texts) -> None:
    problems = load_files({**texts, "company.yaml": "#" * 300_000}).problems

    assert ("company.yaml", 0, "yaml_too_long") in places(problems)


def test_full_width_signs_separate_like_plain_ones(tmp_path: Path) -> None:
    (tmp_path / "products.csv").write_text(
        "sku,name,aliases,options,default_unit,units,price\n"
        "H1,手套,劳保手套\uff1b线手套,尺码\uff1dM\uff1b颜色=白,双,双\uff1b打\uff1d12,4.8\n"
    )

    product = read_catalogue(tmp_path).products["H1"]

    assert product.aliases == ("劳保手套", "线手套")
    assert product.options == (("尺码", "M"), ("颜色", "白"))
    assert [(unit.name, str(unit.size)) for unit in product.units] == [("双", "1"), ("打", "12")]


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    findings = Findings()

    assert read_text(tmp_path, findings) == ""
    assert [problem.code for problem in findings.all()] == ["file_unreadable"]


def test_a_row_without_a_code_is_in_no_catalogue(tmp_path: Path) -> None:
    (tmp_path / "customers.csv").write_text("code,name\n,没有编号\nK1,有编号\n")

    assert list(read_catalogue(tmp_path).customers) == ["K1"]
