"""After another decision or exception: which domains it can touch, and these judged again. Pure; the result is what judging everything anew would give."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cache

from app.assess import in_order, judged_row
from app.decisions import in_force, is_due, is_within
from app.judge import DomainFacts, Judge
from app.lookalike import Target, Targets, named_in_local_part, resemblances
from app.model import Authentication, Carried, Context, DecisionRecord, DomainRow, ExceptionRule
from app.patterns import ANY, base_of
from app.people import NameIndex, Organisation, words_of
from app.shelf import ShelvedClaims, shelved, unjudged

FEW = 32
"""Domains that are judged again whose claims stay at hand, as they may be on the screen; more would fill the memory."""
Said = tuple[str, str, str]
"""What a claim says of its author: domain, address, display name."""


def rejudged(
    rows: Sequence[DomainRow], before: Context, judge: Judge, domains: DomainFacts, said: Callable[[], Iterable[Said]],
    carried: Iterable[Carried] | None = None,
) -> tuple[DomainRow, ...]:
    """`rows`, judged in the context `before`, as `judge` sees them, whose context differs in decisions, exceptions and the day alone.

    `said`: every claim of the mailbox; asked only where another name has become one that may be imitated. `carried`: who is named and who
    carried it, looked at only for an exception for any domain; None: not known, so that one can touch every domain of its kind.
    """
    names = _touched([row.domain or "" for row in rows], before, judge, domains, said, carried)
    touched = [row for row in rows if (row.domain or "") in names]
    return in_order([*(row for row in rows if (row.domain or "") not in names), *_again(touched, judge, domains)])


def same_policy(before: Context, after: Context) -> bool:
    """Whether the decisions and exceptions that hold are the same."""
    return _decisions(before) == _decisions(after) and _exceptions(before) == _exceptions(after)


def _again(rows: Sequence[DomainRow], judge: Judge, domains: DomainFacts) -> Iterator[DomainRow]:
    for before, claims in unjudged(rows):
        row, kept = judged_row(before.domain or "", claims, judge, domains), before.claims
        yield shelved(row, kept.shelf, kept.position, judge) if isinstance(kept, ShelvedClaims) and len(rows) > FEW else row


def _touched(
    names: Iterable[str], before: Context, judge: Judge, domains: DomainFacts, said: Callable[[], Iterable[Said]], carried: Iterable[Carried] | None
) -> set[str]:
    """The domains whose judgement can differ; some more may be among them, none is missing."""
    after = judge.context
    subjects = {record.subject.rpartition("@")[2] for record in _decisions(before) ^ _decisions(after)}
    changed = {rule for rule, _ in _exceptions(before) ^ _exceptions(after)}
    covered = {base_of(rule.domain) for rule in changed} - {""}
    found = subjects | {domains.organisation(name) for name in (*subjects, *covered) if name}
    found |= {name for name in names if any(is_within(name, domain) for domain in covered)}
    if wide := [rule for rule in changed if rule.domain == ANY]:
        sources = {rule.source for rule in wide}
        proven = names if carried is None or "" in sources else _proven_through(sources, carried)
        found |= {name for name in proven if name and any(rule.kind in (None, domains.class_of(name)) for rule in wide)}
    earlier = Judge(before, judge.acquaintance, domains)
    targets = _targets(earlier.targets) ^ _targets(judge.targets)
    organisations = _organisations(earlier.names) ^ _organisations(judge.names)
    if targets or organisations:
        found |= _imitators(targets, organisations, domains, said())
    return found


def _proven_through(sources: Container[str], carried: Iterable[Carried]) -> set[str]:
    """The registrable domains of which something is proven that came through one of these sources: all that such an exception can hold for."""
    return {name for name, _, source, authentication in carried if source in sources and authentication is Authentication.AUTHENTICATED}


def _imitators(targets: set[Target], organisations: set[Organisation], domains: DomainFacts, said: Iterable[Said]) -> set[str]:
    """The domains of claims that any of these names could be found in."""
    single = [Targets([target], (), domains.organisation, domains.class_of) for target in sorted(targets, key=lambda target: (target.domain, target.label))]
    by_first: dict[str, list[Organisation]] = {}
    for organisation in organisations:
        by_first.setdefault(organisation.words[0], []).append(organisation)
    index = NameIndex({first: tuple(known) for first, known in by_first.items()})
    alike = cache(lambda domain: any(resemblances(domain, each) for each in single))
    names = cache(lambda name: index.organisation_in(words_of(name), "", "") is not None)
    speaks = cache(lambda local: any(named_in_local_part(local, each) for each in single))
    found = set()
    for domain, address, name in said:
        if (domain and (alike(domain) or speaks(address.rpartition("@")[0]))) or names(name):
            found.add(domains.organisation(domain) if domain else "")
    return found


def _decisions(context: Context) -> set[DecisionRecord]:
    return {record for record in context.decisions if not is_due(record, context.today)}


def _exceptions(context: Context) -> set[tuple[ExceptionRule, bool]]:
    holding = in_force(context.exceptions, context.today)
    return {(rule, rule in holding) for rule in context.exceptions}


def _targets(targets: Targets) -> set[Target]:
    return {*targets.domains.values(), *(target for known in targets.parts.values() for _, target in known)}


def _organisations(names: NameIndex) -> set[Organisation]:
    return {organisation for known in names.organisations.values() for organisation in known}
