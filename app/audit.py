"""From what has been read to a Report: gathers the context, has every claim judged, and adds the books. Used by the window and the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from app.assess import assess_proven, prove_all
from app.basis import Known, Reading, Wishes, total
from app.cycles import without_cycle_search
from app.domains import Organisations
from app.judge import Judge, acquainted
from app.mail.border import given, learn
from app.model import (
    Border,
    BorderSource,
    Claim,
    ClaimRecord,
    Context,
    Correspondent,
    DomainClass,
    Evidence,
    MessageRow,
    Report,
    Scope,
)
from app.rejudge import Said, rejudged, same_policy
from app.several import borders_together, earliest, id_in_several, joined, latest
from app.shelf import unjudged
from app.store.cache import Cache


@without_cycle_search()
def report_of(readings: Sequence[Reading], wishes: Wishes, known: Known, created: int) -> Report:
    """Judge what was read. `created` is the time of the audit in seconds since 1970 UTC; exceptions lapse by its day."""
    organisations = Organisations(known.facts)
    shared = _left_out(readings)
    context = Context(
        own_domains=wishes.own_domains,
        facts=known.facts,
        exceptions=known.exceptions,
        decisions=known.decisions,
        correspondents=_correspondents(readings),
        samples=wishes.samples,
        today=datetime.fromtimestamp(created, UTC).date(),
    )
    borders, mailboxes = [], []
    for reading in readings:  # of each mailbox its own servers are believed
        records = list(with_outside_replies(reading.cache, organisations))
        if len(readings) > 1:
            records = [_in_several(reading.source, record) for record in records]
        border = border_of(records, replace(wishes, pinned_servers=reading.pinned_servers or wishes.pinned_servers))
        borders.append(border)
        mailboxes.append(prove_all(records, replace(context, border=border), organisations))
    proven, renamed = joined(mailboxes)
    context = replace(context, border=borders_together(borders))
    folders = tuple(folder for reading in readings for folder in reading.cache.folders(reading.source))
    scan = total([reading.scan for reading in readings])
    acquaintance = acquainted(context, proven, organisations)
    return Report(
        created=created,
        scope=Scope(tuple(reading.source for reading in readings), wishes.own_domains, folders, wishes.since, context.border),
        scan=replace(scan, messages=scan.messages - shared, duplicates=scan.duplicates + shared),
        domains=assess_proven(proven, context, acquaintance, organisations),
        decisions=known.decisions,
        exceptions=known.exceptions,
        messages=_messages(readings, renamed) if wishes.messages else None,
        correspondents=context.correspondents,
        months=_months(readings, renamed),
        acquaintance=acquaintance,
    )


def _left_out(readings: Sequence[Reading]) -> int:
    """How many messages are in two of the caches: there the later one does not count them."""
    if len(readings) == 1:
        return 0
    seen: set[bytes] = set()
    shared = 0
    for reading in readings:
        digests = reading.cache.digests()
        again = digests & seen
        reading.cache.leave_out(again)
        shared += len(again)
        seen |= digests
    return shared


def context_of(report: Report, known: Known, created: int) -> Context:
    """What a report's mail is judged with, once its decisions and exceptions are those that are known and the day is that of `created`."""
    return Context(
        own_domains=report.scope.own_domains,
        border=report.scope.border,
        facts=known.facts,
        exceptions=known.exceptions,
        decisions=known.decisions,
        correspondents=report.correspondents,
        today=datetime.fromtimestamp(created, UTC).date(),
    )


@without_cycle_search()
def decided(report: Report, known: Known, created: int, said: Callable[[], Iterable[Said]]) -> Report:
    """The same mail after other decisions or exceptions, or on another day: only what they can touch is judged again."""
    organisations = Organisations(known.facts)
    before = context_of(report, Known(known.facts, report.exceptions, report.decisions), report.created)
    after = context_of(report, known, created)
    now = replace(report, created=created, decisions=known.decisions, exceptions=known.exceptions)
    if same_policy(before, after):
        return now
    acquaintance = report.acquaintance or acquainted(before, [(c.record, c.proof) for row in report.domains for c in row.claims], organisations)
    carried = report.tallies.carried if report.tallies else None
    domains = rejudged(report.domains, before, Judge(after, acquaintance, organisations), organisations, said, carried)
    return replace(now, domains=domains, acquaintance=acquaintance)


@without_cycle_search()
def reassessed(report: Report, wishes: Wishes, known: Known, *, same_servers: bool = True) -> Report:
    """The same mail judged with other own domains or decisions; nothing is read again. With the servers believed, every proof stays too."""
    proven = [pair for _, claims in unjudged(report.domains) for pair in claims]
    records = [record for record, _ in proven]
    context = Context(
        own_domains=wishes.own_domains,
        border=report.scope.border if same_servers else border_of(records, wishes),
        facts=known.facts,
        exceptions=known.exceptions,
        decisions=known.decisions,
        correspondents=report.correspondents,
        today=datetime.fromtimestamp(report.created, UTC).date(),
    )
    organisations = Organisations(known.facts)
    if not same_servers:
        proven = prove_all(records, context, organisations)
    acquaintance = acquainted(context, proven, organisations)
    return replace(
        report,
        scope=replace(report.scope, own_domains=context.own_domains, border=context.border),
        domains=assess_proven(proven, context, acquaintance, organisations),
        decisions=known.decisions,
        exceptions=known.exceptions,
        tallies=None,
        acquaintance=acquaintance,
    )


def border_of(records: Sequence[ClaimRecord], wishes: Wishes) -> Border:
    """The servers the user named, else those that the mailbox itself shows to be its own."""
    evidence = _counted(records)
    if wishes.trusted_servers:
        return given(wishes.trusted_servers, evidence)
    if wishes.pinned_servers:
        return given(wishes.pinned_servers, evidence, BorderSource.PINNED)
    return Border() if wishes.samples else learn(evidence)


def _counted(records: Iterable[ClaimRecord]) -> Iterable[tuple[Evidence, int]]:
    """The evidence of claims with its messages; claims that have the same object have it once."""
    found: dict[int, Evidence] = {}
    messages: Counter[int] = Counter()
    for record in records:
        evidence = record.claim.evidence
        found[id(evidence)] = evidence
        messages[id(evidence)] += record.messages
    return zip(found.values(), messages.values(), strict=True)


def with_outside_replies(cache: Cache, organisations: Organisations) -> Iterator[ClaimRecord]:
    """The claims of a cache, with the answers counted that come from outside the conversation they answer.

    Somebody of an organisation that was written to belongs to it; at a shared provider only the address itself does.
    """
    answers: dict[str, list[frozenset[str]]] = {}
    for answer in cache.answers():
        answers.setdefault(answer.claim, []).append(answer.sent_to)
    for record in cache.claims():
        sent = answers.get(record.id)
        outside = sum(not _is_party(record.claim, sent_to, organisations) for sent_to in sent) if sent else 0
        yield replace(record, outside_replies=outside) if outside else record


def _is_party(claim: Claim, sent_to: frozenset[str], organisations: Organisations) -> bool:
    if claim.address in sent_to:
        return True
    organisation = organisations.organisation(claim.domain)
    if organisations.class_of(organisation) is DomainClass.SHARED_PROVIDER:
        return False
    return any(organisations.organisation(address.rpartition("@")[2]) == organisation for address in sent_to)


def _correspondents(readings: Sequence[Reading]) -> dict[str, Correspondent]:
    known: dict[str, Correspondent] = {}
    for reading in readings:
        for address, other in reading.cache.correspondents().items():
            mine = known.get(address)
            known[address] = other if mine is None else Correspondent(
                address, mine.messages + other.messages, earliest(mine.first_sent, other.first_sent), latest(mine.last_sent, other.last_sent)
            )
    return known


def _months(readings: Sequence[Reading], renamed: Sequence[Mapping[str, str]]) -> dict[tuple[str, str], int]:
    months: Counter[tuple[str, str]] = Counter()
    for reading, others in zip(readings, renamed, strict=True):
        found = reading.cache.months()
        months.update({(others.get(claim, claim), month): messages for (claim, month), messages in found.items()} if others else found)
    return months


def _messages(readings: Sequence[Reading], renamed: Sequence[Mapping[str, str]]) -> tuple[MessageRow, ...]:
    several = len(readings) > 1
    return tuple(
        replace(row, id=id_in_several(reading.source, row.id) if several else row.id, claim=others.get(row.claim, row.claim))
        for reading, others in zip(readings, renamed, strict=True)
        for row in reading.cache.messages()
    )


def _in_several(source: str, record: ClaimRecord) -> ClaimRecord:
    return replace(record, examples=tuple(replace(example, id=id_in_several(source, example.id)) for example in record.examples))
