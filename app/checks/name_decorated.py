"""The display name carries pictures, ornaments or stray punctuation, as names of people and firms hardly do."""

from __future__ import annotations

import re
from functools import lru_cache

from app.checks.base import Check, CheckText, Subject
from app.i18n import mark
from app.model import Confidence, Finding, Severity, Trait

CHECK = Check(
    "name_decorated",
    Severity.LOW,
    Confidence.LOW,
    CheckText(
        title=mark("A decorated name"),
        seen=mark("The sender's name is dressed up with symbols or stray punctuation."),
        why=mark("Decoration draws the eye in a full inbox and keeps filters from comparing the name."),
        innocent=mark("Shops like to put a symbol beside their name."),
        advice=mark("Nothing to do on its own."),
    ),
    {
        "symbols": (Severity.LOW, Confidence.LOW),
    },
)
_STRAY = re.compile(r"^\W*[^\w\s'\"(\[{@#&+.\-\u200c-\u200f\u2066-\u2069«“‘„]|^[\"'.\-]{2}|^-\w|[,;:_=~*^|<>\\/\-\"]\W*$|\s\.\W*$|[\"'!]{3}|[!?]\s*$|,_")
"""Punctuation that no name begins or ends with."""


def check(subject: Subject) -> Finding | None:
    name = subject.claim.name
    if not name or subject.familiar:
        return None
    if Trait.NAME_DECORATED in subject.claim.traits:
        return CHECK.finding("symbols")
    return CHECK.finding() if _is_decorated(name) else None


@lru_cache(65_536)
def _is_decorated(name: str) -> bool:
    return _STRAY.search(name) is not None
