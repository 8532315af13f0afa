"""Nothing came from this sender before, and the owner had not written to them: what was written later does not make the first message expected."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Severity

CHECK = Check(
    "first_contact",
    Severity.INFO,
    Confidence.HIGH,
    CheckText(
        title=mark("First contact"),
        seen=mark("Nothing came from {sender} before this, and you had not written to them."),
        why=mark("With a stranger there is no earlier mail to compare with."),
        innocent=mark("Every acquaintance begins like this."),
        advice=mark("If they ask for something, find out first who they are."),
    ),
)
STILL_NEW = 2
"""Messages up to which a sender is a stranger."""


def check(subject: Subject) -> Finding | None:
    history = subject.history
    if not subject.external or not subject.clear or subject.wrote_first or subject.context.samples or not 0 < history.messages <= STILL_NEW:
        return None
    if subject.record.first_seen != history.first_seen:
        return None
    return CHECK.finding(sender=subject.claim.address)
