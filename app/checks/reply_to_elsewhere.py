"""An answer would go to another organisation than the one that wrote."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, DomainClass, Finding, Relationship, Severity, Trait

CHECK = Check(
    "reply_to_elsewhere",
    Severity.LOW,
    Confidence.MEDIUM,
    CheckText(
        title=mark("Answers would go somewhere else"),
        seen=mark("The message is from {domain}, but an answer would go to {reply_to} (Reply-To)."),
        why=mark("Whoever forges a name cannot read its mailbox, so they lead the answer to a mailbox of their own."),
        innocent=mark("Newsletters, booking systems and support desks often receive answers at another firm."),
        advice=mark("Before you answer with anything confidential, look at where the answer goes."),
    ),
    {
        "free_mail_both": (Severity.LOW, Confidence.MEDIUM),
        "free_mail": (Severity.MEDIUM, Confidence.MEDIUM),
        "free_mail_as_us": (Severity.HIGH, Confidence.MEDIUM),
        "bulk": (Severity.INFO, Confidence.LOW),
    },
)


def check(subject: Subject) -> Finding | None:
    claim = subject.claim
    if not claim.reply_to or not subject.clear or subject.on_a_list:
        return None
    target = subject.organisation_of(claim.reply_to)
    if target == subject.organisation or _is_own(target, subject):
        return None
    values = {"domain": claim.domain, "reply_to": claim.reply_to}
    if subject.class_of(target) is DomainClass.SHARED_PROVIDER:
        if subject.domain_class is DomainClass.SHARED_PROVIDER:
            return CHECK.finding("free_mail_both", **values)
        return CHECK.finding("free_mail_as_us" if subject.relationship is Relationship.OWN else "free_mail", **values)
    if Trait.BULK in claim.traits:
        return CHECK.finding("bulk", **values)
    return CHECK.finding(**values)


def _is_own(domain: str, subject: Subject) -> bool:
    return any(domain == subject.organisation_of(own) for own in subject.context.own_domains)
