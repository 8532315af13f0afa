"""A sender whose mail used to be proven, and this is not. Either the sender's set-up broke, or somebody else uses the name."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Relationship, Severity

CHECK = Check(
    "proof_lost",
    Severity.HIGH,
    Confidence.MEDIUM,
    CheckText(
        title=mark("Used to be proven, and no longer is"),
        seen=mark("{proven} other messages from {domain} were proven; these were not."),
        why=mark("When a known partner's mail suddenly lacks its proof, somebody else may be writing in their name."),
        innocent=mark("The partner may have changed their mail service, or the messages were forwarded."),
        advice=mark("Do not follow changed payment details in these messages before calling the partner on a number you know."),
    ),
    {
        "nothing_passed": (Severity.MEDIUM, Confidence.MEDIUM),
    },
)
ENOUGH = 5
"""Proven messages from which their absence means something."""
MOSTLY = 0.6
"""Share of all the party's mail that is proven: below it, missing proof is the party's habit."""


def check(subject: Subject) -> Finding | None:
    history, record = subject.history, subject.record
    if subject.authenticated or subject.relationship is Relationship.OWN or subject.on_a_list or not (subject.failed or subject.looked_at):
        return None
    if history.authenticated < ENOUGH or history.first_authenticated is None or record.last_seen is None:
        return None
    if record.last_seen < history.first_authenticated or not _unusual(subject):
        return None  # from before the sender began to prove its mail, or nothing new
    values: dict[str, str | int] = {"domain": subject.claim.domain, "proven": history.authenticated}
    if subject.failed:
        return CHECK.finding(**values)
    return CHECK.finding("nothing_passed", **values)


def _unusual(subject: Subject) -> bool:
    """Most of the party's mail is proven, or all of it was until this began."""
    history, first = subject.history, subject.record.first_seen
    if history.authenticated >= MOSTLY * history.messages:
        return True
    return first is not None and history.last_authenticated is not None and first >= history.last_authenticated
