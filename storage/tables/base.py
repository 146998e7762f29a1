"""What all tables share."""

from sqlalchemy import Index, MetaData, text

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)


def only(name: str, *columns: str, where: str) -> Index:
    """An index of only the rows that matter, which stay few while the table grows."""
    return Index(name, *columns, postgresql_where=text(where), sqlite_where=text(where))
