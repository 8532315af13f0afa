"""The parts of a score that are no checks: where it starts, the cap of thin evidence, and the limit that keeps it within 0-100."""

from __future__ import annotations

from app.checks.base import Check, CheckText
from app.i18n import mark
from app.model import Confidence, Severity

BASE = Check(
    "base",
    Severity.INFO,
    Confidence.HIGH,
    CheckText(
        title=mark("Starting score"),
        seen=mark("Every sender starts here."),
        why=mark("What is found afterwards adds points or takes them away."),
        innocent=mark("This is not a finding."),
        advice=mark("Nothing to do."),
    ),
)

THIN = Check(
    "thin_evidence",
    Severity.INFO,
    Confidence.HIGH,
    CheckText(
        title=mark("Too little mail to say more"),
        seen=mark("Only a few messages came from this sender, so the score stays below what long acquaintance earns."),
        why=mark("A handful of messages cannot show how somebody usually writes."),
        innocent=mark("Every acquaintance begins like this."),
        advice=mark("Nothing to do."),
    ),
)

LIMIT = Check(
    "limit",
    Severity.INFO,
    Confidence.HIGH,
    CheckText(
        title=mark("Limit of the scale"),
        seen=mark("The sum lay outside 0 to 100 and was brought back to the end of the scale."),
        why=mark("A score is always between 0 and 100."),
        innocent=mark("This is not a finding."),
        advice=mark("Nothing to do."),
    ),
)
