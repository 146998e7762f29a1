"""Alembic's migrations: one file a change, each works beside the release before it."""
