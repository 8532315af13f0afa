"""Asking a domain itself where its mail is read: SRV records, then its autoconfig file. The user has agreed to ask this domain before."""

from __future__ import annotations

from collections.abc import Callable

from app.discovery.address import domain_of
from app.discovery.autoconfig import autoconfig
from app.discovery.records import records
from app.model import MailServer

Ask = Callable[[str], MailServer | None]


def discover(address: str, asks: tuple[Ask, ...] = (records, autoconfig)) -> MailServer | None:
    """The server that the domain of an e-mail address names; None where it names none. May take some seconds."""
    domain = domain_of(address)
    answers = (ask(domain) for ask in asks) if domain else iter(())
    return next((answer for answer in answers if answer), None)
