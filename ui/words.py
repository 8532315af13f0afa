"""What the window calls things: each closed vocabulary of the model with its words, its tone and its shape (never colour alone)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from PySide6.QtCore import QDate, QLocale

from app.i18n import Translation, mark
from app.model import Authentication, Decision, DomainClass, Relationship, Severity


class Band(StrEnum):
    """Three ranges of the score, for those who do not want to read numbers."""

    SUSPICIOUS = "suspicious"
    LOOK = "look"
    USUAL = "usual"


LOOK_BELOW, SUSPICIOUS_BELOW = 70, 40


def band_of(score: int) -> Band:
    if score < SUSPICIOUS_BELOW:
        return Band.SUSPICIOUS
    return Band.LOOK if score < LOOK_BELOW else Band.USUAL


@dataclass(frozen=True, slots=True)
class Word:
    """How one value is shown."""

    text: str
    """English, marked for translation."""
    tone: str
    """good · warn · bad · neutral · info."""
    shape: str
    """Name of a drawing in `resources/icons/`; empty: none."""
    help: str = ""


BANDS: Mapping[Band, Word] = {
    Band.SUSPICIOUS: Word(mark("Suspicious"), "bad", "bad", mark("Something speaks clearly against the name in the message.")),
    Band.LOOK: Word(mark("Worth a look"), "warn", "warn", mark("Something is unusual, and may well be harmless.")),
    Band.USUAL: Word(mark("Nothing unusual"), "good", "good", mark("Nothing unusual was noticed. That is not a guarantee.")),
}
RELATIONSHIPS: Mapping[Relationship, Word] = {
    Relationship.OWN: Word(mark("Own"), "info", "own", mark("A domain of your organisation.")),
    Relationship.AUTHORISED: Word(mark("Authorised"), "info", "", mark("An outside domain that you have said you expect.")),
    Relationship.EXTERNAL: Word(mark("External"), "neutral", "", mark("Somebody outside your organisation. That alone is not a reproach.")),
}
AUTHENTICATIONS: Mapping[Authentication, Word] = {
    Authentication.AUTHENTICATED: Word(mark("Proven"), "good", "good", mark("Your mail server checked that the domain really sent it.")),
    Authentication.FAILED: Word(mark("Proof failed"), "bad", "bad", mark("Your mail server checked, and the check failed.")),
    Authentication.NOT_ESTABLISHED: Word(mark("Not known"), "neutral", "info", mark("No server that we believe has checked. That is not a failure.")),
    Authentication.MIXED: Word(mark("Mixed"), "warn", "warn", mark("Some messages are proven and some are not.")),
}
DECISIONS: Mapping[Decision, Word] = {
    Decision.UNREVIEWED: Word(mark("Not reviewed"), "neutral", ""),
    Decision.TRUSTED: Word(mark("Trusted"), "good", "good"),
    Decision.WATCHED: Word(mark("Watched"), "warn", "eye"),
    Decision.REJECTED: Word(mark("Rejected"), "bad", "bad"),
}
CLASSES: Mapping[DomainClass, str] = {
    DomainClass.ORDINARY: "",
    DomainClass.SHARED_PROVIDER: mark("Mail provider shared by many people"),
    DomainClass.SHARED_HOSTING: mark("Address space rented to anybody"),
    DomainClass.DISPOSABLE: mark("Throw-away addresses"),
    DomainClass.SPECIAL_USE: mark("Reserved name"),
    DomainClass.NO_SUCH_TLD: mark("Ending that does not exist"),
}
SEVERITIES: Mapping[Severity, Word] = {
    Severity.HIGH: Word(mark("Serious"), "bad", "bad"),
    Severity.MEDIUM: Word(mark("Notable"), "warn", "warn"),
    Severity.LOW: Word(mark("Minor"), "neutral", "info"),
    Severity.INFO: Word(mark("For information"), "info", "info"),
}
UNREADABLE = mark("(no readable sender)")
"""The name of the row of messages without a domain."""


def day(seconds: int | None, say: Translation) -> str:
    """A time as a date in the reader's language; a dash where it is not known."""
    if seconds is None:
        return "–"
    try:
        when = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return "–"
    # Western digits, like all our numbers: the Arabic of the Emirates has them.
    locale = QLocale("ar_AE" if say.rtl else "en_GB")
    return locale.toString(QDate(when.year, when.month, when.day), "d MMM yyyy")


def ltr(name: str) -> str:
    """A domain, an address or an id, isolated and left to right whatever its letters: its labels keep their order."""
    return f"\u2066{name}\u2069"


def points(value: int) -> str:
    """Signed, with a true minus sign, kept left to right."""
    sign = "+" if value > 0 else "\u2212" if value < 0 else "±"
    return f"\u2066{sign}{abs(value)}\u2069"
