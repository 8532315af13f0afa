"""The name in From is proven: the receiving server vouches that the domain's owner sent it.

A proof is worth as much as the name that is proven: for a stranger's it gains nothing, because anybody can register a name and prove it.
"""

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
    {"stranger": (Severity.INFO, Confidence.HIGH)},
)


def check(subject: Subject) -> Finding | None:
    if not subject.authenticated:
        return None
    known = not subject.external or subject.familiar or subject.organisation in subject.names.domains
    return CHECK.finding("" if known else "stranger", domain=subject.claim.domain, proof=", ".join(subject.proof.proof) or subject.proof.how.value)
