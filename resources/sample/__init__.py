"""The sample mailbox: about 1,500 messages of an invented trading firm, made anew each time and always the same, with the truth about each.

Everything is data: `mailbox()` gives the messages by folder, `truths()` and `totals()` what they are, and the constants what the firm knows
about its own mail. Only reserved names and addresses occur (RFC 2606, 3849, 5737). `python -m resources.sample DIR` writes it as mbox files.
"""

from __future__ import annotations

from resources.sample.cast import FIRM, LOGISTICS, OWNER, SHARED_PROVIDERS
from resources.sample.machines import OUR_SERVICE, SURVEYS
from resources.sample.mailbox import FOLDERS, Piece, Truth, mailbox, organisation, totals, truths
from resources.sample.wire import BORDER

OWNER_ADDRESS = OWNER.address
OWN_DOMAINS = (FIRM, LOGISTICS)
HOSTING_SUFFIXES = ("pages.example",)
DISPOSABLE = ("tempbox.example",)
BRANDS = (
    ("Hudhud Parcels", ("hudhud parcels", "hudhud", "هدهد للطرود"), ("hudhudparcels.example",)),
    ("Sikka Pay", ("sikka pay", "sikkapay", "سكة باي"), ("sikkapay.example",)),
)
"""(name, spellings in lower case, domains of its own)"""
EXCEPTIONS = (
    (FIRM, "as_us", OUR_SERVICE, "Reem Al Farsi", "Our newsletter service"),
    (FIRM, "as_us", SURVEYS, "Salma Nasser", "The yearly staff survey"),
    ("khidma-payroll.example", "to_us", "", "Layla Haddad", "Runs our payroll"),
)
"""(domain, direction, sending source or empty for any, who approved it, why)"""

__all__ = [
    "BORDER", "BRANDS", "DISPOSABLE", "EXCEPTIONS", "FOLDERS", "HOSTING_SUFFIXES", "OWNER_ADDRESS", "OWN_DOMAINS", "SHARED_PROVIDERS",
    "Piece", "Truth", "mailbox", "organisation", "totals", "truths",
]  # fmt: skip
