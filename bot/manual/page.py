"""The page of commands as Markdown."""

from bot.manual.commands import COMMANDS, OWN, Command, Way
from domain.permissions import ALARM, BY_SCOPE, DEFAULTS, FREE, REVIEW

HEAD = """# What staff can type

Written by `make manual` from [bot/manual](../bot/manual/commands.py); a test fails when the two differ. Another reads
every line below against the demo company's catalogue, and a third types the first of each into the demo.

People type as they talk: these are three ways of many. `为什么`, right after an answer, tells the sender how his last line
was read; `gendan parse --why` does so for any line ([understanding](understanding.md)). A line that goes on from an earlier
one of the same person is written `earlier → line`.

Who may is what holds where the company's own `permissions` say nothing ([company](company.md)); roles are named as in
`staff.csv`, and a manager may all of it. The step decides besides: an order that is shipped is not picked again.
"""
OWN_WORDS = """
## The bot's own few words

Beyond what is understood however it is said, these are set: the line must be exactly one of them.

"""
AS = {
    "order.repeat": "order.create",
    "alias.drop": "alias.manage",
    "binding.approve": "binding.manage",
    "binding.reject": "binding.manage",
}
"""What is guarded under another name."""
STEPS = {"step": "the roles of the step the order is in"}


def page() -> str:
    """The whole page."""
    areas = [f"\n## {area}\n\n{_table(commands)}" for area, commands in COMMANDS.items()]
    return "".join([HEAD, *areas, OWN_WORDS, _table(OWN)])


def _table(commands: tuple[Command, ...]) -> str:
    rows = ["| intent | to do what | three ways to say it | the bot answers | who may |"]
    rows.append("| --- | --- | --- | --- | --- |")
    for one in commands:
        ways = "<br>".join(_said(way) for way in one.ways)
        rows.append(f"| `{one.intent}` | {one.wants} | {ways} | {one.answer} | {_who(one.intent)} |")
    return "\n".join([*rows, ""])


def _said(way: Way) -> str:
    return f"`{way.after}` → `{way.text}`" if way.after else f"`{way.text}`"


def _who(intent: str) -> str:
    """Whom the rules let do it."""
    if intent in REVIEW:
        return "the reviewers of the order's tier, never of one's own order"
    if intent in ALARM:
        return "whoever may take the order over"
    if intent in BY_SCOPE:
        return f"everybody for one's own; a colleague's, a department's: {_roles('report.people')}"
    if intent == "task.seen":
        return "`process_owner`"
    intent = AS.get(intent, intent)
    if intent in DEFAULTS:
        return _roles(intent)
    return "everybody, unless the company names roles" if intent in FREE else "everybody"


def _roles(action: str) -> str:
    return ", ".join(_role(name) for name in DEFAULTS[action])


def _role(name: str) -> str:
    kind = name.partition("step:")[2]
    return f"the roles of a step of kind `{kind}`" if kind else STEPS.get(name, f"`{name}`")
