"""The name in From is proven: the receiving server vouches that the domain's owner sent it."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Authentication, Confidence, Finding, Severity

CHECK = Check(
    "authenticated",
    Severity.INFO,
    Confidence.HIGH,
    15,
    CheckText(
        title=mark("The sender's domain is proven"),
        seen=mark("Your mail server checked that {domain} really sent this (proof: {proof})."),
        why=mark("A proven name cannot have been put there by somebody else. It does not say that the sender is honest: impostors prove their own domains too."),
        innocent=mark("This is how most honest mail looks."),
        advice=mark("Look at whether the proven name is the one you expect."),
    ),
)


def check(subject: Subject) -> Finding | None:
    if subject.proof.authentication is not Authentication.AUTHENTICATED:
        return None
    return CHECK.finding(domain=subject.record.claim.domain, proof=", ".join(subject.proof.proof) or subject.proof.how)
