"""A company with as many people and customers as a test needs, told by WeCom; made from the demo company."""

import csv
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
ROBOT = "GENDAN_ROBOT_"
DEMO = Path(__file__).parents[2] / "bot" / "demo_company"


def seller(number: int) -> str:
    """The user id of a seller, from 0."""
    return f"seller{number:02}"


def reviewer(number: int) -> str:
    """The user id of a reviewer, from 0."""
    return f"reviewer{number:02}"


def customer(number: int) -> str:
    """The name of a customer, from 0."""
    return f"{SURNAMES[number]}记商店"


def make(folder: Path, people: int, stock: Mapping[tuple[str, str], int]) -> Path:
    """A folder with `people` sellers, reviewers and customers; `stock` by (warehouse, sku), nothing else."""
    shutil.copytree(DEMO, folder)
    _append(
        folder / "staff.csv",
        [
            {
                "user_id": name,
                "name": f"{mark}{given}",
                "department": "销售",
                "roles": roles,
                "manager": "linxiaomei",
            }
            for person, mark in zip(range(people), SURNAMES, strict=False)
            for name, given, roles in (
                (seller(person), "卖货", "sales"),
                (reviewer(person), "审单", "sales_supervisor"),
            )
        ],
    )
    _append(
        folder / "customers.csv",
        [
            {
                "code": f"K{person:03}",
                "name": customer(person),
                "type": "商超",
                "region": "东湖区",
                "address": f"东湖区人民路{person + 1}号",
                "credit_limit": "10000000",
                "credit_days": "30",
                "price_level": "B",
                "salesperson": seller(person),
            }
            for person in range(people)
        ],
    )
    rows = [f"{warehouse},{sku},{on_hand}\n" for (warehouse, sku), on_hand in stock.items()]
    (folder / "stock.csv").write_text("warehouse,sku,on_hand\n" + "".join(rows), "utf-8")
    _told_by_wecom(folder / "company.yaml")
    return folder


def robots(folder: Path) -> dict[str, str]:
    """The variables that hold the addresses of the groups' robots."""
    text = (folder / "company.yaml").read_text("utf-8")
    return {
        f"{ROBOT}{number}": f"robot-key-{number}" for number in range(text.count("wecom-robot, webhook_env"))
    }


def _append(table: Path, rows: Iterable[Mapping[str, str]]) -> None:
    columns: Sequence[str] = next(csv.reader([table.read_text("utf-8-sig").splitlines()[0]]))
    with table.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, lineterminator="\n").writerows(rows)


def _told_by_wecom(company: Path) -> None:
    parts = company.read_text("utf-8").replace("people: [console, wecom]", "people: [wecom]")
    said, *others = parts.split("ways: [console]")
    for number, rest in enumerate(others):
        said += f"ways: [{{kind: wecom-robot, webhook_env: {ROBOT}{number}}}]{rest}"
    company.write_text(said, "utf-8")
