"""Which question comes first, and how an answer fills its slot."""

from dataclasses import replace
from decimal import Decimal

from domain.catalogue import Catalogue
from handlers.dialogue.slots import drop_line, first_open, narrow, opens, reopened, settle, value_at
from handlers.understanding.reading import Doubt, Reading, SaidLine, Slots
from tests.builders import COLA, TEA


def asked(reading):
    """What is asked next; something is."""
    item = first_open(reading)
    assert item is not None
    return item


CATALOGUE = Catalogue(products={"COLA": COLA, "TEA": TEA})
BOTH_OPEN = Reading(
    "order.create",
    Slots(lines=(SaidLine(qty=Decimal(2), unit="提"), SaidLine(sku="TEA"), SaidLine(qty=Decimal(1)))),
    missing=("lines[1].qty",),
    ambiguous={"lines[0].sku": ("COLA", "TEA"), "customer": ("A", "B")},
    unknown={"lines[2].sku": "榴莲汁"},
)


def test_the_customer_is_asked_first_then_line_by_line():
    order = []
    reading = BOTH_OPEN
    answers = {"customer": "A", "lines[0].sku": "TEA", "lines[1].qty": "3", "lines[2].sku": "COLA"}
    while item := first_open(reading):
        order.append(item.path)
        reading = settle(reading, item, answers[item.path], CATALOGUE)

    assert order == list(answers)
    assert reading.settled
    assert reading.slots.lines[2] == SaidLine(sku="COLA", qty=Decimal(1), unit="箱")


def test_a_unit_that_the_chosen_product_lacks_is_asked_about_next():
    reading = settle(BOTH_OPEN, asked(BOTH_OPEN), "A", CATALOGUE)
    reading = settle(reading, asked(reading), "COLA", CATALOGUE)

    item = asked(reading)
    assert (item.kind, item.word) == ("unit", "提")
    assert settle(reading, item, "箱", CATALOGUE).slots.lines[0].unit == "箱"


def test_a_line_left_out_moves_the_later_questions_up():
    reading = drop_line(BOTH_OPEN, 0)

    assert len(reading.slots.lines) == 2
    assert reading.missing == ("lines[0].qty",)
    assert dict(reading.unknown) == {"lines[1].sku": "榴莲汁"}
    assert "lines[0].sku" not in reading.ambiguous


def test_leaving_out_the_only_line_asks_for_goods():
    only = Reading(
        "order.create",
        Slots(customer="A", lines=(SaidLine(qty=Decimal(1)),)),
        unknown={"lines[0].sku": "榴莲"},
    )

    assert asked(drop_line(only, 0)).kind == "lines"


def test_a_narrower_question_is_the_same_question():
    item = asked(BOTH_OPEN)

    assert asked(narrow(BOTH_OPEN, item, ("B",))).candidates == ("B",)


def test_an_order_is_settled_by_its_number():
    reading = Reading("order.ship", ambiguous={"orders": ("17", "18")})

    assert settle(reading, asked(reading), "18", CATALOGUE).slots.orders == ("18",)


def test_what_was_in_doubt_moves_up_with_its_line():
    doubtful = replace(BOTH_OPEN, doubts={"lines[0].sku": Doubt("茶"), "lines[2].sku": Doubt("榴莲汁")})

    assert drop_line(doubtful, 0).doubts == {"lines[1].sku": Doubt("榴莲汁")}


def test_everything_that_is_open_is_named_once():
    both = replace(BOTH_OPEN, unknown={**BOTH_OPEN.unknown, "customer": "某店"})

    assert sorted(item.path for item in opens(both)) == [
        "customer",
        "lines[0].sku",
        "lines[1].qty",
        "lines[2].sku",
    ]


def test_a_settled_word_is_open_again_among_all_that_it_fits():
    settled = Reading("order.create", Slots(customer="A", lines=(SaidLine(sku="TEA"),)))

    again = reopened(settled, "lines[0].sku", Doubt("茶", ("COLA", "TEA")))
    unknown = reopened(settled, "customer", Doubt("某店"))

    assert asked(again).candidates == ("COLA", "TEA")
    assert (asked(again).word, asked(unknown).word) == ("茶", "某店")
    assert asked(unknown).candidates == ()


def test_what_a_slot_holds_is_read_back():
    reading = Reading("order.create", Slots(customer="A", lines=(SaidLine(sku="TEA", unit="箱"),)))

    def held(path):
        return value_at(reading, asked(Reading("order.create", reading.slots, missing=(path,))))

    assert [
        held(path) for path in ("customer", "lines[0].sku", "lines[0].unit", "lines[0].qty", "staff")
    ] == [
        "A",
        "TEA",
        "箱",
        None,
        None,
    ]
