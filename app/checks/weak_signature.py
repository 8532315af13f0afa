"""Every DKIM signature of the message is weak in form: a short key, a body length (l=), or one that had expired (RFC 6376, RFC 8301)."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Severity, Trait

CHECK = Check(
    "weak_signature",
    Severity.LOW,
    Confidence.LOW,
    CheckText(
        title=mark("A weak signature"),
        seen=mark("The signature of {domain} uses a short key, covers only a part of the message, or had expired."),
        why=mark("Such a signature can be broken, or text can be added to the message without breaking it."),
        innocent=mark("It is nearly always an old set-up that nobody has renewed."),
        advice=mark("Nothing to do. If it is your own domain, have the signature renewed."),
    ),
)


def check(subject: Subject) -> Finding | None:
    traits = subject.claim.traits
    if not subject.clear or (Trait.WEAK_SIGNATURE not in traits and Trait.EXPIRED_SIGNATURE not in traits):
        return None
    return CHECK.finding(domain=subject.claim.domain)
