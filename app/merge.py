"""Reports of many mailboxes become one. Nothing is judged again: claims keep their scores, counts add up, and rows are rolled up from their claims."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.assess import rolled_up_again
from app.basis import total
from app.errors import UserError
from app.i18n import mark
from app.model import Authentication, DomainRow, JudgedClaim, MessageRow, Report, Scope
from app.several import added, borders_together

Key = tuple[str, Authentication]
"""A claim, and what stood behind it: two mailboxes may believe different servers, and must then not be added up."""


def merge(reports: Sequence[Report], created: int) -> Report:
    """`created` in seconds since 1970 UTC. Raises UserError `input` where a mailbox is in two of the reports."""
    _check_sources(reports)
    ids = _ids(reports)
    return Report(
        created=created,
        scope=_scope([report.scope for report in reports]),
        scan=total([report.scan for report in reports]),
        domains=tuple(_rows(reports, ids)),
        decisions=tuple(dict.fromkeys(each for report in reports for each in report.decisions)),
        exceptions=tuple(dict.fromkeys(each for report in reports for each in report.exceptions)),
        messages=_messages(reports, ids),
    )


def _check_sources(reports: Sequence[Report]) -> None:
    times = Counter(source for report in reports for source in set(report.scope.sources))
    for source, n in times.items():
        if n > 1:
            raise UserError("input", path=source, reason=mark("this mailbox is in two of the reports, and its messages would be counted twice"))


def _ids(reports: Sequence[Report]) -> Mapping[Key, str]:
    """An id for each claim and proof: the claim's own, longer where another mailbox saw it otherwise proven."""
    first: dict[str, Authentication] = {}
    ids: dict[Key, str] = {}
    for claim in _claims(reports):
        id, authentication = claim.record.id, claim.proof.authentication
        same = first.setdefault(id, authentication) is authentication
        ids[id, authentication] = id if same else f"{id}-{authentication}"
    return ids


def _claims(reports: Iterable[Report]) -> Iterator[JudgedClaim]:
    return (claim for report in reports for row in report.domains for claim in row.claims)


def _rows(reports: Sequence[Report], ids: Mapping[Key, str]) -> list[DomainRow]:
    rows: dict[str | None, list[tuple[Report, DomainRow]]] = defaultdict(list)
    for report in reports:
        for row in report.domains:
            rows[row.domain].append((report, row))
    merged = []
    for domain, same in rows.items():
        claims: dict[str, JudgedClaim] = {}
        for report, row in same:
            for claim in row.claims:
                id = ids[claim.record.id, claim.proof.authentication]
                claims[id] = _together(claims.get(id), _named(claim, id, report))
        merged.append(rolled_up_again(domain or "", same[0][1].domain_class, claims.values(), same[0][1].unicode))
    return sorted(merged, key=lambda row: (row.worst, -row.messages, row.domain or ""))


def _named(claim: JudgedClaim, id: str, report: Report) -> JudgedClaim:
    examples = tuple(replace(example, id=_message_id(report, example.id)) for example in claim.record.examples)
    return replace(claim, record=replace(claim.record, id=id, examples=examples))


def _together(known: JudgedClaim | None, other: JudgedClaim) -> JudgedClaim:
    """One claim of two mailboxes: the counts of both, the judgement of the more careful."""
    if known is None:
        return other
    judgement = other if other.score < known.score else known
    record = added(known.record, other.record)
    findings = tuple(finding._replace(messages=record.messages) for finding in judgement.findings)
    return replace(judgement, record=record, findings=findings)


def _messages(reports: Sequence[Report], ids: Mapping[Key, str]) -> tuple[MessageRow, ...] | None:
    """Only where every report has them."""
    rows: list[MessageRow] = []
    for report in reports:
        if report.messages is None:
            return None
        authentication = {claim.record.id: claim.proof.authentication for claim in _claims([report])}
        rows += [replace(row, id=_message_id(report, row.id), claim=ids[row.claim, authentication[row.claim]]) for row in report.messages]
    return tuple(rows)


def _message_id(report: Report, id: str) -> str:
    """A report of several sources has them in its ids already."""
    return f"{report.scope.sources[0]}/{id}" if len(report.scope.sources) == 1 else id


def _scope(scopes: Sequence[Scope]) -> Scope:
    days = {scope.since for scope in scopes}
    since: date | None = days.pop() if len(days) == 1 else None
    return Scope(
        sources=tuple(source for scope in scopes for source in scope.sources),
        own_domains=tuple(dict.fromkeys(domain for scope in scopes for domain in scope.own_domains)),
        folders=tuple(folder for scope in scopes for folder in scope.folders),
        since=since,
        border=borders_together(scope.border for scope in scopes),
    )
