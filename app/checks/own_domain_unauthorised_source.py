"""The own domain is proven, but a service carried the mail that nobody has recorded as writing in the organisation's name."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Relationship, Severity

CHECK = Check(
    "own_domain_unauthorised_source",
    Severity.MEDIUM,
    Confidence.MEDIUM,
    CheckText(
        title=mark("A service writes in your name"),
        seen=mark("{source} sends mail as {domain}, proven, but no exception in Nitaq names it."),
        why=mark("Whoever controls an account at such a service can write to anybody in your name, and it will be believed."),
        innocent=mark("It is usually a newsletter, invoicing or support service that a colleague has set up."),
        advice=mark("Ask who set it up. If it is wanted, record an exception that names the person responsible; if not, remove its right to send."),
    ),
)
MAIN_SHARE = 0.5
"""A source that carries so much of the organisation's own mail is its mail provider."""


def check(subject: Subject) -> Finding | None:
    source = subject.proof.source
    if subject.relationship is not Relationship.OWN or not subject.authenticated or subject.permitted or source in ("own", "unknown", ""):
        return None
    use = subject.history.sources.get(source)
    if subject.on_a_list or use is None or use.messages >= MAIN_SHARE * subject.history.authenticated:
        return None
    return CHECK.finding(domain=subject.claim.domain, source=source)
