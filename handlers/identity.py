"""From a platform's user to a colleague."""

from collections.abc import Sequence

from domain.catalogue import Staff
from domain.company import Company


def identify(company: Company, platform: str, sender: str) -> Staff | None:
    """The active colleague who is `sender` on `platform`, or None: a stranger, or somebody who left."""
    wanted = sender.lower()
    known = (person for person in company.catalogue.staff.values() if person.active)
    return next((person for person in known if _id_on(person, platform) == wanted), None)


def known_as(company: Company, platform: str, ids: Sequence[str]) -> str:
    """That of somebody's ids by which the company knows them, else the first."""
    return next((one for one in ids if identify(company, platform, one)), ids[0])


def _id_on(person: Staff, platform: str) -> str:
    own = {
        "wecom": person.wecom_id,
        "wecom-bot": person.wecom_id,
        "dingtalk": person.dingtalk_id,
        "feishu": person.feishu_id,
    }.get(platform, "")
    return (own or person.user_id).lower()
