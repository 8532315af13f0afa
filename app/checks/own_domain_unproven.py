"""A message says that it comes from the audited organisation, and the receiving server could not prove it."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Authentication, Confidence, Finding, Relationship, Severity, Trait, Verdict

CHECK = Check(
    "own_domain_unproven",
    Severity.HIGH,
    Confidence.HIGH,
    -60,
    CheckText(
        title=mark("Mail in your own name that is not proven"),
        seen=mark("These messages say they come from your own domain {domain}, but your mail server found no proof of it."),
        why=mark("Writing in the name of the director or of accounts is the commonest way to have money sent to the wrong place."),
        innocent=mark("A copier, a web form or a service that you use may send in your name without having been set up for it."),
        advice=mark("Find out what sent them. If it is a service of yours, have it set up and record an exception; if not, warn your people."),
    ),
)
NOTHING_PASSED = -25
"""The border looked and found no aligned proof, but reported no failure either."""
ON_A_LIST = -8


def check(subject: Subject) -> Finding | None:
    if subject.relationship is not Relationship.OWN or subject.proof.authentication is Authentication.AUTHENTICATED:
        return None
    proof, domain = subject.proof, subject.record.claim.domain
    if Trait.LIST in subject.record.claim.traits:
        return CHECK.finding(severity=Severity.LOW, confidence=Confidence.LOW, points=ON_A_LIST, domain=domain)
    if proof.authentication is Authentication.FAILED:
        return CHECK.finding(domain=domain)
    if {proof.spf, proof.dkim, proof.dmarc} - {None, Verdict.TEMPERROR}:
        return CHECK.finding(severity=Severity.MEDIUM, confidence=Confidence.MEDIUM, points=NOTHING_PASSED, domain=domain)
    return None  # nobody looked: that is what authentication_not_established says
