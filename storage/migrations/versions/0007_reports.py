"""Reports: a push of the console may have charts."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Pushes of the release before it have none."""
    op.add_column("feed", sa.Column("charts", sa.JSON(none_as_null=True), nullable=True))
