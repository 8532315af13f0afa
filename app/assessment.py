"""A judgement as text for the cache, and back as a report: domains at once, their claims when they are looked at.

What is looked at later is judged then, by the same judge in the same context, so it is what it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from app import RULES, __version__
from app.domains import lists_version
from app.later import Later, LaterMapping
from app.model import (
    Acquaintance,
    AddressRow,
    Authentication,
    Border,
    BorderServer,
    BorderSource,
    Carried,
    Confidence,
    Correspondent,
    Decision,
    DecisionRecord,
    Direction,
    DomainClass,
    DomainRow,
    ExceptionRule,
    Finding,
    FolderScope,
    Person,
    Relationship,
    Report,
    Scan,
    Scope,
    Severity,
    Tallies,
)
from app.report import tallies_of
from app.shelf import Shelf, ShelvedClaims
from app.store.assessed import AssessedRow
from app.store.database import sense

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from app.store.cache import Cache

FORM = 2
"""Of the texts below: a judgement that was kept in another one is made anew."""
Months = Mapping[tuple[str, str], int]
_AUTHENTICATIONS = {value.value: value for value in Authentication}


@dataclass(frozen=True, slots=True)
class Key:
    """What a stored judgement rests on besides the messages, the decisions and the exceptions."""

    own_domains: tuple[str, ...] | None
    """As chosen; None: they follow from the source."""
    servers: tuple[str, ...]
    """Those that are pinned."""

    def text(self, cache: Cache) -> str:
        return json.dumps([FORM, RULES, __version__, lists_version(), self.own_domains, self.servers, cache.assessed.scope()])


def keep(cache: Cache, key: Key, report: Report) -> None:
    """Store the judgement of a whole mailbox; the engine calls this, nobody else writes a cache."""
    rows = (AssessedRow(_encoded(row), (claim.record for claim in row.claims)) for row in report.domains)
    scan = report.scan
    tallies = tallies_of(report)
    carried = json.dumps([[*names, messages] for names, messages in tallies.carried.items()])
    cache.assessed.keep(_head(report, key.text(cache), tallies), rows, (scan.messages, scan.duplicates, scan.unreadable), carried)


def carried_in(cache: Cache) -> dict[Carried, int]:
    """What was stored beside a judgement, and takes a moment to read."""
    with sense(cache.path):
        rows = json.loads(cache.assessed.carried())
        return {(organisation, domain, source, _AUTHENTICATIONS[proof]): messages for organisation, domain, source, proof, messages in rows}


def kept(cache: Cache, key: Key, shelf: Shelf, months: Callable[[], Months], carried: Callable[[], dict[Carried, int]]) -> Report | None:
    """The stored judgement with the decisions of its day, where it rests on the same; the claims stay on the `shelf`."""
    text = cache.assessed.head()
    if text is None:
        return None
    with sense(cache.path):
        head = json.loads(text)
        books = cache.last_scan(head["counted"])
        if books is None or head["key"] != key.text(cache):
            return None
        rows = tuple(_decoded(json.loads(body), position, shelf) for position, body in enumerate(cache.assessed.bodies()))
        return _report(head, books[0], rows, months, carried)


# The whole ---------------------------------------------------------------------------------------------------------


def _head(report: Report, key: str, tallies: Tallies) -> str:
    scope, scan = report.scope, report.scan
    known = report.acquaintance or Acquaintance()
    return json.dumps(
        {
            "key": key,
            "created": report.created,
            "scope": [scope.sources, scope.own_domains, [_fields(each) for each in scope.folders], _day(scope.since)],
            "border": [_fields(each) for each in scope.border.servers],
            "counted": [scan.messages, scan.duplicates, scan.unreadable],
            "decisions": [[*_fields(each)[:5], _day(each.until), each.proofs] for each in report.decisions],
            "exceptions": [[*_fields(each)[:5], _day(each.until), each.kind] for each in report.exceptions],
            "correspondents": [_fields(each) for each in report.correspondents.values()],
            "traffic": [[*names, messages] for names, messages in tallies.traffic.items()],
            "own_sources": [[*names, messages] for names, messages in tallies.own_sources.items()],
            "people": [[words, person.address, person.colleague] for words, person in known.people.items()],
            "lists": sorted(known.lists),
        }
    )


def _report(
    head: dict[str, Any], scan: Scan, rows: tuple[DomainRow, ...], months: Callable[[], Months], carried: Callable[[], dict[Carried, int]]
) -> Report:
    sources, own_domains, folders, since = head["scope"]
    border = Border(tuple(BorderServer(id, BorderSource(how), *rest) for id, how, *rest in head["border"]))
    return Report(
        created=head["created"],
        scope=Scope(tuple(sources), tuple(own_domains), tuple(FolderScope(*each) for each in folders), _date(since), border),
        scan=scan,
        domains=rows,
        decisions=tuple(_decision(*each) for each in head["decisions"]),
        exceptions=tuple(_exception(*each) for each in head["exceptions"]),
        correspondents={each[0]: Correspondent(*each) for each in head["correspondents"]},
        months=LaterMapping(months),
        tallies=Tallies(_sums(head["traffic"]), _sums(head["own_sources"]), LaterMapping(carried)),
        acquaintance=Acquaintance({tuple(words): Person(address, colleague) for words, address, colleague in head["people"]}, frozenset(head["lists"])),
    )


def _decision(subject: str, decision: str, by: str, reason: str, at: int | None, until: str | None, proofs: list[list[str]]) -> DecisionRecord:
    return DecisionRecord(subject, Decision(decision), by, reason, at, _date(until), tuple((proof, source) for proof, source in proofs))


def _exception(domain: str, direction: str, source: str, approved_by: str, reason: str, until: str | None, kind: str | None) -> ExceptionRule:
    return ExceptionRule(domain, Direction(direction), source, approved_by, reason, _date(until), DomainClass(kind) if kind else None)


def _sums(rows: list[list[Any]]) -> dict[tuple[str, Authentication], int]:
    return {(name, _AUTHENTICATIONS[proof]): messages for name, proof, messages in rows}


# One domain --------------------------------------------------------------------------------------------------------


def _encoded(row: DomainRow) -> str:
    values: list[object] = [row.domain, row.unicode, row.relationship, row.domain_class, row.authentication, row.decision, row.score, row.worst]
    values += [row.confidence, row.messages, row.first_seen, row.last_seen, list(row.counts.items()), row.findings]
    return json.dumps([*values, len(row.addresses), len(row.claims), row.decided], separators=(",", ":"))


def _decoded(values: list[Any], position: int, shelf: Shelf) -> DomainRow:
    domain, unicode, relationship, kind, authentication, decision, score, worst, confidence, messages, first, last, counts, findings, *rest = values
    addresses, claims, decided = rest
    return DomainRow(
        domain=domain,
        unicode=unicode,
        relationship=Relationship(relationship),
        domain_class=DomainClass(kind),
        authentication=_AUTHENTICATIONS[authentication],
        decision=Decision(decision),
        score=score,
        worst=worst,
        confidence=Confidence(confidence),
        messages=messages,
        first_seen=first,
        last_seen=last,
        counts={_AUTHENTICATIONS[state]: n for state, n in counts},
        findings=tuple([_finding(*each) for each in findings]),
        addresses=Later[AddressRow](addresses, lambda: shelf.row(position, None).addresses),
        claims=ShelvedClaims(claims, shelf, position, None),
        decided=decided,
    )


def _finding(id: str, severity: str, confidence: str, points: int, params: list[list[Any]], messages: int) -> Finding:
    return Finding(id, Severity(severity), Confidence(confidence), points, tuple([(name, value) for name, value in params]), messages)


def _fields(value: DataclassInstance) -> list[Any]:
    return [getattr(value, field.name) for field in fields(value)]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
