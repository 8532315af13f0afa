"""The display name holds an address or a domain of somebody else than the author. Many mail programs show the name alone."""

from __future__ import annotations

import re

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Relationship, Severity, Trait

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
        "relayed": (Severity.LOW, Confidence.LOW),
    },
)
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"']{1,64}@((?:[^\W_][\w-]{0,62}\.){1,8}[^\W\d_]{2,24})")


def check(subject: Subject) -> Finding | None:
    claim = subject.claim
    if "@" not in claim.name or not subject.clear:
        return None
    for match in _ADDRESS.finditer(claim.name):
        shown = subject.organisation_of(match[1].lower())
        if shown == subject.organisation:
            continue
        relayed = Trait.LIST in claim.traits or Trait.BULK in claim.traits or subject.relationship is Relationship.OWN
        if relayed:
            return CHECK.finding("relayed", shown=match[0], domain=claim.domain)
        return CHECK.finding(shown=match[0], domain=claim.domain)
    return None
