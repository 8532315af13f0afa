"""The author domain cannot exist on the public Internet, so nobody could answer (RFC 6761, RFC 2606, no such top-level domain)."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, DomainClass, Finding, Severity

CHECK = Check(
    "impossible_domain",
    Severity.LOW,
    Confidence.HIGH,
    CheckText(
        title=mark("A domain that cannot exist"),
        seen=mark("{domain} is no name that mail could be sent to."),
        why=mark("Nobody can own such a name, so nobody can prove it."),
        innocent=mark("Devices and servers inside a network often write from their internal name."),
        advice=mark("If it is a device of yours, have its sender address set. Otherwise treat the sender as unknown."),
    ),
)


def check(subject: Subject) -> Finding | None:
    if subject.domain_class not in (DomainClass.NO_SUCH_TLD, DomainClass.SPECIAL_USE) or not subject.external or subject.authenticated:
        return None
    return CHECK.finding(domain=subject.claim.domain)
