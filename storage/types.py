"""Column types that are exact on both engines: quantities, money, moments, documents.

SQLite has no exact decimals and no zones: there decimals are whole numbers of the smallest part and moments are
microseconds since 1970, so that sums, comparisons and CHECKs stay exact.
"""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, Numeric
from sqlalchemy.types import TypeDecorator, TypeEngine

from domain.limiting import MICROSECOND

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Number = BigInteger().with_variant(Integer, "sqlite")
"""A whole number; as a primary key it is SQLite's own row id."""

Document = JSON(none_as_null=True)
"""JSON kept as the text it was, so that what is hashed reads back as it was written."""


class Exact(TypeDecorator[Decimal]):
    """A decimal with so many places; one that does not fit is refused, never rounded."""

    impl = Numeric
    cache_ok = True

    def __init__(self, places: int) -> None:
        super().__init__(20, places)
        self.places = places
        self._unit = Decimal(1).scaleb(-places)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Whole numbers on SQLite."""
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else Numeric(20, self.places))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """The value to send, or raise ValueError where places would be lost."""
        if value is None:
            return None
        exact = value.quantize(self._unit)
        if exact != value:
            raise ValueError(f"{value} has more than {self.places} decimal places")
        return int(exact.scaleb(self.places)) if dialect.name == "sqlite" else exact

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """The decimal that was written."""
        if value is None:
            return None
        return self.shown(Decimal(value).scaleb(-self.places) if dialect.name == "sqlite" else Decimal(value))

    def shown(self, value: Decimal) -> Decimal:
        """Quantities come back without idle zeros, the same from every engine."""
        whole = value.to_integral_value()
        return whole if whole == value else value.normalize()


class Fen(Exact):
    """Yuan to the fen; comes back with both places."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(2)

    def shown(self, value: Decimal) -> Decimal:
        """Always two places."""
        return value.quantize(self._unit)


class Moment(TypeDecorator[datetime]):
    """An aware moment, exact to the microsecond; comes back in UTC."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Microseconds since 1970 on SQLite."""
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """The value to send, or raise ValueError for a moment without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no zone")
        return (value - EPOCH) // MICROSECOND if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """The moment that was written."""
        if value is None:
            return None
        moment: datetime = EPOCH + value * MICROSECOND if dialect.name == "sqlite" else value.astimezone(UTC)
        return moment


Quantity = Exact(6)
Money = Fen()
Time = Moment()
