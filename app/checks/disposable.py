"""The author domain belongs to a service for throw-away addresses."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, DomainClass, Finding, Severity

CHECK = Check(
    "disposable",
    Severity.MEDIUM,
    Confidence.MEDIUM,
    CheckText(
        title=mark("A throw-away address"),
        seen=mark("{domain} belongs to a service that gives addresses for a few minutes."),
        why=mark("Whoever writes from it cannot be reached later and need not be who they say."),
        innocent=mark("Some people protect their real address in this way."),
        advice=mark("Do not do business by such an address."),
    ),
)


def check(subject: Subject) -> Finding | None:
    if subject.domain_class is not DomainClass.DISPOSABLE or not subject.external:
        return None
    return CHECK.finding(domain=subject.organisation)
