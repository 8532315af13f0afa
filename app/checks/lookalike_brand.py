"""The author domain resembles one of a widely imitated organisation."""

from __future__ import annotations

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Severity

CHECK = Check(
    "lookalike_brand",
    Severity.HIGH,
    Confidence.MEDIUM,
    CheckText(
        title=mark("A name that resembles a well-known one"),
        seen=mark("{domain} looks like {resembles}, but is not one of its domains."),
        why=mark("Forgers register names that contain or nearly spell a bank, a post or a large service."),
        innocent=mark("Names can be alike by chance, and large firms have more domains than anybody can list."),
        advice=mark("Do not follow links in it. Open the service's own site or app instead."),
    ),
    {
        "known": (Severity.INFO, Confidence.LOW),
        "unsure": (Severity.MEDIUM, Confidence.LOW),
    },
)
SURE = ("typo", "confusable", "bitflip")
"""Ways of resembling that are rarely chance; a name that contains another, or has it under another ending, may be its sibling."""


def check(subject: Subject) -> Finding | None:
    if not subject.external:
        return None
    for resemblance in subject.resemblances:
        if resemblance.kind == "brand":
            values = {"domain": subject.claim.domain, "resembles": resemblance.resembles, "how": resemblance.how.value}
            if subject.authenticated and subject.established:
                return CHECK.finding("known", **values)
            if resemblance.how in SURE:
                return CHECK.finding(**values)
            return CHECK.finding("unsure", **values)
    return None
