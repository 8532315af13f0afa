"""From names several authors, or is written so that readers may take different ones for the author."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import AuthorStatus, Confidence, Finding, Severity

CHECK = Check(
    "several_authors",
    Severity.HIGH,
    Confidence.MEDIUM,
    CheckText(
        title=mark("More than one sender in one message"),
        seen=mark("The sender's line names several addresses, or one that programs read in different ways."),
        why=mark("One program may show a sender that another never checked, so nobody can say whose proof this is."),
        innocent=mark("The standard allows several authors; in practice hardly anybody uses it."),
        advice=mark("Treat the sender as unknown."),
    ),
)


def check(subject: Subject) -> Finding | None:
    return CHECK.finding() if subject.claim.status is AuthorStatus.AMBIGUOUS else None
