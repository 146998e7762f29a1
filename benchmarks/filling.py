"""Fills the order book with finished orders: copies of one that was entered by messages, spread over time."""

from collections.abc import Mapping

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

SERIES = {
    "postgresql": "SELECT generate_series(CAST(:first AS bigint), :last) AS n",
    "sqlite": "WITH RECURSIVE s(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM s WHERE n < :last) SELECT n FROM s",
}
EARLIER = {
    "postgresql": "{column} - (:last - s.n) * interval '1 minute'",
    "sqlite": "{column} - (:last - s.n) * 60000000",
}
CUSTOMER = {
    "postgresql": "'K' || lpad((s.n % :people)::text, 3, '0')",
    "sqlite": "printf('K%03d', s.n % :people)",
}


async def fill(url: str, template: int, first: int, last: int, people: int) -> None:
    """Add the finished orders `first` to `last`, and let the database look at what it has."""
    engine = create_async_engine(url)
    kind = engine.dialect.name
    moments = {name: EARLIER[kind].format(column=f"t.{name}") for name in ("created_at", "step_since", "at")}
    done = {
        "step": "'done'",
        "kind": "'done'",
        "owner": "''",
        "step_due": "NULL",
        "open_amount": "0",
        "paid": "t.amount",
        "customer": CUSTOMER[kind],
        "created_at": moments["created_at"],
        "step_since": moments["step_since"],
    }
    shipped = {"reserved": "0", "shipped": "t.ordered", "signed": "t.ordered", "customer": CUSTOMER[kind]}
    values = {"template": template, "first": first, "last": last, "people": people}
    try:
        async with engine.begin() as connection:
            await copy(connection, "orders", {"number": "s.n", **done}, "number = :template", values)
            await copy(
                connection,
                "order_lines",
                {"order_number": "s.n", **shipped},
                "order_number = :template",
                values,
            )
            said = {"stream": "'order:' || s.n", "at": moments["at"]}
            await copy(
                connection,
                "events",
                said,
                "stream = 'order:' || :template",
                values | {"template": str(template)},
            )
        async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            await connection.execute(text("VACUUM ANALYZE" if kind == "postgresql" else "ANALYZE"))
    finally:
        await engine.dispose()


async def copy(
    connection: AsyncConnection,
    table: str,
    changed: Mapping[str, str],
    which: str,
    values: Mapping[str, object],
) -> None:
    """Add rows that are those of `which` once for each number from `first` to `last`, but for what is `changed`."""
    rows = await connection.execute(text(f"SELECT * FROM {table} LIMIT 0"))  # noqa: S608 - names of our own
    columns = list(rows.keys())
    picked = ", ".join(changed.get(column, f't."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    series = SERIES[connection.dialect.name]
    statement = f"INSERT INTO {table} ({names}) SELECT {picked} FROM {table} t CROSS JOIN ({series}) s WHERE t.{which}"  # noqa: S608 - names of our own
    needed = {name: value for name, value in values.items() if f":{name}" in statement}
    await connection.execute(text(statement), needed)
