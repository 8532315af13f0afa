"""The author domain resembles a domain of the audited organisation."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject, resembling
from app.i18n import mark
from app.model import Confidence, Finding, Severity

CHECK = Check(
    "lookalike_own",
    Severity.HIGH,
    Confidence.MEDIUM,
    CheckText(
        title=mark("A name that resembles your own"),
        seen=mark("{domain} looks like your own domain {resembles}."),
        why=mark("A name that differs in one letter is registered to be taken for yours by your staff or by your customers."),
        innocent=mark("Names can be alike by chance, or the other name may also be yours."),
        advice=mark("If the name is yours, add it to your own domains. If not, warn your people and consider reporting it."),
    ),
    {
        "known": (Severity.INFO, Confidence.LOW),
        "unsure": (Severity.MEDIUM, Confidence.LOW),
    },
)


def check(subject: Subject) -> Finding | None:
    return resembling(CHECK, subject, ("own",))
