"""A reviewer trusts this name, and here it arrives without the proof that the trust is bound to."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Severity

CHECK = Check(
    "trust_not_proven",
    Severity.HIGH,
    Confidence.HIGH,
    CheckText(
        title=mark("A name you trust, without its proof"),
        seen=mark("{domain} is marked as trusted, but these messages lack the proof on which that trust was given."),
        why=mark("A trusted name is the one that a forger would choose."),
        innocent=mark("The sender may have changed how they send, or the message was forwarded on its way."),
        advice=mark("Ask the sender another way, and review the decision."),
    ),
    {
        "other_source": (Severity.LOW, Confidence.MEDIUM),
        "nothing_passed": (Severity.MEDIUM, Confidence.MEDIUM),
    },
)


def check(subject: Subject) -> Finding | None:
    if not subject.trust_broken:
        return None
    domain = subject.claim.domain
    if subject.authenticated:
        return CHECK.finding("other_source", domain=domain)
    if subject.failed and not subject.on_a_list:
        return CHECK.finding(domain=domain)
    return CHECK.finding("nothing_passed", domain=domain)
