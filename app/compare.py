"""Two frozen audits → what changed between them. Pure: two JSON reports (version 1) in, one `Comparison` out.

A difference that may come from how the two audits were made (other rules, folders, own domains …) is a `Caveat`, so that it is not
blamed on the senders. Domains are compared by their registrable name; `None` is the row of messages without a readable one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.model import Authentication, Decision, Direction, DomainClass, ExceptionRule, Relationship, ScanStatus

SCORE_MOVED = 5
"""Points by which a domain's lowest score moves before it is told."""
_RANK = {Authentication.AUTHENTICATED: 2, Authentication.MIXED: 1, Authentication.NOT_ESTABLISHED: 0, Authentication.FAILED: 0}


class Caveat(StrEnum):
    """Why a difference may not be the senders' doing."""

    OTHER_SOURCES = "other_sources"
    OTHER_RULES = "other_rules"
    OTHER_OWN_DOMAINS = "other_own_domains"
    OTHER_FOLDERS = "other_folders"
    OTHER_DATES = "other_dates"
    OTHER_SERVER = "other_server"
    INCOMPLETE = "incomplete"
    LATER_FIRST = "later_first"
    EXCERPT = "excerpt"
    REDACTED = "redacted"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two audits."""

    created: str
    """RFC 3339, UTC."""
    fingerprint: str
    rules: str
    sources: tuple[str, ...]
    status: ScanStatus
    messages: int
    domains: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A domain that is in one of the two audits alone, as it is there."""

    domain: str | None
    relationship: Relationship
    authentication: Authentication
    worst: int
    messages: int


@dataclass(frozen=True, slots=True)
class ProofChange:
    """How a domain was proven, and how it is now."""

    domain: str | None
    before: Authentication
    after: Authentication
    identifiers: tuple[str, ...]
    """Those that are gone, or new: `dkim:example.com`."""


@dataclass(frozen=True, slots=True)
class SourceChange:
    """A domain's mail that came over a way not seen before."""

    domain: str | None
    source: str
    authentication: Authentication
    messages: int


@dataclass(frozen=True, slots=True)
class RelationshipChange:
    domain: str | None
    before: Relationship
    after: Relationship


@dataclass(frozen=True, slots=True)
class DecisionChange:
    subject: str
    before: Decision
    after: Decision
    by: str
    """Who recorded the later one; empty: nobody, or it was taken back."""


@dataclass(frozen=True, slots=True)
class ExceptionChange:
    rule: ExceptionRule
    """As far as it makes one rule another: without who, why and until when."""
    added: bool
    """Or removed."""


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """The lowest score of a domain in both audits."""

    domain: str | None
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class CountChange:
    domain: str | None
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from the earlier audit to the later. Each list has the most important first."""

    earlier: Side
    later: Side
    caveats: tuple[Caveat, ...]
    new_domains: tuple[Seen, ...]
    gone_domains: tuple[Seen, ...]
    lost_proofs: tuple[ProofChange, ...]
    gained_proofs: tuple[ProofChange, ...]
    new_sources: tuple[SourceChange, ...]
    relationships: tuple[RelationshipChange, ...]
    decisions: tuple[DecisionChange, ...]
    exceptions: tuple[ExceptionChange, ...]
    scores: tuple[ScoreChange, ...]
    counts: tuple[CountChange, ...]


def compared(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> Comparison:
    """Compare two JSON reports. KeyError, TypeError, ValueError or AttributeError where one is not as version 1 says."""
    before, after = _rows(earlier), _rows(later)
    both = [name for name in after if name in before]
    return Comparison(
        earlier=_side(earlier),
        later=_side(later),
        caveats=tuple(_caveats(earlier, later)),
        new_domains=_seen(after, before),
        gone_domains=_seen(before, after),
        lost_proofs=tuple(_proofs(both, before, after, lost=True)),
        gained_proofs=tuple(_proofs(both, before, after, lost=False)),
        new_sources=tuple(_sources(both, before, after)),
        relationships=tuple(_relationships(both, before, after)),
        decisions=tuple(_decisions(earlier["decisions"], later["decisions"])),
        exceptions=tuple(_exceptions(earlier["exceptions"], later["exceptions"])),
        scores=_scores(both, before, after),
        counts=_counts(both, before, after),
    )


def domains_of(document: Mapping[str, Any]) -> tuple[Seen, ...]:
    """The domains of one JSON report, the most doubtful first; raises as `compared` does."""
    return _seen(_rows(document), {})


_Row = Mapping[str, Any]
_Rows = Mapping[str | None, _Row]


def _rows(document: _Row) -> _Rows:
    return {row["domain"]: row for row in document["domains"]}


def _side(document: _Row) -> Side:
    scan = document["scan"]
    return Side(
        created=document["created"],
        fingerprint=document["fingerprint"],
        rules=str(document["program"]["rules"]),
        sources=tuple(document["scope"]["sources"]),
        status=ScanStatus(scan["status"]),
        messages=int(scan["messages"]),
        domains=sum(row["domain"] is not None for row in document["domains"]),
    )


def _caveats(earlier: _Row, later: _Row) -> Iterable[Caveat]:
    one, other = earlier["scope"], later["scope"]
    redacted = any(each.get("redacted") for each in (one, other))
    differs = {
        Caveat.OTHER_SOURCES: set(one["sources"]) != set(other["sources"]) and not redacted,
        Caveat.OTHER_RULES: earlier["program"]["rules"] != later["program"]["rules"],
        Caveat.OTHER_OWN_DOMAINS: set(one["own_domains"]) != set(other["own_domains"]),
        Caveat.OTHER_FOLDERS: _folders(one) != _folders(other) and not redacted,
        Caveat.OTHER_DATES: one["since"] != other["since"],
        Caveat.OTHER_SERVER: {each["id"] for each in one["border"]} != {each["id"] for each in other["border"]},
        Caveat.INCOMPLETE: any(each["scan"]["status"] != ScanStatus.COMPLETE for each in (earlier, later)),
        Caveat.LATER_FIRST: earlier["created"] > later["created"],
        Caveat.EXCERPT: any("left_out" in each for each in (one, other)),
        Caveat.REDACTED: redacted,
    }
    return (caveat for caveat, holds in differs.items() if holds)


def _folders(scope: _Row) -> set[tuple[str, str]]:
    return {(folder["source"], folder["name"]) for folder in scope["folders"]}


def _seen(rows: _Rows, elsewhere: _Rows) -> tuple[Seen, ...]:
    found = [
        Seen(name, Relationship(row["relationship"]), Authentication(row["authentication"]), int(row["worst"]), int(row["messages"]))
        for name, row in rows.items()
        if name not in elsewhere
    ]
    return tuple(sorted(found, key=lambda seen: (seen.worst, -seen.messages, seen.domain or "")))


def _proofs(both: Iterable[str | None], before: _Rows, after: _Rows, *, lost: bool) -> Iterable[ProofChange]:
    for name in both:
        was, now = Authentication(before[name]["authentication"]), Authentication(after[name]["authentication"])
        old, new = _identifiers(before[name]), _identifiers(after[name])
        identifiers = old - new if lost else new - old
        moved = _RANK[now] < _RANK[was] if lost else _RANK[now] > _RANK[was]
        if identifiers or moved:
            yield ProofChange(name, was, now, tuple(sorted(identifiers)))


def _identifiers(row: _Row) -> set[str]:
    return {proof for claim in row["claims"] for proof in claim["proof"]}


def _sources(both: Iterable[str | None], before: _Rows, after: _Rows) -> Iterable[SourceChange]:
    for name in both:
        known = {claim["source"] for claim in before[name]["claims"]}
        fresh: dict[tuple[str, Authentication], int] = {}
        for claim in after[name]["claims"]:
            if claim["source"] and claim["source"] not in known:
                key = str(claim["source"]), Authentication(claim["authentication"])
                fresh[key] = fresh.get(key, 0) + int(claim["messages"])
        for (source, authentication), messages in sorted(fresh.items()):
            yield SourceChange(name, source, authentication, messages)


def _relationships(both: Iterable[str | None], before: _Rows, after: _Rows) -> Iterable[RelationshipChange]:
    for name in both:
        was, now = Relationship(before[name]["relationship"]), Relationship(after[name]["relationship"])
        if was is not now:
            yield RelationshipChange(name, was, now)


def _decisions(earlier: Iterable[_Row], later: Iterable[_Row]) -> Iterable[DecisionChange]:
    before, after = ({record["subject"]: record for record in records} for records in (earlier, later))
    for subject in sorted({*before, *after}):
        was, now = (Decision(each[subject]["decision"]) if subject in each else Decision.UNREVIEWED for each in (before, after))
        if was is not now:
            yield DecisionChange(subject, was, now, (after[subject]["by"] or "") if subject in after else "")


def _exceptions(earlier: Iterable[_Row], later: Iterable[_Row]) -> Iterable[ExceptionChange]:
    before, after = ({(rule["domain"], rule["direction"], rule["source"] or "", rule.get("class") or "") for rule in rules} for rules in (earlier, later))
    for domain, direction, source, kind in sorted(before ^ after):
        rule = ExceptionRule(domain, Direction(direction), source, kind=DomainClass(kind) if kind else None)
        yield ExceptionChange(rule, (domain, direction, source, kind) in after)


def _scores(both: Iterable[str | None], before: _Rows, after: _Rows) -> tuple[ScoreChange, ...]:
    """Those that fell furthest first."""
    changes = (ScoreChange(name, int(before[name]["worst"]), int(after[name]["worst"])) for name in both)
    return tuple(sorted((each for each in changes if abs(each.after - each.before) >= SCORE_MOVED), key=lambda each: each.after - each.before))


def _counts(both: Iterable[str | None], before: _Rows, after: _Rows) -> tuple[CountChange, ...]:
    changes = (CountChange(name, int(before[name]["messages"]), int(after[name]["messages"])) for name in both)
    return tuple(sorted((each for each in changes if each.after != each.before), key=lambda each: -abs(each.after - each.before)))
