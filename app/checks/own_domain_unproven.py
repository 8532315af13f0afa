"""A message says that it comes from the audited organisation, and the receiving server could not prove it."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Relationship, Severity

CHECK = Check(
    "own_domain_unproven",
    Severity.HIGH,
    Confidence.HIGH,
    CheckText(
        title=mark("Mail in your own name that is not proven"),
        seen=mark("These messages say they come from your own domain {domain}, but your mail server found no proof of it."),
        why=mark("Writing in the name of the director or of accounts is the commonest way to have money sent to the wrong place."),
        innocent=mark("A copier, a web form or a service that you use may send in your name without having been set up for it."),
        advice=mark("Find out what sent them. If it is a service of yours, have it set up and record an exception; if not, warn your people."),
    ),
    {
        "permitted": (Severity.INFO, Confidence.LOW),
        "on_a_list": (Severity.LOW, Confidence.LOW),
        "nothing_passed": (Severity.MEDIUM, Confidence.MEDIUM),
    },
)


def check(subject: Subject) -> Finding | None:
    if subject.relationship is not Relationship.OWN or subject.authenticated:
        return None
    domain = subject.claim.domain
    if subject.permitted:
        return CHECK.finding("permitted", domain=domain)
    if subject.on_a_list:
        return CHECK.finding("on_a_list", domain=domain)
    if subject.failed:
        return CHECK.finding(domain=domain)
    if subject.looked_at:
        return CHECK.finding("nothing_passed", domain=domain)
    return None  # nobody looked: that is what authentication_not_established says
