"""The domain is a shared provider: it proves the provider, not the person; everything belongs to the address."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, DomainClass, Finding, Severity

CHECK = Check(
    "shared_provider",
    Severity.INFO,
    Confidence.HIGH,
    CheckText(
        title=mark("A mail provider that anybody can use"),
        seen=mark("{domain} gives mailboxes to anybody, so each address stands for itself."),
        why=mark("A proof says only that the provider sent it, not who the person is."),
        innocent=mark("Many customers and small firms write from such addresses."),
        advice=mark("Judge the address, not the domain."),
    ),
)


def check(subject: Subject) -> Finding | None:
    if subject.domain_class is not DomainClass.SHARED_PROVIDER:
        return None
    return CHECK.finding(domain=subject.organisation)
