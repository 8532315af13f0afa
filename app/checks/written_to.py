"""The owner writes to this sender, and the sender is proven."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Severity

CHECK = Check(
    "written_to",
    Severity.INFO,
    Confidence.HIGH,
    CheckText(
        title=mark("You write to them"),
        seen=mark("You have written to {sender}, and this mail is proven to come from there."),
        why=mark("Somebody you deal with is less likely to be a stranger in disguise."),
        innocent=mark("This is how most honest mail looks."),
        advice=mark("Nothing to do. A partner's mailbox can be broken into, so call before you follow changed payment details."),
    ),
)


def check(subject: Subject) -> Finding | None:
    if not subject.written_to or not subject.authenticated or not subject.external:
        return None
    return CHECK.finding(sender=subject.organisation)
