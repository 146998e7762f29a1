"""Every notice the rules send: its kind and the facts it carries. Their wording is written from this table.

Facts are JSON: money and quantities as decimal text, days as ISO text, people as names. `goods` is a list of
`{"sku", "name", "qty", "unit", "unit_size", "smallest", "gift"}` with `qty` in the smallest unit; `allocations`
have `warehouse` (a name) as well; `checks` is a list of [kind, passed, facts]; `mentions` are user ids; `lane` is `urgent` for urgent orders, urging and ladders.
"""

from collections.abc import Mapping

# Facts of every notice about an order.
COMMON = (
    "code",
    "customer",
    "amount",
    "by",
    "step",
    "step_name",
    "step_kind",
    "entry",
    "owner",
    "due",
    "period",
    "urgent",
    "version",
)

NOTICES: Mapping[str, tuple[str, ...]] = {
    # A step was entered: to the step's group, the owner mentioned; to an owner who does not belong to it personally.
    "entered.reviewing": (*COMMON, "goods", "address", "note", "checks", "tier", "needed", "given"),
    "entered.picking": (*COMMON, "goods", "address", "note", "allocations"),
    "entered.work": (*COMMON, "goods", "guide"),
    "ready": (
        *COMMON,
        "goods",
        "address",
        "note",
        "allocations",
    ),  # own steps finished: to the group of `picking`
    "entered.short": (*COMMON, "lacking"),
    "entered.shipped": (*COMMON, "goods", "address", "carrier", "tracking"),
    "entered.signed": (*COMMON, "goods", "open"),
    "entered.hold": (*COMMON, "reason"),
    "entered.done": (*COMMON, "paid"),
    # Something came back: to the salesperson personally.
    "rejected": (*COMMON, "reason"),
    "lacking": (*COMMON, "lacking"),
    "delayed": (*COMMON, "was", "reason"),  # also to the group of the step
    "cancelled": (
        *COMMON,
        "reason",
        "goods",
    ),  # also to the group of the step it left, and the warehouse's when reserved
    "part_shipped": (*COMMON, "goods", "rest", "carrier", "tracking"),  # also to the group of `shipped`
    # Something changed under people's hands: everyone touched. `changes` is a list of
    # {"what", "name", "before", "after"} as `domain.changes` makes it.
    "changed": (*COMMON, "changes", "review"),  # `review`: it goes back to the reviewers
    "received_less": (
        *COMMON,
        "missed",
    ),  # to the groups of service (step `shipped`) and warehouse (step `picking`)
    "returned": (*COMMON, "goods", "reason", "refund"),  # to salesperson, warehouse and finance
    "complained": (*COMMON, "reason"),
    "noted": (*COMMON, "note"),
    "assigned": (*COMMON, "was"),
    "urged": (*COMMON, "urges", "since"),
    "acked": (*COMMON, "until", "was"),  # the ladder is silent until then; `was`: who had it before
    "snoozed": (*COMMON, "until"),
    "paid": (*COMMON, "paid", "open", "sum", "method"),  # `sum`: this payment; to finance and the salesperson
    "refund_due": (*COMMON, "refund"),  # to finance: money must go back
    "refunded": (*COMMON, "sum", "method"),
    "undone": (
        *COMMON,
        "kind",
        "moves",
        "sum",
    ),  # to everyone who had been told; `kind`: of the event taken back
    # A ladder's rung: `since` when it entered the step, `limit_at` or None, `rung` from 1, `repeat` from 1; and
    # `late`, in minutes, where nobody looked when it fell due.
    "overdue": (*COMMON, "whom", "since", "limit_at", "rung", "repeat", "to"),
    # What was asked about ran out before it was confirmed: to the person; `said` are the lines as typed.
    "draft_expired": ("said",),
}

REPORT = "report"
"""A report at the time the company has set for it: that it is evening is no reason to hold it back."""
REPLY = "reply"
"""A late answer to somebody's own message, with its words: never held back, never merged, for nobody else."""

# What delivery itself says. `moved_on`: where an order stands now, in place of notices (of the kinds `earlier`) that
# are outdated; a fact told too late carries `moved_on` as a fact. `way_blocked`, `way_free`: a destination fails for a
# reason that somebody must mend, and works again. `instead_of` in any notice lists whom it did not reach before.
DELIVERY: Mapping[str, tuple[str, ...]] = {
    "moved_on": ("customer", "urgent", "step", "step_name", "owner", "entry", "earlier"),
    "way_blocked": ("way", "place", "reason"),
    "way_free": ("way", "place", "since"),
}
