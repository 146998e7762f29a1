"""What the contract of understanding names."""

import pytest


@pytest.fixture
def contract_intents() -> set[str]:
    """Every intent that a line may have."""
    orders = (
        "create repeat find approve reject pick ship sign pay change delay cancel hold resume shortage return complain "
        "urge assign note"
    )
    others = (
        "alert.ack alert.snooze task.list stock.show product.show stock.in stock.count purchase.suggest customer.show "
        "report.daily report.weekly report.monthly report.overdue report.board staff.leave suggest undo confirm dismiss help none"
    )
    return {*(f"order.{name}" for name in orders.split()), *others.split()}
