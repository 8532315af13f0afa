"""The sender's mail has been proven for long and often through this same source."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Relationship, Severity

CHECK = Check(
    "long_known",
    Severity.INFO,
    Confidence.HIGH,
    CheckText(
        title=mark("Known for long"),
        seen=mark("{messages} proven messages came from {sender} in the same way over {days} days."),
        why=mark("A name made for one fraud does not write for months beforehand."),
        innocent=mark("This is how most honest mail looks."),
        advice=mark("Nothing to do."),
    ),
)
OFTEN = 20
LONG_DAYS = 90


def check(subject: Subject) -> Finding | None:
    if not subject.authenticated or subject.relationship is Relationship.OWN:
        return None
    use = subject.history.sources.get(subject.proof.source)
    if use is None or use.messages < OFTEN or use.first_seen is None or subject.history.last_authenticated is None:
        return None
    days = (subject.history.last_authenticated - use.first_seen) // 86_400
    if days < LONG_DAYS:
        return None
    return CHECK.finding(sender=subject.organisation, messages=use.messages, days=days)
