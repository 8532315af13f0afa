"""A known sender's proven mail comes through a service that it never used before."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, DomainClass, Finding, Relationship, Severity

CHECK = Check(
    "new_source",
    Severity.LOW,
    Confidence.MEDIUM,
    CheckText(
        title=mark("A new way of sending"),
        seen=mark("{domain} is known and proven, but these messages are the first that came through {source}."),
        why=mark("Who breaks into a firm's account at a newsletter service can send proven mail in its name."),
        innocent=mark("Firms add and change their mail services all the time."),
        advice=mark("Nothing to do, unless the messages ask for something unusual."),
    ),
)
KNOWN_MESSAGES = 10
"""Proven messages through other sources before this one …"""
KNOWN_SECONDS = 30 * 86_400
"""… over at least so long …"""
STILL_NEW = 5
"""… and no more than so many through this one."""


def check(subject: Subject) -> Finding | None:
    history = subject.history
    if not subject.authenticated or subject.relationship is Relationship.OWN or subject.domain_class is not DomainClass.ORDINARY:
        return None
    use = history.sources.get(subject.proof.source)
    if use is None or use.first_seen is None or history.first_authenticated is None or use.messages > STILL_NEW:
        return None
    known = history.authenticated - use.messages
    if known < KNOWN_MESSAGES or use.first_seen - history.first_authenticated < KNOWN_SECONDS:
        return None
    return CHECK.finding(domain=subject.claim.domain, source=subject.proof.source)
