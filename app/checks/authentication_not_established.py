"""Nobody whom we believe said anything about the domain in From. Not known is not bad: it costs no points and earns none."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Authentication, Confidence, Finding, Severity

CHECK = Check(
    "authentication_not_established",
    Severity.INFO,
    Confidence.HIGH,
    CheckText(
        title=mark("Not known whether the sender is genuine"),
        seen=mark("No server that we believe has said whether {domain} really sent this."),
        why=mark("Without a proof the name in the message is only a claim."),
        innocent=mark("Much honest mail has no proof: small firms, old systems, mailing lists, messages from before your provider began to check."),
        advice=mark("If the message asks for something important, ask the sender another way."),
    ),
)


def check(subject: Subject) -> Finding | None:
    if subject.proof.authentication is not Authentication.NOT_ESTABLISHED or not subject.clear:
        return None
    return CHECK.finding(domain=subject.claim.domain)
