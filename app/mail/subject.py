"""A message's subject: kept as its octets, since few of those that are read are ever shown, and decoded when it is."""

from __future__ import annotations

from app.mail.headers import unfolded
from app.mail.words import MAX_TEXT, decode

MAX_SUBJECT = 500
"""Characters; a longer subject is cut."""


def subject_octets(value: bytes) -> bytes:
    """Of a Subject field, which may be folded still, the octets that `subject_text` makes use of."""
    return unfolded(value)[: MAX_TEXT + 1]


def subject_text(octets: bytes) -> str:
    """As a mail program shows it; never raises."""
    return decode(octets)[:MAX_SUBJECT]
