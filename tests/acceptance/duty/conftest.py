"""The demo company with working hours, rules of assignment and people who come and go."""

import shutil
from pathlib import Path

import pytest

from tests.world import DEMO_COMPANY

SWAPS = {
    "company.yaml": {
        'shifts: ["00:00-24:00"]': 'shifts: ["08:30-12:00", "13:00-18:00"]',
        "weekdays: [1, 2, 3, 4, 5, 6, 7]": "weekdays: [1, 2, 3, 4, 5, 6]",
        "public_holidays: no": "public_holidays: yes",
    },
    "workflow.yaml": {
        "# assign:": """assign:
  - {when: {step: [reviewing], above: 800, up_to: 2000}, person: zhoukai}
  - {when: {step: [picking]}, role: warehouse, by: least}
#""",
    },
    "staff.csv": {
        "user_id,name,aliases,department,roles,manager,phone": (
            "user_id,name,aliases,department,roles,manager,phone,deputy,shift"
        ),
        "139-0000-2008": "139-0000-2008,zhoukai,",
        "139-0000-2010": "139-0000-2010,,08:00-16:00",
    },
}


@pytest.fixture(scope="session")
def company_on_duty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of its own."""
    folder = tmp_path_factory.mktemp("company") / "on-duty"
    shutil.copytree(DEMO_COMPANY, folder)
    for name, swaps in SWAPS.items():
        text = (folder / name).read_text(encoding="utf-8")
        for find, put in swaps.items():
            assert find in text, find
            text = text.replace(find, put, 1)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def world_company(company_on_duty: Path) -> Path:
    """The world plays there."""
    return company_on_duty
