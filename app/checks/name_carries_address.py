"""The display name holds an address or a domain of somebody else than the author. Many mail programs show the name alone."""

from __future__ import annotations

import re

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, DomainClass, Finding, Relationship, Severity, Trait

CHECK = Check(
    "name_carries_address",
    Severity.HIGH,
    Confidence.MEDIUM,
    CheckText(
        title=mark("The name shows another address than the real one"),
        seen=mark("The sender's name contains {shown}, but the message says it is from {domain}."),
        why=mark("Most mail programs show the name and hide the address, so the reader sees somebody else's address."),
        innocent=mark("Mailing lists, ticket systems and shared scanners sometimes put the original writer's address into the name."),
        advice=mark("Look at the real address before you answer."),
    ),
    {
        "domain": (Severity.MEDIUM, Confidence.LOW),
        "relayed": (Severity.LOW, Confidence.LOW),
    },
)
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"']{1,64}@((?:[^\W_][\w-]{0,62}\.){1,8}[^\W\d_]{2,24})")
_DOMAIN = re.compile(r"(?<![\w.@-])[a-z0-9][a-z0-9-]{2,62}(?:\.[a-z0-9-]{1,63}){0,3}\.[a-z]{2,24}(?![\w@-])", re.IGNORECASE)


def check(subject: Subject) -> Finding | None:
    claim = subject.claim
    if not subject.clear or not ("@" in claim.name or "." in claim.name):
        return None
    service = Trait.BULK in claim.traits and subject.authenticated  # anybody can call his mail a newsletter
    relayed = subject.on_a_list or service or subject.relationship is Relationship.OWN
    for match in _ADDRESS.finditer(claim.name):
        if subject.organisation_of(match[1].lower()) != subject.organisation:
            return CHECK.finding("relayed" if relayed else "", shown=match[0], domain=claim.domain)
    if relayed or subject.familiar:
        return None
    for match in _DOMAIN.finditer(claim.name):
        if _is_foreign(subject.organisation_of(match[0].lower()), subject):
            return CHECK.finding("domain", shown=match[0], domain=claim.domain)
    return None


def _is_foreign(shown: str, subject: Subject) -> bool:
    """It is a name that can exist, and neither the author's nor its sibling under another ending, nor a name with a dot in it (`Sara.Ma`)."""
    label = shown.partition(".")[0]
    if label == subject.organisation.partition(".")[0] or label in subject.claim.address:
        return False
    return subject.class_of(shown) is DomainClass.ORDINARY
