"""What Alembic runs; `storage.schema` hands in the connection."""

from alembic import context

from storage.schema import OPTIONS
from storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, **OPTIONS)
with context.begin_transaction():
    context.run_migrations()
