"""All that a header reports about its own authentication, reduced to what equal senders have in common, before anybody is believed."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.mail.authres import DkimSignature
from app.mail.providers import SHARED, owner_of
from app.mail.said import Organisation, Said, domain_in, said_in
from app.mail.trace import Hop, Received, hop_of, parse_received
from app.model import Evidence, Place, Statement

MAX_STATEMENTS, MAX_HOPS, MAX_SIGNATURES = 12, 30, 4
MAX_REMEMBERED = 8_192
"""Readings that are kept for the next message."""
_READ = frozenset((b"received", b"authentication-results", b"received-spf"))
_SUBMITTED = frozenset(("ESMTPA", "ESMTPSA", "UTF8SMTPA", "UTF8SMTPSA"))

_PLACES = tuple(Place)
_TOP, _NEAR, _RECEIVER, _ELSEWHERE = range(len(_PLACES))
"""Numbers are quicker to look up."""
Placed = tuple[Said, int, bool, int, bool]
"""A field, the Received lines above it, whether one of them is foreign, how its server relates to them, and whether it stands inside."""


@dataclass(slots=True)
class Trace:
    """The Received lines from the top downwards. What stands below another organisation's line is read only when somebody asks."""

    lines: Sequence[bytes]
    hops: Sequence[Hop]
    """The lines down to the first that tells nothing more of the receiver."""
    owners: Sequence[str]
    """Whose host wrote each of these; empty where its name means nothing outside."""
    receiver: str
    entry: int
    """The line with which the receiver took the message from outside; a forged one can only stand below. -1: there is no trace."""
    foreign: int
    """The first line of another organisation, or the one behind the entry where the receiver has no name; behind all lines where there is none."""

    def by_host(self, line: int) -> str:
        return self.hops[line].by_host if line < len(self.hops) else hop_of(self.lines[line]).by_host


def gather(fields: Sequence[tuple[bytes, bytes]], signed: Sequence[DkimSignature], organisation: Organisation) -> Evidence:
    """Digest the trace and authentication fields, top first; they may be folded still. `organisation` gives a host's registrable domain."""
    lines: list[bytes] = []
    spoken: list[tuple[int, Said]] = []
    for name, value in fields:
        if name not in _READ:
            continue
        if name == b"received":
            if len(lines) < MAX_HOPS:
                lines.append(value)
        elif len(spoken) < MAX_STATEMENTS:
            spoken.append((len(lines), said_in(value, name == b"received-spf", organisation)))
    trace = _trace(lines, organisation)
    statements = tuple([(said, above, above > trace.foreign, _place(said, above, trace), above <= trace.entry) for above, said in spoken])
    internal = _internal(trace, organisation)
    proven = True in [said.passed and not foreign for said, _, foreign, _, _ in statements]
    return _evidence(
        trace.receiver,
        statements,
        _signers(tuple(signed[:MAX_SIGNATURES])) if signed else (),
        "" if internal or proven else _client(trace, organisation),
        internal,
    )


@lru_cache(maxsize=MAX_REMEMBERED)
def _signers(signed: Sequence[DkimSignature]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([domain for signature in signed if (domain := domain_in(signature.domain))]))


@lru_cache(maxsize=MAX_REMEMBERED)
def _evidence(receiver: str, statements: tuple[Placed, ...], signatures: tuple[str, ...], client: str, internal: bool) -> Evidence:
    return Evidence(receiver, tuple([_statement(*placed) for placed in statements]), signatures, client, internal)


@lru_cache(maxsize=MAX_REMEMBERED)
def _statement(said: Said, above: int, foreign: bool, place: int, inside: bool) -> Statement:
    return Statement(
        server=said.server,
        place=_PLACES[place],
        hops_above=above,
        foreign_above=foreign,
        dmarc=said.dmarc,
        dmarc_domain=said.dmarc_domain,
        spf=said.spf,
        mail_from=said.mail_from,
        dkim=said.dkim,
        arc=said.arc,
        submitted=said.submitted,
        fallback=said.fallback,
        inside=inside,
    )


def _trace(lines: Sequence[bytes], organisation: Organisation) -> Trace:
    hops: list[Hop] = []
    owners: list[str] = []
    receiver, entry, entered, foreign = "", -1, False, len(lines)
    for n, line in enumerate(lines):
        hop = hop_of(line)
        owner = owner_of(hop.by_host, organisation)
        hops.append(hop)
        owners.append(owner)
        if not receiver:
            receiver = owner
        elif owner not in ("", receiver):
            foreign = n
            break
        if not entered:
            entry, entered = n, not hop.handed_on
            if entered and not receiver:
                foreign = n + 1
                break
    return Trace(lines, hops, owners, receiver, entry, foreign)


def _place(said: Said, above: int, trace: Trace) -> int:
    server = said.authserv_id
    if not server or not trace.hops:
        return _ELSEWHERE
    if server == trace.hops[0].by_host:
        return _TOP
    ours = trace.receiver != "" and said.owner == trace.receiver
    for n in (above - 1, above):
        if (ours or n <= trace.entry) and 0 <= n < len(trace.lines) and server == trace.by_host(n):
            return _NEAR
    return _RECEIVER if ours else _ELSEWHERE


def _client(trace: Trace, organisation: Organisation) -> str:
    """Who connected to the receiver: the organisation of its confirmed name, else its network."""
    for n, hop in enumerate(trace.hops):
        if trace.owners[n] not in ("", trace.receiver):
            break
        # The hosts of large providers call on each other by public addresses that no name confirms.
        if hop.handed_on:
            continue
        read = parse_received(trace.lines[n])
        if not (trace.receiver in SHARED and owner_of(read.from_host, organisation) == trace.receiver):
            return organisation(read.reverse_name) if read.reverse_name else _network(read.ip)
    return ""


def _network(ip: str) -> str:
    try:
        version = ipaddress.ip_address(ip).version
        return str(ipaddress.ip_network(f"{ip}/{24 if version == 4 else 48}", strict=False))
    except ValueError:
        return ""


def _internal(trace: Trace, organisation: Organisation) -> bool:
    """The oldest line is a local program's or of a client that had logged in, and from there each host handed on to the next of the receiver's.

    Not at the large providers, where strangers share hosts. A reverse name within the organisation is not enough, because a provider's customers
    have one too: the name must be that of the host that wrote the line below.
    """
    if not trace.receiver or trace.receiver in SHARED or trace.foreign < len(trace.lines):
        return False
    hops = [parse_received(line) for line in trace.lines[: len(trace.hops)]]
    first = hops[-1]
    if first.protocol not in _SUBMITTED and not (_is_local(first) and owner_of(first.from_host, organisation) in ("", trace.receiver)):
        return False
    return all(
        hop.handed_on or (hop.reverse_name == older.by_host and owner != "") for hop, older, owner in zip(hops, hops[1:], trace.owners[1:], strict=False)
    )


def _is_local(hop: Received) -> bool:
    """From the host itself. A server that names no client of an SMTP session hides it."""
    return hop.handed_on and (hop.ip == "::1" or hop.ip.startswith("127.") if hop.ip else "SMTP" not in hop.protocol)
