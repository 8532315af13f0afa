"""What the window calls things: each closed vocabulary of the model with its words, its tone and its shape (never colour alone)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from PySide6.QtCore import QDate, QLocale

from app.contain import contained
from app.i18n import Translation, mark
from app.model import Authentication, Decision, DomainClass, Relationship, Severity
from app.report import Band
from app.terms import term


@dataclass(frozen=True, slots=True)
class Word:
    """How one value is shown; the texts are English, marked for translation."""

    text: str
    help: str
    tone: str
    """good · warn · bad · neutral · info."""
    shape: str
    """Name of a drawing in `resources/icons/`; empty: none."""


def _word(value: StrEnum, tone: str, shape: str = "") -> Word:
    return Word(term(value).name, term(value).meaning, tone, shape)


BANDS: Mapping[Band, Word] = {
    Band.SUSPICIOUS: _word(Band.SUSPICIOUS, "bad", "bad"),
    Band.LOOK: _word(Band.LOOK, "warn", "warn"),
    Band.USUAL: _word(Band.USUAL, "good", "good"),
}
RELATIONSHIPS: Mapping[Relationship, Word] = {
    Relationship.OWN: _word(Relationship.OWN, "info", "own"),
    Relationship.AUTHORISED: _word(Relationship.AUTHORISED, "info"),
    Relationship.EXTERNAL: _word(Relationship.EXTERNAL, "neutral"),
}
AUTHENTICATIONS: Mapping[Authentication, Word] = {
    Authentication.AUTHENTICATED: _word(Authentication.AUTHENTICATED, "good", "good"),
    Authentication.FAILED: _word(Authentication.FAILED, "bad", "bad"),
    Authentication.NOT_ESTABLISHED: _word(Authentication.NOT_ESTABLISHED, "neutral", "info"),
    Authentication.MIXED: _word(Authentication.MIXED, "warn", "warn"),
}
DECISIONS: Mapping[Decision, Word] = {
    Decision.UNREVIEWED: _word(Decision.UNREVIEWED, "neutral"),
    Decision.TRUSTED: _word(Decision.TRUSTED, "good", "good"),
    Decision.WATCHED: _word(Decision.WATCHED, "warn", "eye"),
    Decision.REJECTED: _word(Decision.REJECTED, "bad", "bad"),
}
CLASSES: Mapping[DomainClass, str] = {kind: term(kind).name for kind in DomainClass if kind is not DomainClass.ORDINARY}
KINDS: Mapping[DomainClass, Word] = {kind: _word(kind, "neutral") for kind in DomainClass}
SEVERITIES: Mapping[Severity, Word] = {
    Severity.HIGH: _word(Severity.HIGH, "bad", "bad"),
    Severity.MEDIUM: _word(Severity.MEDIUM, "warn", "warn"),
    Severity.LOW: _word(Severity.LOW, "neutral", "info"),
    Severity.INFO: _word(Severity.INFO, "info", "info"),
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
    return say.in_digits(locale_of(say).toString(QDate(when.year, when.month, when.day), DAY))


DAY = "d MMM yyyy"
"""How a day is written, in the letters of `QLocale`."""


def locale_of(say: Translation) -> QLocale:
    """Months in the reader's language; Latin digits, as the Arabic of the Emirates has them."""
    return QLocale("ar_AE" if say.rtl else "en_GB")


def ltr(name: str) -> str:
    """A domain, an address or an id, isolated and left to right whatever its letters: its labels keep their order."""
    return f"\u2066{name}\u2069"


def source_name(source: str, say: Translation) -> str:
    """Who carried mail, by itself as a name."""
    if source == "own":
        return say("Sent by itself")
    return say("Sending source not known") if source in ("", "unknown") else ltr(contained(source))


def points(value: int, say: Translation) -> str:
    """Signed, with a true minus sign, kept left to right."""
    sign = "+" if value > 0 else "\u2212" if value < 0 else "±"
    return f"\u2066{sign}{say.number(abs(value))}\u2069"
