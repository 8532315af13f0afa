"""The display name and the address have nothing in common. Weak alone: many honest addresses are abbreviations."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Severity
from app.people import fits, is_impersonal, labels_of

CHECK = Check(
    "name_unrelated",
    Severity.LOW,
    Confidence.LOW,
    CheckText(
        title=mark("Name and address have nothing in common"),
        seen=mark("The sender is called {name}, and nothing in {address} reminds of that."),
        why=mark("Who pretends to be somebody else can choose the name freely, but must use an address they have."),
        innocent=mark("Abbreviations, nicknames, service addresses and mail sent on behalf of others look like this too."),
        advice=mark("Make sure that you know who writes before you answer."),
    ),
    {"impersonal": (Severity.MEDIUM, Confidence.LOW)},
)


def check(subject: Subject) -> Finding | None:
    if not subject.words or not subject.clear or not subject.external or subject.familiar:
        return None
    claim = subject.claim
    local = claim.address.rpartition("@")[0]
    if subject.authenticated and subject.organisation in subject.names.domains:
        return None  # a well-known organisation writes under many names of its own
    if fits(subject.words, local, labels_of(claim.domain)):
        return None
    case = "impersonal" if is_impersonal(local) else ""  # a nickname is a person's own affair; an office is called after its firm
    return CHECK.finding(case, name=claim.name, address=claim.address)
