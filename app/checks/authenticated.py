"""The name in From is proven: the receiving server vouches that the domain's owner sent it."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Severity

CHECK = Check(
    "authenticated",
    Severity.INFO,
    Confidence.HIGH,
    CheckText(
        title=mark("The sender's domain is proven"),
        seen=mark("Your mail server checked that {domain} really sent this (proof: {proof})."),
        why=mark("Nobody else can have put a proven name there. It does not make the sender honest: impostors prove their own domains too."),
        innocent=mark("This is how most honest mail looks."),
        advice=mark("Look at whether the proven name is the one you expect."),
    ),
)


def check(subject: Subject) -> Finding | None:
    if not subject.authenticated:
        return None
    return CHECK.finding(domain=subject.claim.domain, proof=", ".join(subject.proof.proof) or subject.proof.how)
