"""All that a header reports about its own authentication, reduced to what equal senders have in common, before anybody is believed."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from typing import NamedTuple

from app.mail.authres import DkimSignature
from app.mail.layout import Header
from app.mail.providers import SHARED, owner_of
from app.mail.remembered import Remembered
from app.mail.said import Organisation, Said, SaidReader, domain_in
from app.mail.trace import Hop, PlainHop, Received, any_hop, hop_of, named, parse_received, plain_hop
from app.model import Evidence, Place, Statement

MAX_SIGNATURES = 4
MAX_HOSTS = 4_096
"""Of which what they write is remembered."""
_SUBMITTED = frozenset(("ESMTPA", "ESMTPSA", "UTF8SMTPA", "UTF8SMTPSA"))
_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_IPV4 = re.compile(rf"((?:{_OCTET}\.){{3}}){_OCTET}")

PLACES = tuple(Place)
_TOP, _NEAR, _RECEIVER, _ELSEWHERE = range(len(PLACES))
"""Numbers are quicker to look up."""
Placed = tuple[Said, int, bool, int, bool]
"""A field, the Received lines above it, whether one of them is foreign, how its server relates to them, and whether it stands inside."""


class Gathered(NamedTuple):
    """Evidence in short. `evidence_of` says it at length."""

    receiver: str
    statements: tuple[Placed, ...]
    signatures: tuple[str, ...]
    client: str
    internal: bool


class Trace(NamedTuple):
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


class Gatherer:
    """Digests many headers. `organisation` gives a host's registrable domain."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._said = SaidReader(organisation)
        self._plain_hops = Remembered(self._plain_hop, MAX_HOSTS)
        self._odd_hops = Remembered(self._odd_hop, MAX_HOSTS)

    def gather(self, headers: Sequence[Header], signed: Sequence[Sequence[DkimSignature]]) -> list[Gathered]:
        """Digest the trace and authentication fields of each header, top first; they may be folded still."""
        read = self._said.read
        spoken = [[(above, read(values[n], fallback)) for n, above, fallback in at.spoken] for at, values in headers]
        traces = [self._trace([values[n] for n in at.received]) for at, values in headers]
        return list(map(self._gathered, traces, spoken, signed))

    def _gathered(self, trace: Trace, spoken: Sequence[tuple[int, Said]], signed: Sequence[DkimSignature]) -> Gathered:
        entry, foreign = trace.entry, trace.foreign
        statements = tuple([(said, above, above > foreign, _place(said, above, trace), above <= entry) for above, said in spoken])
        internal = foreign == len(trace.lines) and _internal(trace, self._organisation)
        proven = True in [said.passed and above <= foreign for above, said in spoken]
        client = "" if internal or proven else _client(trace, self._organisation)
        return Gathered(trace.receiver, statements, _signers(signed) if signed else (), client, internal)

    def _trace(self, lines: Sequence[bytes]) -> Trace:
        hops: list[Hop] = []
        owners: list[str] = []
        receiver, entry, entered, foreign = "", -1, False, len(lines)
        for n, line in enumerate(lines):
            plain = plain_hop(line)
            hop, owner = self._plain_hops[plain] if plain else self._odd_hops[any_hop(line)]
            hops.append(hop)
            owners.append(owner)
            if not receiver:
                receiver = owner
            elif owner and owner != receiver:
                foreign = n
                break
            if not entered:
                entry, entered = n, not hop.handed_on
                if entered and not receiver:
                    foreign = n + 1
                    break
        return Trace(lines, hops, owners, receiver, entry, foreign)

    def _plain_hop(self, plain: PlainHop) -> tuple[Hop, str]:
        return self._odd_hops[named(plain)]

    def _odd_hop(self, hop: Hop) -> tuple[Hop, str]:
        """With the organisation whose host wrote the line."""
        return hop, owner_of(hop.by_host, self._organisation)


def _signers(signed: Sequence[DkimSignature]) -> tuple[str, ...]:
    domains = map(domain_in, [signature.domain for signature in signed[:MAX_SIGNATURES]])
    return tuple(dict.fromkeys(filter(None, domains)))


def evidence_of(gathered: Gathered) -> Evidence:
    return Evidence(
        receiver=gathered.receiver,
        statements=tuple([_statement(*placed) for placed in gathered.statements]),
        signatures=gathered.signatures,
        client=gathered.client,
        internal=gathered.internal,
    )


def _statement(said: Said, above: int, foreign: bool, place: int, inside: bool) -> Statement:
    return Statement(
        server=said.server,
        place=PLACES[place],
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
    if usual := _IPV4.fullmatch(ip):
        return f"{usual[1]}0/24"
    try:
        version = ipaddress.ip_address(ip).version
        return str(ipaddress.ip_network(f"{ip}/{24 if version == 4 else 48}", strict=False))
    except ValueError:
        return ""


def _internal(trace: Trace, organisation: Organisation) -> bool:
    """Of a trace that is the receiver's alone: its oldest line is a local program's or of a client that had logged in, and each host handed on to the next.

    Not at the large providers, where strangers share hosts. A reverse name within the organisation is not enough, because a provider's customers
    have one too: the name must be that of the host that wrote the line below.
    """
    if not trace.receiver or trace.receiver in SHARED:
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
