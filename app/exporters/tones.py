"""Which colour says what, in every form: good, warn, bad, neutral, info. A word always stands beside it."""

from __future__ import annotations

from enum import StrEnum

from app.model import Authentication, Relationship, Severity
from app.report import Band

TONES: dict[StrEnum, str] = {
    Band.SUSPICIOUS: "bad", Band.LOOK: "warn", Band.USUAL: "good",
    Authentication.AUTHENTICATED: "good", Authentication.FAILED: "bad", Authentication.NOT_ESTABLISHED: "neutral", Authentication.MIXED: "warn",
    Relationship.OWN: "info", Relationship.AUTHORISED: "good", Relationship.EXTERNAL: "neutral",
    Severity.HIGH: "bad", Severity.MEDIUM: "warn", Severity.LOW: "neutral", Severity.INFO: "info",
}  # fmt: skip
