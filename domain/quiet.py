"""When nobody should be disturbed by what is not urgent."""

from datetime import datetime

from domain.company import Company


def quiet_until(company: Company, now: datetime) -> datetime | None:
    """When work begins again, or None while people work and where the company keeps no quiet hours."""
    if not company.quiet_hours:
        return None
    try:
        begins = company.calendar.opens(now)
    except ValueError:
        return None  # nobody ever works: then nothing is worth waiting for
    return begins if begins > now else None
