"""The receiving server checked the domain in From and the check failed (dmarc=fail, or an aligned spf=fail and nothing that passed)."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Relationship, Severity

CHECK = Check(
    "authentication_failed",
    Severity.MEDIUM,
    Confidence.MEDIUM,
    CheckText(
        title=mark("The proof of the sender failed"),
        seen=mark("Your mail server checked whether {domain} really sent this, and the check failed."),
        why=mark("Anybody can write any name into a message. When the check fails, the name may have been put there by somebody else."),
        innocent=mark("Forwarding and mailing lists change messages on the way and break the proof; some honest firms have set up their mail wrongly."),
        advice=mark("Do not act on payment or password requests in these messages before asking the sender another way."),
    ),
    {
        "on_a_list": (Severity.LOW, Confidence.LOW),
    },
)


def check(subject: Subject) -> Finding | None:
    if not subject.failed or subject.relationship is Relationship.OWN:
        return None
    if subject.on_a_list:  # lists change what they carry, so a broken proof says little there (RFC 6377)
        return CHECK.finding("on_a_list", domain=subject.claim.domain)
    return CHECK.finding(domain=subject.claim.domain)
