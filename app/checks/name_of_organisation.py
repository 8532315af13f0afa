"""The display name names an organisation that the address does not belong to: a well-known one, the owner's own, or a partner."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Relationship, Severity, Trait

CHECK = Check(
    "name_of_organisation",
    Severity.HIGH,
    Confidence.MEDIUM,
    CheckText(
        title=mark("The name is that of another organisation"),
        seen=mark("The sender's name says {named}, but {domain} does not belong to {named}."),
        why=mark("Most mail programs show the name and hide the address, so the reader believes the name."),
        innocent=mark("A service that writes on behalf of another, a dealer of the brand, or a person who has the same name."),
        advice=mark("Look at the real address. If the message asks for something, open the organisation's own site or app instead."),
    ),
    {
        "by_a_service": (Severity.LOW, Confidence.LOW),
        "own": (Severity.HIGH, Confidence.MEDIUM),
        "familiar": (Severity.MEDIUM, Confidence.MEDIUM),
    },
)


def check(subject: Subject) -> Finding | None:
    if not subject.words or not subject.clear or subject.relationship is Relationship.OWN or subject.on_a_list:
        return None
    claim = subject.claim
    known = subject.names.organisation_in(subject.words, subject.organisation, claim.address.rpartition("@")[0])
    if known is None or (subject.authenticated and subject.established):
        return None
    values = {"named": known.name, "domain": claim.domain}
    if known.kind == "brand":
        if subject.authenticated and subject.organisation in subject.names.domains:  # a platform says on whose behalf it writes
            return CHECK.finding("by_a_service", **values)
        return CHECK.finding(**values)
    if known.kind == "own":
        if subject.authenticated and Trait.BULK in claim.traits:  # services greet their customer by name
            return CHECK.finding("by_a_service", **values)
        return CHECK.finding("own", **values)
    return CHECK.finding("familiar", **values)
