"""The border reports that those who passed the message on vouch for how it arrived there (arc=pass, RFC 8617).

Shown as reported: anybody can seal, so a seal counts no more than the word of whoever made it.
"""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Severity, Verdict

CHECK = Check(
    "sealed_on_the_way",
    Severity.INFO,
    Confidence.LOW,
    CheckText(
        title=mark("Whoever passed it on vouches for it (ARC)"),
        seen=mark("The proof of {domain} did not arrive, but a server on the way has sealed what it saw, and the seal is intact (arc=pass)."),
        why=mark("A seal shows that somebody passed the message on. Anybody can make one, so it changes neither the verdict nor the score."),
        innocent=mark("Forwarded mail and mailing lists look like this."),
        advice=mark("Find out who forwards mail to you. If nobody does, treat the message as unproven."),
    ),
)


def check(subject: Subject) -> Finding | None:
    if not subject.clear or subject.authenticated or subject.proof.arc is not Verdict.PASS:
        return None
    return CHECK.finding(domain=subject.claim.domain)
