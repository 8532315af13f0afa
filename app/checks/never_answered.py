"""A sender who has long been writing and to whom the owner never wrote. Only said where Sent folders were read."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Severity, Trait

CHECK = Check(
    "never_answered",
    Severity.INFO,
    Confidence.MEDIUM,
    CheckText(
        title=mark("Never answered"),
        seen=mark("{sender} wrote {messages} times, and you never wrote to them."),
        why=mark("That somebody has been writing for long does not make them a partner."),
        innocent=mark("Notifications and newsletters are not answered."),
        advice=mark("Nothing to do. If you do not want these messages, unsubscribe or filter them."),
    ),
)
OFTEN = 10


def check(subject: Subject) -> Finding | None:
    if not subject.external or not subject.clear or subject.written_to or not subject.context.correspondents:
        return None
    if subject.history.messages < OFTEN or Trait.BULK in subject.claim.traits or subject.on_a_list:
        return None
    return CHECK.finding(sender=subject.claim.address, messages=subject.history.messages)
