"""Asking a domain itself where its mail is read: SRV records, its autoconfig file, then who receives its mail. The user has agreed to that before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.discovery.address import domain_of
from app.discovery.autoconfig import autoconfig
from app.discovery.records import exchangers, records
from app.model import MailServer

Ask = Callable[[str], MailServer | None]
_LONGEST = 320


def discover(address: str, asks: tuple[Ask, ...] = (records, autoconfig, exchangers)) -> MailServer | None:
    """The server that the domain of an e-mail address names; None where it names none. May take some seconds."""
    domain = domain_of(address)
    answers = (ask(domain) for ask in asks) if domain else iter(())
    found = next((answer for answer in answers if answer), None)
    return replace(found, user=_user(found.user, address.strip())) if found else None


def _user(pattern: str, address: str) -> str:
    """The user name that a pattern makes of an address; empty where it is the address, or where the pattern asks for what nobody has said."""
    local, _, domain = address.rpartition("@")
    for name, value in (("%EMAILADDRESS%", address), ("%EMAILLOCALPART%", local), ("%EMAILDOMAIN%", domain)):
        pattern = pattern.replace(name, value)
    usable = pattern != address and "%" not in pattern and pattern.isprintable() and len(pattern) <= _LONGEST
    return pattern if usable else ""
