"""What a check is, what it is given, and the text that goes with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.lookalike import Resemblance
from app.model import (
    ClaimRecord,
    Confidence,
    Context,
    DomainClass,
    Finding,
    Proof,
    Relationship,
    Severity,
)


@dataclass(frozen=True, slots=True)
class CheckText:
    """A check's words in English, marked for translation; `{name}` is a parameter of the finding."""

    title: str
    seen: str
    why: str
    innocent: str
    advice: str


@dataclass(frozen=True, slots=True)
class History:
    """What the mailbox knows of one organisation's domain, over all its claims."""

    messages: int = 0
    authenticated: int = 0
    first_seen: int | None = None
    last_seen: int | None = None
    first_authenticated: int | None = None
    last_authenticated: int | None = None
    sources: Mapping[str, int] = field(default_factory=dict)
    """Sending source -> authenticated messages through it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One claim with all that may be asked about it. Pure values and pure functions."""

    record: ClaimRecord
    proof: Proof
    relationship: Relationship
    organisation: str
    """Registrable domain of the author; empty where there is no clear author."""
    domain_class: DomainClass
    history: History
    resemblances: tuple[Resemblance, ...]
    """What the author domain resembles."""
    context: Context
    organisation_of: Callable[[str], str]
    class_of: Callable[[str], DomainClass]


@dataclass(frozen=True, slots=True)
class Check:
    """One question asked of every claim."""

    id: str
    severity: Severity
    confidence: Confidence
    points: int
    text: CheckText

    def finding(
        self,
        *,
        severity: Severity | None = None,
        confidence: Confidence | None = None,
        points: int | None = None,
        **params: str | int,
    ) -> Finding:
        """The check's finding; what differs from its defaults is named."""
        return Finding(
            self.id,
            severity or self.severity,
            confidence or self.confidence,
            self.points if points is None else points,
            tuple(params.items()),
        )


Run = Callable[[Subject], Finding | None]
