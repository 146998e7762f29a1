"""What lies where, and the ledger of it."""

from sqlalchemy import CheckConstraint, Column, Index, PrimaryKeyConstraint, Table, Text

from storage.tables.base import metadata
from storage.types import Number, Quantity, Time

stock = Table(
    "stock",
    metadata,
    Column("warehouse", Text, nullable=False),
    Column("sku", Text, nullable=False),
    Column("on_hand", Quantity, nullable=False),
    Column("reserved", Quantity, nullable=False),
    PrimaryKeyConstraint("sku", "warehouse"),
    CheckConstraint("reserved >= 0 AND reserved <= on_hand", name="reserved"),
)

stock_moves = Table(
    "stock_moves",
    metadata,
    Column("id", Number, primary_key=True),
    Column("at", Time, nullable=False),
    Column("warehouse", Text, nullable=False),
    Column("sku", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("on_hand", Quantity, nullable=False),
    Column("reserved", Quantity, nullable=False),
    Column("order_number", Number),
    Column("source", Text, nullable=False),
    Index("ix_stock_moves_order", "order_number"),
    Index("ix_stock_moves_sku", "sku", "warehouse", "id"),
)
