"""Which domains are shown, as a value; and the same in words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.charts.periods import Period
from app.i18n import Translation
from app.model import Authentication, Decision, DomainClass, DomainRow, Relationship
from app.report import Band, needs_a_look
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
    needs_a_look: bool = False
    imitates: bool = False
    holding: Authentication | None = None
    """Some of its messages are so."""
    scores: tuple[int, int] | None = None
    """Where its lowest score lies, both included."""
    first_seen: Period | None = None
    active: Period | None = None
    """It wrote before the end of this, and after its beginning."""

    @property
    def asks_nothing(self) -> bool:
        return replace(self, text=self.text.strip()) == DomainFilter()

    @property
    def asks_more(self) -> bool:
        """Something of that which the overview asks and the lists above the table do not show."""
        return self.needs_a_look or self.imitates or (self.holding, self.scores, self.first_seen, self.active) != (None,) * 4

    def more_holds(self, row: DomainRow) -> bool:
        """Whether a row is what the overview asks for."""
        return (
            (not self.needs_a_look or needs_a_look(row))
            and (not self.imitates or imitates(row))
            and (self.holding is None or row.counts.get(self.holding, 0) > 0)
            and (self.scores is None or self.scores[0] <= row.worst <= self.scores[1])
            and (self.first_seen is None or _overlaps(self.first_seen, row.first_seen, row.first_seen))
            and (self.active is None or _overlaps(self.active, row.first_seen, row.last_seen))
        )


def imitates(row: DomainRow) -> bool:
    """A check found that the name looks like another's."""
    return any(finding.id.startswith("lookalike") and finding.points < 0 for finding in row.findings)


def _overlaps(period: Period, first: int | None, last: int | None) -> bool:
    return first is not None and last is not None and first < period.ends and (period.begins is None or last >= period.begins)


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
    parts += more_in_words(wanted, say)
    if wanted.text.strip():
        parts.append(say("with “{text}”", text=wanted.text.strip()))
    count = say.plural("Showing {shown} of {n} entry", "Showing {shown} of {n} entries", total, shown=shown)
    return say("{count}: {parts}", count=count, parts=say(", ").join(parts))


def more_in_words(wanted: DomainFilter, say: Translation) -> list[str]:
    """What the overview asks for, in words."""
    parts = [say("needs a look")] if wanted.needs_a_look else []
    if wanted.imitates:
        parts.append(say("looks like another name"))
    if wanted.holding is not None:
        parts.append(say("with messages: {kind}", kind=say(AUTHENTICATIONS[wanted.holding].text).lower()))
    if wanted.scores is not None:
        parts.append(say("lowest score {low} to {high}", low=wanted.scores[0], high=wanted.scores[1]))
    if wanted.first_seen is not None:
        parts.append(say("first seen: {when}", when=wanted.first_seen.label(say)))
    if wanted.active is not None:
        parts.append(say("wrote in: {when}", when=wanted.active.label(say)))
    return parts
