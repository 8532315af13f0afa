"""The display name is that of a colleague or correspondent, at an address that is not theirs."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, DomainClass, Finding, Person, Relationship, Severity
from app.people import person_key

CHECK = Check(
    "name_of_person",
    Severity.HIGH,
    Confidence.MEDIUM,
    CheckText(
        title=mark("The name of somebody you know, at another address"),
        seen=mark("The sender is called {name}, as is somebody you know, who writes from {known}; this is {address}."),
        why=mark("Asking for a favour or a payment in a colleague's name takes nothing but a free mailbox."),
        innocent=mark("People write from private mailboxes, and two people can have the same name."),
        advice=mark("Ask the person, by telephone or at the known address, whether they wrote it."),
    ),
    {
        "correspondent": (Severity.MEDIUM, Confidence.MEDIUM),
    },
)


def check(subject: Subject) -> Finding | None:
    claim = subject.claim
    if not subject.names.people or not subject.words or not subject.clear or subject.relationship is Relationship.OWN or subject.on_a_list:
        return None
    person = subject.names.people.get(person_key(subject.words))
    if person is None or claim.address == person.address or (subject.authenticated and subject.established):
        return None
    if subject.authenticated and subject.domain_class is not DomainClass.SHARED_PROVIDER and _is_of_their_firm(person, subject):
        return None  # a namesake or a second address
    values = {"name": claim.name, "known": person.address, "address": claim.address}
    if person.colleague:
        return CHECK.finding(**values)
    return CHECK.finding("correspondent", **values)


def _is_of_their_firm(person: Person, subject: Subject) -> bool:
    return subject.organisation_of(person.address.rpartition("@")[2]) == subject.organisation
