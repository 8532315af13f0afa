"""The display name holds characters that nobody sees: controls that turn text around, zero-width and tag characters."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Severity, Trait

CHECK = Check(
    "name_hidden_characters",
    Severity.HIGH,
    Confidence.MEDIUM,
    CheckText(
        title=mark("Hidden characters in the name"),
        seen=mark("The sender's name contains characters that cannot be seen."),
        why=mark("Such characters keep a filter from recognising a name that people still read."),
        innocent=mark("Text copied from a web page or a word processor can bring a stray one along."),
        advice=mark("Look at the real address before you answer."),
    ),
)


def check(subject: Subject) -> Finding | None:
    traits = subject.claim.traits
    if Trait.NAME_CONTROLS in traits or Trait.NAME_INVISIBLE in traits:
        return CHECK.finding()
    return None
