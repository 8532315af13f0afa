"""Which domain an address would have asked, and whether what it answers belongs to it."""

from __future__ import annotations

from app.domains import registrable, to_ascii
from app.model import MailServer


def domain_of(address: str) -> str:
    """The domain that would be asked, in A-labels; empty where there is none."""
    name, at, domain = address.strip().rpartition("@")
    ascii = to_ascii(domain) if name and at else None
    return ascii if ascii and "." in ascii else ""


def is_outside(server: MailServer, address: str) -> bool:
    """Whether the server belongs to somebody else than the domain: then the user confirms it (RFC 6186 section 6)."""
    return registrable(server.host) != registrable(domain_of(address))
