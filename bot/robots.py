"""The addresses of group robots: secrets that people copy by hand, and sometimes from the wrong place."""

from urllib.parse import urlsplit

from domain.destinations import DESTINATIONS


def strange_host(kind: str, address: str, *bases: str) -> str:
    """Where this address leads when that is neither the platform's host nor one of `bases`; else nothing.

    What is no address at all (WeCom takes the bare key as well) leads nowhere.
    """
    if "://" not in address:
        return ""
    host = host_of(address)
    return "" if host in (*DESTINATIONS[kind].hosts, *filter(None, map(host_of, bases))) else host or "?"


def host_of(address: str) -> str:
    """The host alone, in small letters, without user or port."""
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""
