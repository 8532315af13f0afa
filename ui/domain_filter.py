"""Which domains are shown, as a value; and the same in words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.i18n import Translation
from app.model import Authentication, Decision, DomainClass, Relationship
from app.report import Band
from ui.words import AUTHENTICATIONS, BANDS, DECISIONS, KINDS, RELATIONSHIPS


@dataclass(frozen=True, slots=True)
class DomainFilter:
    """What a row must be to be shown; None and "" ask nothing."""

    text: str = ""
    relationship: Relationship | None = None
    authentication: Authentication | None = None
    decision: Decision | None = None
    band: Band | None = None
    """Of the lowest score."""
    kind: DomainClass | None = None

    @property
    def asks_nothing(self) -> bool:
        return replace(self, text=self.text.strip()) == DomainFilter()


def in_words(wanted: DomainFilter, shown: int, total: int, say: Translation) -> str:
    """`Showing 3 of 42 entries: external, proof failed, with “pay”`."""
    if wanted.asks_nothing:
        return say.plural("{n} entry", "All {n} entries", total)
    chosen = [
        wanted.band and BANDS[wanted.band],
        wanted.relationship and RELATIONSHIPS[wanted.relationship],
        wanted.authentication and AUTHENTICATIONS[wanted.authentication],
        wanted.decision and DECISIONS[wanted.decision],
        wanted.kind and KINDS[wanted.kind],
    ]
    parts = [say(word.text).lower() for word in chosen if word]
    if wanted.text.strip():
        parts.append(say("with “{text}”", text=wanted.text.strip()))
    count = say.plural("Showing {shown} of {n} entry", "Showing {shown} of {n} entries", total, shown=shown)
    return say("{count}: {parts}", count=count, parts=say(", ").join(parts))
