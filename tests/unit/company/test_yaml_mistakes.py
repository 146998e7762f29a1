"""Every kind of mistake in company.yaml and workflow.yaml is told with its file and line."""

import pytest

from tests.unit.company.conftest import Texts, found, line_of, places, spoiled

COMPANY, WORKFLOW = "company.yaml", "workflow.yaml"

SPOILT = [
    # what, file, words -> words in their place, words on the line that is blamed, code
    ("an unknown key", COMPANY, {"zone:": "zoone:"}, "zoone:", "key_unknown"),
    ("an unknown key inside", COMPANY, {"weekdays:": "weekday:"}, "weekday:", "key_unknown"),
    (
        "an unknown key of a way",
        COMPANY,
        {"ways: [console]": "ways: [{kind: console, key: 1}]"},
        "key: 1",
        "key_unknown",
    ),
    ("an unknown key of a report", COMPANY, {"weekday: 1,": "day: 1,"}, "day: 1,", "key_unknown"),
    ("a key without a value", COMPANY, {"name: 示例五金商行 ": "name: # "}, "name: #", "key_missing"),
    ("an unknown key without a value", COMPANY, {"zone: ": "zoone:  # zone: "}, "zoone:", "key_unknown"),
    ("a group without a word", COMPANY, {"groups:": "groups:\n  empty:"}, "empty:", "want_mapping"),
    ("a key that is not there", COMPANY, {"name: 销售群": "members: []"}, "sales:", "key_missing"),
    ("a list for a text", COMPANY, {"bot: 跟单助手": "bot: [跟单]"}, "bot:", "want_text"),
    ("a text for a list", COMPANY, {"departments: [销售]": "departments: 销售"}, "departments:", "want_list"),
    (
        "a text for a mapping",
        COMPANY,
        {'  daily: {at: "18:00", to: managers}': "  daily: 18"},
        "daily:",
        "want_mapping",
    ),
    ("no shift at all", COMPANY, {'["08:30-12:00", "13:00-18:00"]': "[]"}, "shifts:", "want_items"),
    ("a shift backwards", COMPANY, {"13:00-18:00": "18:00-13:00"}, "shifts:", "want_shift"),
    ("shifts that overlap", COMPANY, {"13:00-18:00": "11:00-18:00"}, "shifts:", "shifts_overlap"),
    ("a weekday eight", COMPANY, {"[1, 2, 3, 4, 5, 6]": "[8]"}, "weekdays:", "want_weekday"),
    ("no weekday", COMPANY, {"[1, 2, 3, 4, 5, 6]": "[]"}, "weekdays:", "want_items"),
    ("a time that is none", COMPANY, {'at: "18:00"': 'at: "25:00"'}, "daily:", "want_time"),
    ("a day that is none", COMPANY, {"closed: []": "closed: [2026-02-30]"}, "closed:", "want_day"),
    (
        "a day both open and closed",
        COMPANY,
        {"closed: []": "closed: [2026-12-31]", "open: []": "open: [2026-12-31]"},
        "open:",
        "day_open_and_closed",
    ),
    ("a zone that is none", COMPANY, {"Asia/Shanghai": "Asia/Shanghi"}, "zone:", "want_zone"),
    (
        "neither yes nor no",
        COMPANY,
        {"public_holidays: yes": "public_holidays: maybe"},
        "public_holidays:",
        "want_yes",
    ),
    (
        "a number that is none",
        COMPANY,
        {"max_amount: 1000000": "max_amount: 1e6"},
        "max_amount:",
        "want_amount",
    ),
    (
        "a target of more than everything",
        COMPANY,
        {"limits:": "targets:\n  accuracy: 99\nlimits:"},
        "accuracy:",
        "target_range",
    ),
    ("a limit of nothing", COMPANY, {"habit_factor: 5": "habit_factor: 0"}, "habit_factor:", "limit_zero"),
    (
        "a length of time that is none",
        COMPANY,
        {"draft_lives: 30m": "draft_lives: 30"},
        "draft_lives:",
        "want_span",
    ),
    ("a group nobody can reach", COMPANY, {"ways: [console]": "ways: []"}, "sales:", "group_without_way"),
    ("no group", COMPANY, {"groups:": "groups: {}\nspare:"}, "groups:", "want_items"),
    ("an unknown way", COMPANY, {"ways: [console]": "ways: [wecom]"}, "ways: [wecom]", "way_unknown"),
    (
        "a robot without its variable",
        COMPANY,
        {"ways: [console]": "ways: [{kind: wecom-robot}]"},
        "wecom-robot}",
        "way_address",
    ),
    (
        "a chat without its id",
        COMPANY,
        {"ways: [console]": "ways: [{kind: wecom-appchat}]"},
        "wecom-appchat}",
        "way_address",
    ),
    (
        "a console with an address",
        COMPANY,
        {"ways: [console]": "ways: [{kind: console, chat: x}]"},
        "chat: x",
        "way_address",
    ),
    (
        "a secret in the file",
        COMPANY,
        {
            "ways: [console]": "ways: [{kind: wecom-robot, webhook_env: 'https://qyapi.example/send?key=s3cret'}]"
        },
        "s3cret",
        "want_variable",
    ),
    (
        "a member who is nobody",
        COMPANY,
        {"name: 销售群": "name: 销售群\n    members: [fangyuu]"},
        "fangyuu",
        "staff_unknown",
    ),
    (
        "a department of nobody",
        COMPANY,
        {"departments: [销售]": "departments: [外销]"},
        "外销",
        "department_unknown",
    ),
    ("a report to no group", COMPANY, {"to: managers}": "to: manager}"}, "to: manager}", "group_unknown"),
    ("an unknown way to people", COMPANY, {"people: [console]": "people: [qq]"}, "people:", "way_unknown"),
    (
        "the same key twice",
        COMPANY,
        {"bot: 跟单助手": "zone: Asia/Tokyo\nbot: 跟单助手"},
        "zone: Asia/Shanghai",
        "key_twice",
    ),
    ("an alias", COMPANY, {"bot: 跟单助手": "bot: *name"}, "bot: *name", "yaml_alias"),
    ("broken YAML", COMPANY, {"bot: 跟单助手": "bot: [跟单助手"}, "zone:", "yaml_broken"),
    ("a character YAML forbids", COMPANY, {"bot: 跟单助手": "bot: 跟单\x07助手"}, "\x07", "yaml_character"),
    ("a key that is a list", COMPANY, {"bot: 跟单助手": "[a]: 跟单助手"}, "[a]:", "yaml_key"),
    ("an unknown kind", WORKFLOW, {"kind: picking": "kind: pick"}, "kind: pick", "kind_unknown"),
    (
        "a kind that stands twice",
        WORKFLOW,
        {"kind: cancelled": "kind: hold  # twice"},
        "# twice",
        "kind_twice",
    ),
    ("a missing kind", WORKFLOW, {"kind: hold": "kind: cancelled"}, "steps:", "kind_missing"),
    ("an unknown next step", WORKFLOW, {"next: shipped": "next: shiped"}, "next: shiped", "step_unknown"),
    ("a step that ends nowhere", WORKFLOW, {"    next: shipped\n": ""}, "  picking:", "step_without_next"),
    (
        "an end that goes on",
        WORKFLOW,
        {"kind: done": "kind: done\n    next: draft"},
        "next: draft",
        "step_with_next",
    ),
    (
        "a circle",
        WORKFLOW,
        {"next: shipped": "next: reviewing"},
        "next: reviewing\n    ladder",
        "steps_circular",
    ),
    ("an unreachable step", WORKFLOW, {"next: picking": "next: shipped"}, "  picking:", "step_unreachable"),
    (
        "steps in the wrong order",
        WORKFLOW,
        {
            "next: reviewing": "next: picking ",
            "next: picking\n    ladder": "next: shipped\n    ladder",
            "limit: 4h\n    next: shipped": "limit: 4h\n    next: reviewing",
        },
        "  reviewing:",
        "step_order",
    ),
    (
        "a shortage that ships",
        WORKFLOW,
        {"limit: 1d\n    next: picking": "limit: 1d\n    next: signed  # wrong"},
        "next: signed  # wrong",
        "short_next",
    ),
    ("a step of nobody", WORKFLOW, {"roles: [purchaser]": "roles: []"}, "  short:", "step_without_roles"),
    ("an unknown role", WORKFLOW, {"roles: [purchaser]": "roles: [purchasr]"}, "purchasr", "role_unknown"),
    (
        "a role nobody has",
        WORKFLOW,
        {"  purchaser: 采购": "  purchaser: 采购\n  buyer: 买手", "roles: [purchaser]": "roles: [buyer]"},
        "[buyer]",
        "step_nobody",
    ),
    ("an unknown group", WORKFLOW, {"group: purchase": "group: purchases"}, "purchases", "group_unknown"),
    ("a ladder to nobody", WORKFLOW, {"tell: owner}": "tell: boss}"}, "boss", "whom_unknown"),
    ("a ladder that falls", WORKFLOW, {"after: 30m, tell": "after: 2h, tell"}, "after: 1h", "ladder_falls"),
    ("times without every", WORKFLOW, {"every: 1h, times: 2": "times: 2"}, "times: 2", "rung_repeat"),
    ("every without times", WORKFLOW, {"every: 1h, times: 2": "every: 1h"}, "every: 1h", "rung_repeat"),
    ("too many times", WORKFLOW, {"times: 2": "times: 99"}, "times: 99", "rung_repeat"),
    (
        "a rung for a role nobody has",
        WORKFLOW,
        {"  purchaser: 采购": "  purchaser: 采购\n  buyer: 买手", "tell: owner}": "tell: buyer}"},
        "tell: buyer",
        "whom_nobody",
    ),
    ("a rung without a time", WORKFLOW, {"{after: 30m, tell": "{tell"}, "- {tell", "rung_when"),
    (
        "a rung with two times",
        WORKFLOW,
        {"{after: 30m, tell": "{after: 30m, before: 5m, tell"},
        "before: 5m",
        "rung_when",
    ),
    (
        "a rung that tells nobody",
        WORKFLOW,
        {"{after: 30m, tell: owner}": "{after: 30m}"},
        "30m}",
        "key_missing",
    ),
    (
        "a warning before no limit",
        WORKFLOW,
        {"    limit: 30m\n": "", "{after: 30m,": "{before: 5m,"},
        "before: 5m",
        "rung_without_limit",
    ),
    (
        "a warning before the end of the credit days",
        WORKFLOW,
        {"{after: 1d, tell: owner, ack: 1d}": "{before: 1d, tell: owner}"},
        "before: 1d",
        "rung_without_limit",
    ),
    ("a warning on entering", WORKFLOW, {"{before: 1h,": "{before: 4h, "}, "before: 4h, ", "rung_too_early"),
    ("a warning before entering", WORKFLOW, {"{before: 1h,": "{before: 2d,"}, "before: 2d", "rung_too_early"),
    (
        "a warning after the first rung",
        WORKFLOW,
        {"{after: 30m, tell: owner}": "{after: 30m, tell: owner}\n      - {before: 10m, tell: group}"},
        "before: 10m",
        "ladder_falls",
    ),
    (
        "a ladder where all is done",
        WORKFLOW,
        {"    kind: done": "    kind: done\n    ladder: [{after: 1h, tell: owner}]"},
        "ladder: [{after: 1h",
        "ladder_finished",
    ),
    (
        "a silence without a length",
        WORKFLOW,
        {"tell: manager, ack: 1h": "tell: manager, ack: 0m"},
        "manager, ack: 0m",
        "want_span",
    ),
    (
        "a silence for years",
        WORKFLOW,
        {"tell: manager, ack: 1h": "tell: manager, ack: 9999d"},
        "manager, ack: 9999d",
        "span_too_long",
    ),
    (
        "repeats for years",
        WORKFLOW,
        {"every: 1h, times: 2": "every: 200d, times: 2"},
        "every: 200d",
        "span_too_long",
    ),
    ("a limit of years", WORKFLOW, {"    limit: 30m": "    limit: 9999d"}, "limit: 9999d", "span_too_long"),
    ("half a time", WORKFLOW, {"after: 30m, tell": "after: 1.5h, tell"}, "1.5h", "want_span"),
    ("no time", WORKFLOW, {"after: 30m, tell": "after: 0m, tell"}, "0m, tell", "want_span"),
    ("tiers that do not rise", WORKFLOW, {"up_to: 20000": "up_to: 900"}, "up_to: 900", "tiers_fall"),
    ("tiers that stand still", WORKFLOW, {"up_to: 20000": "up_to: 1000.0"}, "up_to: 1000.0", "tiers_fall"),
    (
        "a top tier with an end",
        WORKFLOW,
        {"{name: 两人审,": "{name: 两人审, up_to: 99999,"},
        "99999",
        "tiers_open_end",
    ),
    (
        "fewer reviewers for more",
        WORKFLOW,
        {
            "up_to: 1000, reviewers: 0}": "up_to: 1000, reviewers: 3, roles: [sales_supervisor, manager, finance]}"
        },
        "一人审",
        "tier_fewer_reviewers",
    ),
    (
        "a tier nobody can fill",
        WORKFLOW,
        {"reviewers: 2, roles: [sales_supervisor, manager]": "reviewers: 2, roles: [manager]"},
        "两人审",
        "tier_understaffed",
    ),
    ("a crowd of reviewers", WORKFLOW, {"reviewers: 2": "reviewers: 4"}, "reviewers: 4", "tier_too_many"),
    ("an unknown action", WORKFLOW, {"order.cancel:": "order.cancle:"}, "cancle", "action_unknown"),
]


@pytest.mark.parametrize(
    ("what", "file", "swaps", "blamed", "code"), SPOILT, ids=[case[0] for case in SPOILT]
)
def test_a_mistake_is_told_where_it_stands(
    texts: Texts, what: str, file: str, swaps: dict[str, str], blamed: str, code: str
) -> None:
    spoilt = texts
    for find, put in swaps.items():
        spoilt = spoiled(spoilt, file, find, put)

    problems = found(spoilt)

    assert (file, line_of(spoilt[file], blamed), code) in places(problems)


def test_the_unspoilt_company_has_no_problem(texts: Texts) -> None:
    assert found(texts) == ()
