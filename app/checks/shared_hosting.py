"""The author domain is a tenant's name at a host where anybody can have one."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, DomainClass, Finding, Severity

CHECK = Check(
    "shared_hosting",
    Severity.MEDIUM,
    Confidence.MEDIUM,
    CheckText(
        title=mark("A rented corner of a large host"),
        seen=mark("{domain} is a name that a hosting service gives to anybody, not a domain somebody owns."),
        why=mark("Such a name costs nothing, is proven by the host, and is thrown away after use."),
        innocent=mark("Small projects, automatic reports and test systems write from such names."),
        advice=mark("Be careful, unless you know the project."),
    ),
)


def check(subject: Subject) -> Finding | None:
    if subject.domain_class is not DomainClass.SHARED_HOSTING or not subject.external or subject.familiar:
        return None
    return CHECK.finding(domain=subject.organisation)
