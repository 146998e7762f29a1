"""What a conversation keeps comes back as it was, also what the release before kept."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from domain.misreading import Misreading
from handlers.asking import Assumed, Pending
from handlers.dialogue.memory import Memory, Offer, to_json, to_memory
from handlers.understanding import Doubt, Reading, SaidLine, Slots

ASKED = Misreading(
    datetime(2026, 11, 23, 2, 0, tzinfo=UTC), "lina", "", "console:a:m1", "可乐20箱", "sku", "可乐", (("D001", "罐"),)
)  # fmt: skip
READING = Reading(
    "order.create",
    Slots(customer="C001", lines=(SaidLine(qty=Decimal(20), unit="箱"),)),
    ambiguous={"lines[0].sku": ("D001", "D002")},
    doubts={"lines[0].sku": Doubt("可乐", ("D001", "D002", "D003"))},
)
MEMORY = Memory(
    pending=(
        Pending(
            "abcd",
            READING,
            "华联 可乐20箱",
            "console:a:m1",
            ASKED,
            (Assumed("customer", "华联", "C001", ("C001", "C002"), None, own=False),),
        ),
    ),
    offer=Offer("efgh", 7),
    last=3,
    history=("华联 可乐20箱",),
    unread=replace(ASKED, kind="line", candidates=()),
)


def test_all_of_it_comes_back():
    again = to_memory(to_json(MEMORY))

    assert again == MEMORY
    assert again.pending[0].reading.doubts == READING.doubts


def test_what_the_release_before_kept_comes_back():
    document = {
        "drafts": [
            {
                "code": "abcd",
                "said": "可乐20箱",
                "reading": {"intent": "order.create", "ambiguous": {"customer": ["C001", "C002"]}},
            }
        ]
    }

    (pending,) = to_memory(document).pending

    assert (pending.source, pending.asked, pending.assumed) == ("", None, ())
    assert pending.reading.doubts == {}


def test_what_there_is_nothing_of_is_not_kept():
    assert to_json(Memory()) == {}
    (draft,) = to_json(Memory(pending=(Pending("abcd", Reading("order.create"), "x"),)))["drafts"]  # type: ignore[misc]
    assert set(draft) == {"code", "reading", "said"}  # type: ignore[has-type]
