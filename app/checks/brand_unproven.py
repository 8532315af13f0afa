"""The author domain belongs to a widely imitated organisation, and the message did not prove it."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Relationship, Severity

CHECK = Check(
    "brand_unproven",
    Severity.HIGH,
    Confidence.MEDIUM,
    CheckText(
        title=mark("A well-known name that is not proven"),
        seen=mark("These messages say they come from {brand} ({domain}), but your mail server found no proof of it."),
        why=mark("Banks, posts and large services prove nearly all their mail, and theirs are the names that forgers use most."),
        innocent=mark("The message may have been forwarded to you, or an employee wrote through a mailing list."),
        advice=mark("Do not follow links in it. Open the service's own site or app instead."),
    ),
    {
        "on_a_list": (Severity.LOW, Confidence.LOW),
        "nothing_passed": (Severity.HIGH, Confidence.MEDIUM),
    },
)


def check(subject: Subject) -> Finding | None:
    brand = subject.names.domains.get(subject.organisation)
    if brand is None or subject.authenticated or subject.relationship is Relationship.OWN:
        return None
    values = {"brand": brand, "domain": subject.claim.domain}
    if subject.on_a_list:
        return CHECK.finding("on_a_list", **values) if subject.failed else None
    if subject.failed:
        return CHECK.finding(**values)
    if subject.looked_at:
        return CHECK.finding("nothing_passed", **values)
    return None
