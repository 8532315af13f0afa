"""Several mailboxes as one audit: how their claims, their servers and their endings come together.

A message counts once for each time that it was delivered: to two colleagues is two, with two servers' verdicts. One copy that two accounts show
(a shared folder, a mailbox that was added twice) is one, where all that is read of it and the server's own identity are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from app.model import Authentication, Border, BorderServer, ClaimRecord, Proof, ScanStatus

AT_ONCE = 3
"""Mailboxes that are read at the same time: more of them share the same processors and the same line."""
EXAMPLES = 5
"""Examples kept for a claim that occurs in several mailboxes."""

_WORST_FIRST = (ScanStatus.REFUSED, ScanStatus.ERROR, ScanStatus.CANCELLED, ScanStatus.PARTIAL, ScanStatus.COMPLETE)

Proven = tuple[ClaimRecord, Proof]


def id_in_several(source: str, id: str) -> str:
    """A message's id in an audit of several sources, unique there."""
    return f"{source}/{id}"


def owner_of_message(id: str, sources: Iterable[str]) -> tuple[str, str]:
    """The source of a message, and its id there; in an audit of several, the source stands before it."""
    known = list(sources)
    if len(known) == 1:
        return known[0], id
    source = max((each for each in known if id.startswith(f"{each}/")), key=len)
    return source, id.removeprefix(f"{source}/")


def status_of(statuses: Sequence[ScanStatus]) -> tuple[ScanStatus, int]:
    """How several scans ended as one, and which of them says why. Some failed and some did not: what is there is partial."""
    worst = min(range(len(statuses)), key=lambda at: _WORST_FIRST.index(statuses[at]))
    status = statuses[worst]
    failed = {ScanStatus.ERROR, ScanStatus.REFUSED}
    return (ScanStatus.PARTIAL if status in failed and not failed.issuperset(statuses) else status), worst


def joined(mailboxes: Sequence[Sequence[Proven]]) -> tuple[list[Proven], list[dict[str, str]]]:
    """Equal claims of several mailboxes as one, with the counts of all; and for each mailbox the ids that are others now.

    A claim that two mailboxes' servers saw proven differently stays two, and the later one gets the id `<id>-<authentication>`.
    """
    if len(mailboxes) == 1:
        return list(mailboxes[0]), [{}]
    first: dict[str, Authentication] = {}
    together: dict[str, Proven] = {}
    renamed: list[dict[str, str]] = []
    for mailbox in mailboxes:
        others: dict[str, str] = {}
        for record, proof in mailbox:
            id = record.id
            if first.setdefault(id, proof.authentication) is not proof.authentication:
                id = others.setdefault(id, f"{id}-{proof.authentication}")
            known = together.get(id)
            new = (record if id == record.id else replace(record, id=id)), proof
            together[id] = (added(known[0], record), known[1]) if known else new
        renamed.append(others)
    return list(together.values()), renamed


def added(a: ClaimRecord, b: ClaimRecord) -> ClaimRecord:
    """One claim with the counts of both."""
    return replace(
        a,
        messages=a.messages + b.messages,
        first_seen=earliest(a.first_seen, b.first_seen),
        last_seen=latest(a.last_seen, b.last_seen),
        junk=a.junk + b.junk,
        outside_replies=a.outside_replies + b.outside_replies,
        examples=(*a.examples, *b.examples)[:EXAMPLES],
    )


def borders_together(borders: Iterable[Border]) -> Border:
    """For showing which servers were believed; a server of two mailboxes has the counts of both."""
    return Border(tuple(_servers(borders)))


def _servers(borders: Iterable[Border]) -> Iterator[BorderServer]:
    same: dict[tuple[str, str], BorderServer] = {}
    for server in (server for border in borders for server in border.servers):
        known = same.get((server.id, server.how))
        same[server.id, server.how] = replace(server, messages=known.messages + server.messages, of=known.of + server.of) if known else server
    yield from same.values()


def earliest(*times: int | None) -> int | None:
    return min((time for time in times if time is not None), default=None)


def latest(*times: int | None) -> int | None:
    return max((time for time in times if time is not None), default=None)
