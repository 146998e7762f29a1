from datetime import date
from decimal import Decimal

from handlers.understanding import Reading, SaidLine, Slots, document, reading

ORDER = Reading(
    "order.create",
    Slots(
        customer="C001",
        lines=(SaidLine("D001", Decimal("2.5"), unit="箱", price=Decimal(44)), SaidLine("D005", gift=True)),
        due=date(2026, 11, 24),
        from_=date(2026, 11, 1),
        orders=("17",),
        urgent=True,
    ),
    missing=("lines[1].qty",),
    ambiguous={"customer": ("C001", "C002")},
    unknown={"lines[0].unit": "桶"},
    also=(Reading("undo"),),
)


def test_a_reading_survives_being_written_down():
    assert reading(document(ORDER)) == ORDER


def test_a_reading_is_written_as_the_contract_says():
    assert document(ORDER)["slots"] == {
        "customer": "C001",
        "lines": [{"sku": "D001", "qty": "2.5", "unit": "箱", "price": "44"}, {"sku": "D005", "gift": True}],
        "due": "2026-11-24",
        "from": "2026-11-01",
        "orders": ["17"],
        "urgent": True,
    }
