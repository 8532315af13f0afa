"""An answer in a conversation of the owner's, from an address to which that conversation never went."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Severity

CHECK = Check(
    "outside_reply",
    Severity.MEDIUM,
    Confidence.MEDIUM,
    CheckText(
        title=mark("A stranger answers in your conversation"),
        seen=mark("{sender} answered something that you had written to others (messages: {answers})."),
        why=mark("Whoever has broken into a partner's mailbox goes on with a real conversation from an address of their own, usually about a payment."),
        innocent=mark("The person you wrote to may have passed the message on, or may be answering from another address."),
        advice=mark("Ask the person you know, in a way you have used before, whether this answer is theirs."),
    ),
)


def check(subject: Subject) -> Finding | None:
    answers = subject.record.outside_replies
    if not answers or not subject.clear or not subject.external or subject.on_a_list or subject.established:
        return None
    return CHECK.finding(sender=subject.claim.address, answers=answers)
