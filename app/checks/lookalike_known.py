"""The author domain resembles one that is authorised or trusted, or that the owner corresponds with."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.lookalike import is_sibling
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
    if not subject.external:
        return None
    for resemblance in subject.resemblances:
        if resemblance.kind in KINDS:
            values = {"domain": subject.claim.domain, "resembles": resemblance.resembles, "how": resemblance.how.value}
            if subject.authenticated and subject.established:
                return CHECK.finding("known", **values)
            if is_sibling(resemblance, subject.organisation):
                return CHECK.finding("unsure", **values)
            return CHECK.finding(**values)
    return None
