"""What `gendan check` says of the addresses of robots."""

from collections.abc import Iterator, Mapping

from bot.company.problems import Problem
from bot.reach import FROM_ENVIRONMENT
from bot.robots import strange_host
from bot.settings import variable
from domain.company import Company
from domain.destinations import DESTINATIONS


def webhook_warnings(company: Company, environ: Mapping[str, str]) -> tuple[Problem, ...]:
    """A warning for every way of a group whose webhook is in no environment variable here, or leads elsewhere."""
    return tuple(
        Problem("company.yaml", 0, code, {"group": group.key, "variable": name, **facts}, warning=True)
        for group in company.groups.values()
        for way in group.ways
        if way.address.startswith(FROM_ENVIRONMENT)
        for name in [way.address.removeprefix(FROM_ENVIRONMENT)]
        for code, facts in _amiss(way.kind, environ.get(name, ""), environ)
    )


def _amiss(kind: str, webhook: str, environ: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    platform = kind.partition("-")[0]
    bases = [environ.get(variable(platform, base), "") for base in ("api_base", "oapi_base")]
    if not webhook:
        yield "webhook_unset", {}
    elif host := strange_host(kind, webhook, *bases):
        yield "webhook_elsewhere", {"host": host, "hosts": ", ".join(DESTINATIONS[kind].hosts)}
