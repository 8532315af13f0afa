"""One address can be read in From, but the line breaks the rules of its syntax (RFC 5322 section 3.4, RFC 6532).

Grave where the name beside it has nothing to do with the address: then the broken line makes programs show a name alone.
"""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Severity, Trait
from app.people import fits, labels_of

CHECK = Check(
    "malformed_author",
    Severity.MEDIUM,
    Confidence.LOW,
    CheckText(
        title=mark("The sender's line is written wrongly"),
        seen=mark("The sender's line for {address} breaks the rules of how such a line is written."),
        why=mark("Mail programs never write such lines; tools for mass mailing do, and a broken line can slip past a check."),
        innocent=mark("Web forms, scanners and home-made programs sometimes forget the quotation marks around a name."),
        advice=mark("Be careful, unless you know the program that sent it. If it is yours, have it mended."),
    ),
    {"foreign_name": (Severity.HIGH, Confidence.MEDIUM)},
)


def check(subject: Subject) -> Finding | None:
    if not subject.clear or Trait.MALFORMED_FROM not in subject.claim.traits or subject.familiar or subject.claim.evidence.internal:
        return None
    local, _, domain = subject.claim.address.rpartition("@")
    foreign = subject.external and not fits(subject.words, local, labels_of(domain))
    return CHECK.finding("foreign_name" if foreign else "", address=subject.claim.address)
