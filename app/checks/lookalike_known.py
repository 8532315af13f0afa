"""The author domain resembles one that is authorised or trusted, or that the owner corresponds with."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject, resembling
from app.i18n import mark
from app.model import Confidence, Finding, Severity

CHECK = Check(
    "lookalike_known",
    Severity.HIGH,
    Confidence.MEDIUM,
    CheckText(
        title=mark("A name that resembles a partner's"),
        seen=mark("{domain} looks like {resembles}, with whom you deal."),
        why=mark("Invoices with changed bank details often come from a name that differs from the partner's in one letter."),
        innocent=mark("Names can be alike by chance, or the partner uses both."),
        advice=mark("Call the partner on a number you know before you pay or send anything."),
    ),
    {
        "known": (Severity.INFO, Confidence.LOW),
        "unsure": (Severity.MEDIUM, Confidence.LOW),
    },
)
KINDS = ("authorised", "trusted", "correspondent")


def check(subject: Subject) -> Finding | None:
    return resembling(CHECK, subject, KINDS)
