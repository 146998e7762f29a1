"""When nobody should be disturbed by what is not urgent."""

from datetime import datetime, timedelta

from domain.company import Company

_INSTANT = timedelta(microseconds=1)


def quiet_until(company: Company, now: datetime) -> datetime | None:
    """When work begins again, or None while people work and where the company keeps no quiet hours."""
    if not company.quiet_hours:
        return None
    try:
        # The end of the first instant of work from now on, which is this very one while people work.
        begins = company.calendar.after(now, _INSTANT) - _INSTANT
    except ValueError:
        return None  # nobody ever works: then nothing is worth waiting for
    return begins if begins > now else None
