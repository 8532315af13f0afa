"""Which domains are shown, as a value; and the same in words."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from app.charts.periods import Period
from app.contain import contained
from app.i18n import Translation
from app.model import Authentication, Decision, DomainClass, DomainRow, Relationship, Severity
from app.report import Band
from ui.words import AUTHENTICATIONS, BANDS, DECISIONS, KINDS, RELATIONSHIPS, SEVERITIES, day

DAY, EPOCH = 86_400, date(1970, 1, 1)
_RISING = (Severity.INFO, Severity.LOW, Severity.MEDIUM, Severity.HIGH)
_OR_WORSE = {severity: _RISING[rank:] for rank, severity in enumerate(_RISING)}


@dataclass(frozen=True, slots=True)
class InFolder:
    """A folder, and the domains that wrote into it; empty stands for senders that cannot be read."""

    name: str
    domains: frozenset[str]


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
    severity: Severity | None = None
    """Of its most serious finding, at least."""
    since: date | None = None
    until: date | None = None
    """Its days from the first message to the last touch these days (UTC), both included."""
    folder: InFolder | None = None
    """It wrote into this folder."""

    @property
    def asks_nothing(self) -> bool:
        return replace(self, text=self.text.strip()) == DomainFilter()

    @property
    def asks_more(self) -> bool:
        """Something of that which the overview asks and the lists above the table do not show."""
        asked = (self.holding, self.scores, self.first_seen, self.active, self.severity, self.since, self.until, self.folder)
        return self.needs_a_look or self.imitates or any(each is not None for each in asked)

    def more_holds(self, row: DomainRow, looks: Collection[str] = ()) -> bool:
        """Whether a row is what the overview asks for. `looks`: the domains that need a look (`app.review.looks_of`)."""
        return (
            (not self.needs_a_look or (row.domain or "") in looks)
            and (not self.imitates or imitates(row))
            and (self.holding is None or row.counts.get(self.holding, 0) > 0)
            and (self.scores is None or self.scores[0] <= row.worst <= self.scores[1])
            and (self.first_seen is None or _overlaps(self.first_seen, row.first_seen, row.first_seen))
            and (self.active is None or _overlaps(self.active, row.first_seen, row.last_seen))
            and (self.folder is None or (row.domain or "") in self.folder.domains)
            and (self.severity is None or _at_least(self.severity, row))
            and (self.since is None or (row.last_seen is not None and row.last_seen >= _seconds(self.since)))
            and (self.until is None or (row.first_seen is not None and row.first_seen < _seconds(self.until) + DAY))
        )


def imitates(row: DomainRow) -> bool:
    """A check found that the name looks like another's."""
    return any(finding.id.startswith("lookalike") and finding.points < 0 for finding in row.findings)


def _at_least(severity: Severity, row: DomainRow) -> bool:
    wanted = _OR_WORSE[severity]
    for finding in row.findings:  # noqa: SIM110 (asked of 100,000 rows: any() takes twice as long)
        if finding.severity in wanted:
            return True
    return False


@cache
def _seconds(when: date) -> int:
    return (when - EPOCH).days * DAY


def _overlaps(period: Period, first: int | None, last: int | None) -> bool:
    return first is not None and last is not None and first < period.ends and (period.begins is None or last >= period.begins)


def in_words(wanted: DomainFilter, shown: int, total: int, say: Translation) -> str:
    """`Showing 3 of 42 entries: external, proof failed, with “pay”`."""
    if wanted.asks_nothing:
        return say.plural("{n} entry", "All {n} entries", total)
    parts = say(", ").join(words for words, _ in parts_of(wanted, say))
    return say("{count}: {parts}", count=count_in_words(shown, total, say), parts=parts)


def count_in_words(shown: int, total: int, say: Translation) -> str:
    return say.plural("Showing {shown} of {n} entry", "Showing {shown} of {n} entries", total, shown=shown)


def parts_of(wanted: DomainFilter, say: Translation) -> list[tuple[str, DomainFilter]]:
    """Each thing that is asked, in words, and the filter without it."""
    nothing = DomainFilter()
    said = {name: _SAID[name](getattr(wanted, name), say) for name in _SAID if getattr(wanted, name) != getattr(nothing, name)}
    return [(words, replace(wanted, **{name: getattr(nothing, name)})) for name, words in said.items() if words]


_SAID: dict[str, Callable[[Any, Translation], str]] = {
    "band": lambda value, say: say(BANDS[value].text).lower(),
    "relationship": lambda value, say: say(RELATIONSHIPS[value].text).lower(),
    "authentication": lambda value, say: say(AUTHENTICATIONS[value].text).lower(),
    "decision": lambda value, say: say(DECISIONS[value].text).lower(),
    "kind": lambda value, say: say(KINDS[value].text).lower(),
    "needs_a_look": lambda value, say: say("needs a look"),
    "imitates": lambda value, say: say("looks like another name"),
    "holding": lambda value, say: say("with messages: {kind}", kind=say(AUTHENTICATIONS[value].text).lower()),
    "scores": lambda value, say: say("lowest score {low} to {high}", low=value[0], high=value[1]),
    "first_seen": lambda value, say: say("first seen: {when}", when=value.label(say)),
    "active": lambda value, say: say("wrote in: {when}", when=value.label(say)),
    "severity": lambda value, say: say("most serious finding at least: {level}", level=say(SEVERITIES[value].text).lower()),
    "since": lambda value, say: say("wrote on or after {when}", when=day(_seconds(value), say)),
    "until": lambda value, say: say("wrote on or before {when}", when=day(_seconds(value), say)),
    "folder": lambda value, say: say("in the folder {name}", name=contained(value.name)),
    "text": lambda value, say: say("with “{text}”", text=value.strip()) if value.strip() else "",
}
