"""From is missing, holds no address, or breaks the rules of its syntax (RFC 5322 section 3.4)."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import AuthorStatus, Confidence, Finding, Severity, Trait

CHECK = Check(
    "unreadable_author",
    Severity.HIGH,
    Confidence.MEDIUM,
    CheckText(
        title=mark("The sender cannot be read"),
        seen=mark("The sender's line is missing, holds no address, or is not written as the standard demands."),
        why=mark("A broken sender's line can slip past a check, and each program shows something else for it."),
        innocent=mark("Scanners, alarm systems and home-made programs sometimes write broken headers."),
        advice=mark("Treat the sender as unknown. If it is a device of yours, have its sender address set."),
    ),
    {
        "malformed": (Severity.LOW, Confidence.LOW),
    },
)


def check(subject: Subject) -> Finding | None:
    if subject.claim.status is AuthorStatus.NONE:
        if subject.claim.evidence.internal:
            return CHECK.finding("malformed")
        return CHECK.finding()
    if subject.clear and Trait.MALFORMED_FROM in subject.claim.traits:
        return CHECK.finding("malformed")
    return None
