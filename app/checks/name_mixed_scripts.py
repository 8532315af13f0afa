"""A single word of the display name mixes letters of different scripts that look alike."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Severity, Trait

CHECK = Check(
    "name_mixed_scripts",
    Severity.HIGH,
    Confidence.MEDIUM,
    CheckText(
        title=mark("Letters of different alphabets in one word"),
        seen=mark("A word of the sender's name is written with letters of different alphabets."),
        why=mark("A Cyrillic or Greek letter that looks like a Latin one keeps a filter from recognising the name."),
        innocent=mark("Some trade names and keyboards mix alphabets without any intent."),
        advice=mark("Look at the real address before you answer."),
    ),
)


def check(subject: Subject) -> Finding | None:
    return CHECK.finding() if Trait.NAME_MIXED_SCRIPTS in subject.claim.traits else None
