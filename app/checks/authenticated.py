"""The name in From is proven: the receiving server vouches that the domain's owner sent it.

A proof is worth as much as the name that is proven: for a stranger's it gains nothing, because anybody can register a name and prove it.
"""

from __future__ import annotations

from functools import lru_cache

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Severity

REMEMBERED = 65_536
"""Nearly every claim has this finding, and those of a domain have the same."""
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
    return _proven("" if known else "stranger", subject.claim.domain, subject.proof.proof or (subject.proof.how.value,))


@lru_cache(REMEMBERED)
def _proven(case: str, domain: str, by: tuple[str, ...]) -> Finding:
    return CHECK.finding(case, domain=domain, proof=", ".join(by))
