"""What an audit is made from: what is known beforehand, what was asked for, and what was read of each source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.model import DecisionRecord, ExceptionRule, Facts, Scan
from app.several import status_of
from app.store.cache import Cache


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before anything is read: facts about domains, and what the organisation has decided."""

    facts: Facts
    exceptions: tuple[ExceptionRule, ...] = ()
    decisions: tuple[DecisionRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asked an audit for."""

    own_domains: tuple[str, ...] = ()
    trusted_servers: tuple[str, ...] = ()
    """authserv-ids to believe; empty: learned from the mailbox."""
    pinned_servers: tuple[str, ...] = ()
    """The same as confirmed earlier; those named now go before them."""
    since: date | None = None
    samples: bool = False
    messages: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One source after its scan."""

    source: str
    cache: Cache
    scan: Scan
    pinned_servers: tuple[str, ...] = ()
    """Those confirmed for this source alone; none: as for all."""


def total(scans: Sequence[Scan]) -> Scan:
    """The books of several scans as one. Some sources failed and some did not: what is there is partial."""
    if len(scans) == 1:
        return scans[0]
    status, worst = status_of([scan.status for scan in scans])
    return Scan(
        status=status,
        code=scans[worst].code,
        messages=sum(scan.messages for scan in scans),
        duplicates=sum(scan.duplicates for scan in scans),
        unreadable=sum(scan.unreadable for scan in scans),
        missing=sum(scan.missing for scan in scans),
        seconds=round(sum(scan.seconds for scan in scans), 3),
        notices=tuple(notice for scan in scans for notice in scan.notices),
    )
