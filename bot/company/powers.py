"""Roles, approval tiers and permissions of `workflow.yaml`."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from bot.company.models import WorkflowModel
from bot.company.problems import Findings, nearest
from bot.company.tables import Tables
from bot.company.yaml_text import YamlText
from domain.catalogue import Staff
from domain.company import Tier
from domain.permissions import DEFAULTS, FREE, WHERE

ACTIONS = (
    *sorted({*DEFAULTS, *WHERE} - {"order.approve", "order.reject"}),
    "order.note",
    "order.complain",
    *FREE,
    "rules.apply",
)
"""What `permissions` may name. Who reviews is not among them: the tiers say it."""
RULE_MAKERS = ("process_owner", "manager", "admin")
_MOST_REVIEWERS = 3


def may_apply(staff: Staff, permissions: Mapping[str, Sequence[str]]) -> bool:
    """True when this person may change the company's rules."""
    return staff.active and bool(staff.roles.intersection(permissions.get("rules.apply", RULE_MAKERS)))


def tiers_of(
    model: WorkflowModel, said: YamlText, staff: Mapping[str, Staff], findings: Findings
) -> tuple[Tier, ...]:
    """The tiers from small to large; tiers that do not rise or cannot be staffed are noted."""
    before: Decimal | None = Decimal(-1)
    last = len(model.tiers) - 1
    for place, tier in enumerate(model.tiers):
        line = said.line("tiers", place)
        if before is None or (tier.up_to is not None and tier.up_to <= before):
            findings.error(said.file, line, "tiers_fall", tier=tier.name)
        if place == last and tier.up_to is not None:
            findings.error(said.file, line, "tiers_open_end", tier=tier.name)
        if place and tier.reviewers < model.tiers[place - 1].reviewers:
            findings.error(said.file, line, "tier_fewer_reviewers", tier=tier.name)
        if tier.reviewers > _MOST_REVIEWERS:
            findings.error(said.file, line, "tier_too_many", tier=tier.name, most=_MOST_REVIEWERS)
        before = tier.up_to
        able = sum(1 for person in holders(tier.roles, staff))
        if able < tier.reviewers:
            findings.error(said.file, line, "tier_understaffed", tier=tier.name, able=able)
    return tuple(
        Tier(tier.name, tier.up_to, tier.reviewers, tuple(dict.fromkeys(tier.roles))) for tier in model.tiers
    )


def holders(roles: Iterable[str], staff: Mapping[str, Staff]) -> Iterable[Staff]:
    """The active people who have one of these roles."""
    wanted = set(roles)
    return (person for person in staff.values() if person.active and person.roles & wanted)


def check_roles(model: WorkflowModel, said: YamlText, tables: Tables, findings: Findings) -> None:
    """Every role named in the workflow must be one of its `roles`, and every step must have its people."""
    for key, step in model.steps.items():
        named = _known(step.roles, ("steps", key, "roles"), model, said, findings)
        if named and not any(holders(named, tables.catalogue.staff)):
            findings.error(said.file, said.line("steps", key, "roles"), "step_nobody", step=key)
    for place, tier in enumerate(model.tiers):
        _known(tier.roles, ("tiers", place, "roles"), model, said, findings)
    for user, person in tables.catalogue.staff.items():
        for role in sorted(person.roles - set(model.roles)):
            hint = nearest(role, model.roles) or ", ".join(model.roles)
            tables.rows["staff.csv"][user].error("role_unknown", role=role, nearest=hint)
    for action, roles in model.permissions.items():
        if action not in ACTIONS:
            hint = nearest(action, ACTIONS) or ", ".join(ACTIONS)
            line = said.line("permissions", action)
            findings.error(said.file, line, "action_unknown", action=action, nearest=hint)
        _known(roles, ("permissions", action), model, said, findings)


def _known(
    roles: Sequence[str],
    path: tuple[str | int, ...],
    model: WorkflowModel,
    said: YamlText,
    findings: Findings,
) -> list[str]:
    for place, role in enumerate(roles):
        if role not in model.roles:
            hint = nearest(role, model.roles) or ", ".join(model.roles)
            findings.error(said.file, said.line(*path, place), "role_unknown", role=role, nearest=hint)
    return [role for role in roles if role in model.roles]
