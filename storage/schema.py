"""The schema's age."""


async def upgrade(url: str) -> None:
    """Bring the database at `url` to the newest schema; processes that start together wait for one another."""
    raise NotImplementedError(url)
