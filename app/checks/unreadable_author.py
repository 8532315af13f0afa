"""From is missing or holds no address that can be read (RFC 5322 section 3.6.2)."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import AuthorStatus, Confidence, Finding, Severity

CHECK = Check(
    "unreadable_author",
    Severity.HIGH,
    Confidence.MEDIUM,
    CheckText(
        title=mark("The sender cannot be read"),
        seen=mark("The sender's line is missing or holds no address."),
        why=mark("A broken sender's line can slip past a check, and each program shows something else for it."),
        innocent=mark("Scanners, alarm systems and home-made programs sometimes write broken headers."),
        advice=mark("Treat the sender as unknown. If it is a device of yours, have its sender address set."),
    ),
    {"inside": (Severity.LOW, Confidence.MEDIUM)},
)


def check(subject: Subject) -> Finding | None:
    if subject.claim.status is not AuthorStatus.NONE:
        return None
    return CHECK.finding("inside" if subject.claim.evidence.internal else "")
