"""Every refusal the rules know: its code and the facts it carries. Their wording is written from this table.

Quantities are `Decimal`: `qty` in the `unit` said, all others (`asked`, `most`, `shipped`, …) in the smallest
unit. Money is `Decimal`, days are `date`, lists are tuples of `str`. `action` and `instead` are action codes
(`order.ship`), the same words as the intents; `instead` may be "".
"""

from collections.abc import Mapping

# Facts of every `NotAllowed` (`number` None: not about an order): who may do it, and what
# else serves the same end.
PLACE = ("action", "number", "step", "step_name", "roles", "who", "instead")
# Facts of a refusal about the goods of a line; the figures named after these are in the smallest unit.
GOODS = ("sku", "name", "unit", "unit_size", "smallest")

NOT_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "no-role": PLACE,  # the person's roles do not cover the action
    "wrong-step": (*PLACE, "steps"),  # not possible in this step; `steps`: names of those where it is
    "own-order": PLACE,  # the maker may not review it
    "own-change": PLACE,  # nor who changed what is to be reviewed
    "said-yes": PLACE,  # a second yes by the same reviewer
    "not-reviewer": PLACE,  # may not review this amount; `who` may
    "work-open": (*PLACE, "work"),  # shipping before the step named `work` is finished
    "work-done": PLACE,  # finished already: ship it
    "shipped-already": PLACE,  # cancelling when goods have left
    "cannot-take": (*PLACE, "name"),  # assigned to somebody (`name`) who may not act in the step; `who` may
    "nothing-to-undo": PLACE,
    "not-own": (*PLACE, "by", "kind"),  # undoing what `by` (a name) did last: event kind `kind`
    "too-late": (*PLACE, "kind", "minutes"),  # past the undo window of so many minutes
    "not-undoable": (*PLACE, "kind"),  # this kind cannot be taken back; `instead` says what to do
    "stock-moved-on": (
        *PLACE,
        "kind",
        "sku",
        "name",
        "warehouse",
    ),  # goods were promised or sent elsewhere since
}

INVALID: Mapping[str, tuple[str, ...]] = {
    "no-lines": (),
    "no-lines-left": ("number",),  # a change would leave nothing: cancel instead
    "qty-not-positive": ("sku", "name", "qty", "unit"),
    "qty-too-large": ("sku", "name", "qty", "unit", "smallest", "limit"),  # `limit` of the smallest unit
    "qty-not-whole": ("sku", "name", "qty", "unit", "unit_size", "smallest"),
    "price-not-positive": ("sku", "name", "price", "unit"),
    "price-places": ("sku", "name", "price", "unit"),
    "price-absurd": ("sku", "name", "price", "unit", "list_price"),
    "amount-too-large": ("amount", "limit"),
    "amount-not-positive": ("amount",),
    "amount-places": ("amount",),
    "due-past": ("due", "today"),
    "not-later": ("due", "was"),  # a delay to a day that is not later
    "text-missing": ("action",),  # a reason or remark is required
    "text-too-long": ("length", "limit"),
    "not-in-order": ("number", "sku", "name"),
    "nothing-changes": ("number",),
    "more-than-ordered": ("number", *GOODS, "ordered"),  # taking off more than there is
    "below-shipped": ("number", *GOODS, "asked", "shipped"),
    "which-line": ("number", "sku", "name", "units"),  # several lines of this product: in `units`; say which
    "nothing-reserved": ("number", "lacking"),  # nothing to ship; `lacking`: names of what is awaited
    "more-than-reserved": ("number", *GOODS, "asked", "most"),
    "nothing-to-sign": ("number",),
    "more-than-under-way": ("number", *GOODS, "asked", "most"),
    "nothing-out": ("number",),  # nothing that could come back
    "more-than-out": ("number", *GOODS, "asked", "most"),
    "overpaid": ("number", "amount", "open"),
    "nothing-open": ("number", "paid", "refund"),  # `refund`: what we owe back, or 0
    "nothing-to-refund": ("number",),
    "count-below-reserved": ("warehouse", *GOODS, "counted", "reserved"),
    "leave-past": ("due", "today"),  # an absence that is over already; `due`: its last day
    "own-deputy": (),
    "deputy-gone": ("name",),
    "not-away": (),  # back from no absence
    "acked-already": (
        "number",
        "name",
        "until",
    ),  # once for each ring; silent until then, in the company's zone
    "wait-missing": ("number",),  # a reminder without saying when
    "wait-too-long": ("number", "days", "latest"),
    "wait-too-often": ("number", "times"),
    "silent-longer": ("number", "until"),  # a reminder before a silence that lasts longer
    "never-rings": ("number", "step_name"),  # the step has no ladder
    "already-theirs": ("number", "name"),
    "all-rang": ("number", "name"),  # it is theirs, and its ladder has nothing more to say
    "score-range": ("number",),
    "report-future": ("day",),
    "no-such-day": ("year", "month", "day"),
    "report-long": ("days", "limit"),
    "bind-nowhere": ("platform",),  # ids of that platform cannot be bound
    "bind-gone": ("name",),
    "bind-taken": ("platform", "account", "name"),  # the id is `name`'s already, by the table or a binding
    "bind-has-one": ("platform", "name"),  # the person has another id there
}

UNKNOWN: Mapping[str, tuple[str, ...]] = {
    "customer": ("customer",),
    "product": ("sku",),
    "unit": ("sku", "name", "unit", "units"),
    "staff": ("user_id",),
    "warehouse": ("warehouse",),
    "order": ("number",),  # raised by the order book
    "alias": ("number",),  # raised by what is known of words
}

REFUSALS: Mapping[str, tuple[str, ...]] = {**NOT_ALLOWED, **INVALID, **UNKNOWN}
