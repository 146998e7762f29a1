"""`gendan` as an operator types it: what it prints and how it ends."""

import asyncio
import csv
import io
import logging
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.cli import main
from bot.cli.tables import contents
from tests.world import DEMO_COMPANY, a_world


class Said(NamedTuple):
    """How a command ended and what it printed."""

    returncode: int
    stdout: str
    stderr: str


GENDAN = (sys.executable, "-m", "bot")
ROOT = Path(__file__).parents[3]
PATIENCE = 30
WECOM = {
    "GENDAN_WECOM__CORP_ID": "ww0000000000000001",
    "GENDAN_WECOM__AGENT_ID": "1000002",
    "GENDAN_WECOM__SECRET": "open-sesame",
    "GENDAN_WECOM__TOKEN": "tok-en",
    "GENDAN_WECOM__AES_KEY": "a1B2" * 10 + "a1B",
}


@pytest.fixture
def environment(tmp_path):
    """An environment with nothing of ours in it but a database of the test's own."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("GENDAN_", "LC_", "LANG"))
    }
    url = f"sqlite+aiosqlite:///{tmp_path / 'gendan.db'}"
    return {**kept, "GENDAN_DATABASE_URL": url, "PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8"}


@pytest.fixture
def gendan(environment, tmp_path, monkeypatch, capsys):
    """Run a command to its end, in this process: starting one takes longer than most of them do."""
    for name in set(os.environ) - set(environment):
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level

    def run(*arguments, **variables):
        monkeypatch.setattr(sys, "argv", ["gendan", *arguments])
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as end:
            main()
        code, said = end.value.code, capsys.readouterr()
        return Said(code if isinstance(code, int) else 0, said.out, said.err)

    yield run
    root.handlers[:] = handlers
    root.setLevel(level)


class Running:
    """A process that serves until it is told to stop."""

    def __init__(self, arguments, environment, folder):
        self.process = subprocess.Popen(
            (*GENDAN, *arguments),
            env=environment,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        self.said = ""
        while not (url := re.search(r"http://127\.0\.0\.1:\d+", self.said)):
            line = self.process.stdout.readline()
            assert line, self.said
            self.said += line
        self.url = url.group()

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=PATIENCE)
        self.said += rest
        return self.process.returncode


@pytest.fixture
def running(environment, tmp_path):
    """Start something that serves; whatever still runs at the end is killed."""
    started = []

    def start(*arguments, **variables):
        started.append(Running((*arguments, "--port", "0"), {**environment, **variables}, tmp_path))
        return started[-1]

    yield start
    for each in started:
        each.process.kill()
        each.process.communicate()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("init", "file"), 1, "file cannot be written"),
        (("check", "file"), 1, "file: there is no such folder"),
        (("apply", "nowhere", "--by", "lina", "--why", "x"), 1, "nowhere: there is no such folder"),
        (("apply", str(DEMO_COMPANY), "--by", "linxiaomei", "--why", " "), 2, "--why"),
        (("apply", str(DEMO_COMPANY), "--by", "nobody", "--why", "x"), 1, "'nobody' may not"),
        (("import", "stock", "none.csv", "--by", "lina"), 2, "none.csv: No such file"),
        (("import", "stock", ".", "--by", "lina"), 2, "Is a directory"),
        (("parse", "--catalogue", "nowhere"), 2, "nowhere is no folder"),
        (("demo", "--data", "file"), 1, "--data file: File exists"),
        (("demo", "--data", "/proc/gendan"), 1, "--data /proc/gendan: No such file"),
    ],
)
def test_a_slip_of_the_operator_is_said_in_one_sentence(gendan, tmp_path, arguments, code, says):
    (tmp_path / "file").write_text("")

    said = gendan(*arguments)

    assert said.returncode == code
    assert says in said.stdout + said.stderr
    assert "Traceback" not in said.stdout + said.stderr


def test_no_more_of_a_table_is_read_than_shows_that_it_is_too_large(monkeypatch, tmp_path):
    monkeypatch.setattr("bot.company.texts.LARGEST", 1000)
    (tmp_path / "endless.csv").write_bytes(b"x" * 5000)

    assert len(contents(tmp_path / "endless.csv")) == 1001


@pytest.mark.parametrize("line", ['{"text": "x"', "[1]", '{"text": "x", "now": "soon"}'])
def test_a_line_that_asks_nothing_is_named(gendan, monkeypatch, line):
    monkeypatch.setattr(sys, "stdin", io.StringIO(f'{{"text": "帮助"}}\n{line}\n'))

    said = gendan("parse", "--catalogue", str(DEMO_COMPANY))

    assert said.returncode == 1
    assert said.stderr.startswith("line 2 is not like ")
    assert len(said.stdout.splitlines()) == 1


def test_what_the_rules_refuse_is_said_in_words(gendan):
    gendan("apply", str(DEMO_COMPANY), "--by", "linxiaomei", "--why", "begin")

    said = gendan("import", "stock", str(DEMO_COMPANY / "stock.csv"), "--by", "lina")

    assert (said.returncode, said.stderr) == (
        1,
        "refused: no-role (您没有盘点的权限。能盘点的是：马东、刘军、吴杰。)\n",
    )


def test_help_names_every_command(gendan):
    said = gendan("--help")

    assert said.returncode == 0
    for command in "demo serve chat parse init check apply import export migrate doctor audit outbox".split():
        assert re.search(rf"^  {command} ", said.stdout, re.MULTILINE), command
    assert max(map(len, said.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    "arguments",
    [("serve", "--port", "many"), ("nonsense",), ("apply", "somewhere"), ("parse", "--now", "soon")],
)
def test_wrong_use_ends_with_2(gendan, arguments):
    assert gendan(*arguments).returncode == 2


def test_a_wrong_variable_ends_with_2_and_is_named(gendan):
    said = gendan("serve", GENDAN_PORT="eighty", GENDAN_WECOM__AES_KEY="short")

    assert said.returncode == 2
    assert "GENDAN_PORT: " in said.stderr
    assert "GENDAN_WECOM__AES_KEY: " in said.stderr
    assert "Traceback" not in said.stderr


def test_without_a_company_it_says_what_to_do(gendan):
    said = gendan("serve")

    assert said.returncode == 2
    assert "GENDAN_COMPANY" in said.stderr
    assert "gendan init" in said.stderr


def test_a_folder_with_mistakes_is_not_served_and_every_mistake_is_told(gendan, tmp_path):
    folder = shutil.copytree(DEMO_COMPANY, tmp_path / "company")
    rules = folder / "workflow.yaml"
    rules.write_text(rules.read_text().replace("next: picking", "next: pickign"))

    said = gendan("serve", GENDAN_COMPANY=str(folder))

    assert said.returncode == 1
    assert len(re.findall(r"workflow\.yaml:\d+: ", said.stderr)) >= 2


def test_a_database_that_is_away_is_said_in_one_line(gendan):
    url = "postgresql+asyncpg://gendan:hunter2@127.0.0.1:1/gendan"

    said = gendan("serve", GENDAN_DATABASE_URL=url, GENDAN_COMPANY=str(DEMO_COMPANY))

    assert said.returncode == 1
    assert "GENDAN_DATABASE_URL" in said.stderr
    assert "hunter2" not in said.stderr
    assert "Traceback" not in said.stderr


def test_serve_answers_until_it_is_asked_to_stop(running):
    server = running("serve", GENDAN_COMPANY=str(DEMO_COMPANY))

    status, page = server.get("/readyz")

    assert (status, '"ready": true' in page) == (200, True)
    assert server.get("/metrics")[0] == 200
    assert server.stop() == 0
    assert '"event": "stopping"' in server.said
    assert "Traceback" not in server.said


def test_without_the_platforms_it_answers_whoever_looks_after_it_and_nobody_else(running):
    worker = running("serve", "--no-web", GENDAN_COMPANY=str(DEMO_COMPANY), **WECOM)

    assert [worker.get(path)[0] for path in ("/healthz", "/readyz", "/metrics")] == [200, 200, 200]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        worker.get("/wecom/callback")
    assert worker.stop() == 0


def test_with_nothing_to_do_it_does_not_start(gendan):
    said = gendan("serve", "--no-web", "--no-worker", GENDAN_COMPANY=str(DEMO_COMPANY))

    assert said.returncode == 2
    assert "--no-web" in said.stderr


def test_another_company_than_the_one_kept_is_not_served_in_its_place(gendan, tmp_path):
    mine = tmp_path / "mine"
    gendan("init", str(mine))
    gendan("apply", str(DEMO_COMPANY), "--by", "linxiaomei", "--why", "begin")

    said = [gendan(command, GENDAN_COMPANY=str(mine)) for command in ("serve", "doctor")]

    assert [each.returncode for each in said] == [1, 1]
    for each in said:
        assert "云州饮品批发" in each.stdout + each.stderr
        assert f"gendan apply {mine}" in each.stdout + each.stderr


def test_the_demos_database_is_not_served_as_if_it_were_work(running, gendan, tmp_path):
    data = tmp_path / "data"
    assert running("demo", "--data", str(data)).stop() == 0
    url = f"sqlite+aiosqlite:///{data / 'gendan.db'}"

    said = [gendan(command, GENDAN_DATABASE_URL=url) for command in ("serve", "doctor")]

    assert [each.returncode for each in said] == [1, 1]
    for each in said:
        assert "gendan demo" in each.stdout + each.stderr


def test_the_demo_and_the_service_keep_their_data_apart(running, environment, tmp_path):
    alone = {name: value for name, value in environment.items() if name != "GENDAN_DATABASE_URL"}
    environment.clear()
    environment.update(alone)
    assert running("demo").stop() == 0

    server = running("serve", GENDAN_COMPANY=str(DEMO_COMPANY))

    assert server.stop() == 0
    assert sorted(path.parent.name for path in tmp_path.rglob("gendan.db")) == ["gendan-data", "gendan-demo"]


def test_the_demo_keeps_what_happened_and_serves_this_machine_only(running, tmp_path):
    first = running("demo", "--data", str(tmp_path / "data"))
    _, feed = first.get("/console/feed?after=0")
    assert first.stop(signal.SIGINT) == 0

    second = running("demo", "--data", str(tmp_path / "data"))
    _, again = second.get("/console/feed?after=0")

    assert second.stop() == 0
    assert "待审核" in feed
    assert again == feed
    assert "Traceback" not in first.said + second.said


def test_a_port_that_is_taken_is_said_in_one_line(running, gendan):
    server = running("serve", GENDAN_COMPANY=str(DEMO_COMPANY))

    said = gendan("serve", "--port", server.url.rpartition(":")[2], GENDAN_COMPANY=str(DEMO_COMPANY))

    assert said.returncode == 1
    assert "cannot listen on 127.0.0.1 port" in said.stderr
    assert "Traceback" not in said.stderr


def test_parse_reads_lines_and_changes_nothing(environment, tmp_path):
    lines = '{"text": "人民路华联 罐装可乐20箱 明天上午送", "as": "lina"}\n'

    said = subprocess.run(
        (*GENDAN, "parse", "--catalogue", str(DEMO_COMPANY), "--now", "2026-11-23T10:00:00+08:00"),
        input=lines,
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )

    assert '"intent": "order.create"' in said.stdout
    assert '"due": "2026-11-24"' in said.stdout
    assert list(tmp_path.iterdir()) == []


def test_rules_are_applied_by_whoever_may_and_by_nobody_else(gendan, tmp_path):
    folder = shutil.copytree(DEMO_COMPANY, tmp_path / "company")

    first = gendan("apply", str(folder), "--by", "linxiaomei", "--why", "begin")
    again = gendan("apply", str(folder), "--by", "linxiaomei", "--why", "once more")
    seller = gendan("apply", str(folder), "--by", "lina", "--why", "me too")
    (folder / "staff.csv").unlink()
    broken = gendan("apply", str(folder), "--by", "linxiaomei", "--why", "oops")

    assert (first.returncode, first.stdout) == (0, "version 1 is in force\n")
    assert (again.returncode, again.stdout) == (0, "version 2 is in force\n")
    assert seller.returncode == 1
    assert "lina" in seller.stderr
    assert broken.returncode == 1
    assert "staff.csv" in broken.stderr


def test_rules_that_drop_what_is_in_use_are_not_applied(gendan, tmp_path):
    folder = shutil.copytree(DEMO_COMPANY, tmp_path / "company")
    gendan("apply", str(folder), "--by", "linxiaomei", "--why", "begin")
    (tmp_path / "new.csv").write_text("order,customer,sku,qty\na,C001,D001,20\n")
    gendan("import", "orders", "new.csv", "--by", "lina")
    for table in ("customers.csv", "prices.csv", "stock.csv", "products.csv"):
        lines = (folder / table).read_text().splitlines(keepends=True)
        gone = ("C001,",) if table != "products.csv" else ("D001,",)
        (folder / table).write_text("".join(line for line in lines if not line.startswith(gone)))
    for table in ("prices.csv", "stock.csv"):
        lines = (folder / table).read_text().splitlines(keepends=True)
        (folder / table).write_text(
            "".join(line for line in lines if not {"D001", "C001"} & set(line.strip().split(",")))
        )

    said = gendan("apply", str(folder), "--by", "linxiaomei", "--why", "tidy up")
    chinese = gendan("apply", str(folder), "--by", "linxiaomei", "--why", "tidy up", GENDAN_LANG="zh")

    assert said.returncode == 1
    assert re.search(r"^customers\.csv: the customer “C001” .*#1$", said.stderr, re.MULTILINE)
    assert re.search(r"^products\.csv: the product “D001” .*#1$", said.stderr, re.MULTILINE)
    assert re.search(r"^products\.csv: .*in stock: W01", said.stderr, re.MULTILINE)
    assert "不能去掉客户“C001”" in chinese.stderr
    assert gendan("import", "customers", "customers.csv", "--by", "linxiaomei").returncode == 2
    assert gendan("apply", str(DEMO_COMPANY), "--by", "linxiaomei", "--why", "again").stdout.startswith(
        "version 2 "
    )


def test_tables_go_out_and_come_in(gendan, tmp_path):
    gendan("apply", str(DEMO_COMPANY), "--by", "linxiaomei", "--why", "begin")

    for kind in ("customers", "products", "staff", "prices", "stock", "orders"):
        assert gendan("export", kind, f"{kind}.csv").returncode == 0
    back = gendan("import", "customers", "customers.csv", "--by", "linxiaomei")
    assert "40 as they were" in back.stdout

    orders = tmp_path / "new.csv"
    orders.write_text("order,customer,sku,qty,unit\na,C001,D001,20,箱\na,C001,D002,5,箱\nb,C004,D003,2,箱\n")
    entered = [gendan("import", "orders", "new.csv", "--by", "lina") for _ in range(2)]
    gendan("export", "orders", "orders.xlsx")

    assert [each.stdout for each in entered] == ["2 orders entered\n"] * 2
    with sqlite3.connect(tmp_path / "gendan.db") as database:
        assert database.execute("SELECT count(*) FROM orders").fetchone() == (2,)
    assert (tmp_path / "orders.xlsx").read_bytes().startswith(b"PK")

    orders.write_text("order,customer,sku,qty,unit\na,C001,D001,20,箱\na,C001,D999,5,箱\n")
    wrong = gendan("import", "orders", "new.csv", "--by", "lina")
    assert wrong.returncode == 1
    assert "new.csv:3: " in wrong.stderr


async def test_what_was_not_clear_goes_out_as_a_table(gendan, tmp_path, environment):
    async with a_world(environment["GENDAN_DATABASE_URL"]) as world:
        await world.says("lina", "人民路华联 可乐20箱")
        await world.says("lina", "罐装")
        await world.says("lina", "=HYPERLINK(1)华联 雪碧20箱", place="sales")
        await world.says("lina", "算了", place="sales")

    said = [
        await asyncio.to_thread(gendan, "export", "misread", f"misread.{kind}") for kind in ("csv", "xlsx")
    ]
    back = await asyncio.to_thread(gendan, "import", "misread", "misread.csv", "--by", "linxiaomei")
    named = await asyncio.to_thread(gendan, "export", "misread", "misread.txt")

    assert [(each.returncode, each.stdout.split(" written")[0]) for each in said] == [(0, "2 rows")] * 2
    first, second = csv.DictReader(io.StringIO((tmp_path / "misread.csv").read_text("utf-8-sig")))
    assert first == {
        "at": "2026-11-23 10:00:00", "person": "lina", "person_name": "李娜", "place": "", "text": "人民路华联 可乐20箱",
        "kind": "sku", "word": "可乐", "candidates": "D001 可乐330ml罐装; D002 可乐500ml瓶装; D003 可乐2L大瓶",
        "customer": "C001", "customer_name": "华联超市(人民路店)", "outcome": "chosen", "meant": "D001",
        "meant_name": "可乐330ml罐装", "meant_text": "", "meant_at": "2026-11-23 10:00:00", "message": "console:console:world-1", "meant_message": "console:console:world-2",
    }  # fmt: skip
    assert second["text"].startswith("'=HYPERLINK")
    assert (second["outcome"], second["place"]) == ("gave_up", "sales")
    assert (tmp_path / "misread.xlsx").read_bytes().startswith(b"PK")
    assert (back.returncode, named.returncode) == (2, 2)


def test_what_went_out_does_not_come_in_a_second_time(gendan, tmp_path):
    gendan("apply", str(DEMO_COMPANY), "--by", "linxiaomei", "--why", "begin")
    (tmp_path / "new.csv").write_text(
        "order,customer,sku,qty\na,C001,D001,20\na,C001,D002,5\nb,C004,D003,2\n"
    )
    gendan("import", "orders", "new.csv", "--by", "lina")
    gendan("export", "orders", "orders.xlsx")

    back = gendan("import", "orders", "orders.xlsx", "--by", "lina")

    assert back.returncode == 1
    assert re.findall(r"^orders\.xlsx:(\d+): #(\d) is here already", back.stderr, re.MULTILINE) == [
        ("2", "2"),
        ("3", "1"),
    ]
    with sqlite3.connect(tmp_path / "gendan.db") as database:
        assert database.execute("SELECT count(*) FROM orders").fetchone() == (2,)


def test_stock_is_counted_in_all_warehouses_or_in_none(gendan, tmp_path):
    gendan("apply", str(DEMO_COMPANY), "--by", "linxiaomei", "--why", "begin")
    (tmp_path / "new.csv").write_text("order,customer,sku,qty\na,C001,D001,20\n")
    gendan("import", "orders", "new.csv", "--by", "lina")
    gendan("export", "stock", "before.csv")
    with sqlite3.connect(tmp_path / "gendan.db") as database:
        ((reserved_in,),) = database.execute("SELECT warehouse FROM stock WHERE reserved > 0")
    free = next(place for place in ("W01", "W02") if place != reserved_in)
    (tmp_path / "count.csv").write_text(f"warehouse,sku,on_hand\n{free},D001,7\n{reserved_in},D001,1\n")

    refused = gendan("import", "stock", "count.csv", "--by", "madong")
    gendan("export", "stock", "after.csv")

    assert refused.returncode == 1
    assert (tmp_path / "after.csv").read_text("utf-8-sig") == (tmp_path / "before.csv").read_text("utf-8-sig")
    (tmp_path / "count.csv").write_text(f"warehouse,sku,on_hand\n{free},D001,7\n{reserved_in},D001,99\n")
    assert gendan("import", "stock", "count.csv", "--by", "madong").stdout == "2 counted\n"
    assert gendan("audit", "verify").returncode == 0
    gendan("export", "stock", "after.csv")
    for counted in (f"{free},D001,7,箱", f"{reserved_in},D001,99,箱"):
        assert counted in (tmp_path / "after.csv").read_text("utf-8-sig")


def test_before_there_are_rules_nothing_was_unclear(gendan):
    assert gendan("export", "misread", "out.csv").stderr.startswith("there are no rules yet")


@pytest.mark.parametrize("kind", ["customers", "stock", "orders"])
def test_before_there_are_rules_no_table_goes_out_or_comes_in(gendan, tmp_path, kind):
    (tmp_path / "in.csv").write_text("code\nx\n")

    said = [gendan("export", kind, "out.csv"), gendan("import", kind, "in.csv", "--by", "lina")]

    for each in said:
        assert each.returncode == 1
        assert each.stderr == "there are no rules yet: gendan apply DIR --by USER --why TEXT\n"
    assert not (tmp_path / "out.csv").exists()


def test_what_an_import_makes_doubtful_is_told(gendan, tmp_path):
    gendan("apply", str(DEMO_COMPANY), "--by", "linxiaomei", "--why", "begin")
    (tmp_path / "in.csv").write_text("code,name,region\nC901,新客户,无人区\n")

    said = gendan("import", "customers", "in.csv", "--by", "linxiaomei")

    assert (said.returncode, said.stdout) == (0, "1 added, 0 changed, 0 as they were\n")
    assert "in.csv:2: (warning) no warehouse serves" in said.stderr


def test_counted_stock_comes_in_once(gendan, tmp_path):
    gendan("apply", str(DEMO_COMPANY), "--by", "linxiaomei", "--why", "begin")
    (tmp_path / "count.csv").write_text("warehouse,sku,on_hand,unit\nW01,D001,500,箱\n")

    first = gendan("import", "stock", "count.csv", "--by", "madong")
    nobody = gendan("import", "stock", "count.csv", "--by", "nobody")
    gendan("export", "stock", "stock.csv")

    assert (first.returncode, first.stdout) == (0, "1 counted\n")
    assert nobody.returncode == 1
    assert "W01,D001,500,箱" in (tmp_path / "stock.csv").read_text("utf-8-sig")


def test_the_audit_names_the_row_that_was_changed_by_hand(gendan, tmp_path):
    gendan("apply", str(DEMO_COMPANY), "--by", "linxiaomei", "--why", "begin")
    good = gendan("audit", "verify")
    with sqlite3.connect(tmp_path / "gendan.db") as database:
        database.execute("UPDATE events SET actor = 'somebody' WHERE stream = 'stock'")

    bad = gendan("audit", "verify")

    assert good.returncode == 0
    assert "0 broken" in good.stdout
    assert bad.returncode == 1
    assert "stock #1" in bad.stdout


def test_notices_that_were_given_up_are_listed_and_tried_again(gendan, tmp_path):
    gendan("apply", str(DEMO_COMPANY), "--by", "linxiaomei", "--why", "begin")
    (tmp_path / "new.csv").write_text("order,customer,sku,qty,unit\na,C001,D001,90,箱\n")
    gendan("import", "orders", "new.csv", "--by", "lina")
    with sqlite3.connect(tmp_path / "gendan.db") as database:
        database.execute("UPDATE outbox SET dead_at = created_at, error = 'robot removed'")

    listed = gendan("outbox", "list", "--dead")
    unknown = gendan("outbox", "retry", "nonsense")
    retried = gendan("outbox", "retry")
    after = gendan("outbox", "list")

    assert "dead" in listed.stdout
    assert "robot removed" in listed.stdout
    assert (unknown.returncode, "nonsense" in unknown.stderr) == (1, True)
    assert retried.stdout == "1 will be tried again\n"
    assert "waits" in after.stdout
    assert "dead" not in after.stdout


def test_the_doctor_only_looks(gendan, tmp_path):
    ready = gendan("doctor", GENDAN_COMPANY=str(DEMO_COMPANY))
    nothing = gendan("doctor", GENDAN_COMPANY="")
    nowhere = gendan("doctor", GENDAN_COMPANY=str(tmp_path / "nowhere"))

    assert [each.returncode for each in (ready, nothing, nowhere)] == [0, 1, 1]
    assert re.search(r"^rules +none yet; gendan serve begins with ", ready.stdout, re.MULTILINE)
    assert "GENDAN_COMPANY must name" in nothing.stdout
    assert "gendan check" in nowhere.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_doctor_tells_a_database_without_a_schema_what_it_needs(gendan, postgres_url):
    before = gendan("doctor", GENDAN_DATABASE_URL=postgres_url, GENDAN_COMPANY=str(DEMO_COMPANY))
    served = gendan("serve")
    migrated = gendan("migrate")
    after = gendan("doctor")

    assert [each.returncode for each in (before, served, migrated, after)] == [1, 1, 0, 0]
    assert re.search(r"^database +red: .*gendan migrate", before.stdout, re.MULTILINE)
    assert "gendan migrate" in served.stderr
    assert re.search(r"^rules +none yet; gendan serve begins with ", after.stdout, re.MULTILINE)


def test_the_doctor_says_what_each_part_is_like(gendan):
    gendan("apply", str(DEMO_COMPANY), "--by", "linxiaomei", "--why", "begin")

    fine = gendan("doctor", GENDAN_COMPANY=str(DEMO_COMPANY))

    assert fine.returncode == 0
    assert re.search(r"^database +ok$", fine.stdout, re.MULTILINE)


def test_the_audit_names_the_rung_that_is_missing(gendan, tmp_path):
    before = gendan("audit", "escalations")
    gendan("apply", str(DEMO_COMPANY), "--by", "linxiaomei", "--why", "begin")
    (tmp_path / "new.csv").write_text("order,customer,sku,qty,unit\na,C001,D001,90,箱\n")
    gendan("import", "orders", "new.csv", "--by", "lina")
    good = gendan("audit", "escalations")
    with sqlite3.connect(tmp_path / "gendan.db") as database:
        # As if it had come in long ago, and no worker had run since.
        database.execute(
            "UPDATE events SET at = at - 86400000000, "
            "data = json_replace(data, '$.after.step_since', '2026-01-05T10:00:00+00:00') "
            "WHERE kind = 'order:entered'"
        )

    bad = gendan("audit", "escalations")

    assert (before.returncode, before.stderr[:22]) == (1, "there are no rules yet")
    assert (good.returncode, good.stdout) == (0, "1 orders, 0 findings\n")
    assert bad.returncode == 1
    assert "#1 reviewing (entry 1) rung 1 repeat 1: missing, 2026-01-05T10:30:00+00:00" in bad.stdout
    assert gendan("audit", "escalations", "--since", "2026-11-01").returncode == 0
    assert gendan("audit", "escalations", "--since", "soon").returncode == 2
