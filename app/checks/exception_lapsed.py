"""An exception that covered this sender has come to its end, and the mail goes on."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Relationship, Severity

CHECK = Check(
    "exception_lapsed",
    Severity.LOW,
    Confidence.HIGH,
    CheckText(
        title=mark("An exception has ended"),
        seen=mark("The exception for {domain} ended on {until}, so it no longer counts."),
        why=mark("Exceptions end so that somebody looks again at whether they are still needed."),
        innocent=mark("It may simply have been forgotten to renew it."),
        advice=mark("Renew the exception if it is still wanted; otherwise end the service."),
    ),
)


def check(subject: Subject) -> Finding | None:
    if subject.lapsed is None or subject.permitted or subject.relationship is Relationship.AUTHORISED:
        return None
    return CHECK.finding(domain=subject.claim.domain, until=subject.lapsed.isoformat())
