"""Real PostgreSQL and Valkey for tests, benchmarks and scripts: started here, gone afterwards."""

from tests.services.postgres import Postgres, postgres
from tests.services.valkey import Valkey, valkey

__all__ = ["Postgres", "Valkey", "postgres", "valkey"]
