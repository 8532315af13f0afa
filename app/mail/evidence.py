"""All that a header reports about its own authentication, reduced to what equal senders have in common, before anybody is believed."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Sequence

from app.mail.author import parse_mailboxes
from app.mail.authres import AuthRes, parse_authres, parse_dkim_signature, parse_received_spf
from app.mail.trace import Received, parse_received
from app.model import Evidence, Place, Statement, Verdict

MAX_STATEMENTS, MAX_HOPS, MAX_SIGNATURES = 12, 30, 4
PROVIDERS = {
    "office365.com": "outlook.com",
    "exchangelabs.com": "outlook.com",
    "microsoft.com": "outlook.com",
    "hotmail.com": "outlook.com",
    "googlemail.com": "google.com",
    "gmail.com": "google.com",
    "1e100.net": "google.com",
    "icloud.com": "apple.com",
    "me.com": "apple.com",
    "yahoodns.net": "yahoo.com",
    "fastmail.com": "messagingengine.com",
    "protonmail.com": "proton.me",
    "protonmail.ch": "proton.me",
    "zohomail.com": "zoho.com",
}
"""Domains in which one provider's receiving hosts are named, and the one that stands for all."""
_GOOGLE_HOST = "2002:a05:"
"""Google writes its inner hosts as IPv6 addresses that stand for 10.5.0.0/16 (RFC 3056)."""
_SUBMITTED = frozenset(("ESMTPA", "ESMTPSA", "UTF8SMTPA", "UTF8SMTPSA"))

Organisation = Callable[[str], str]


def gather(fields: Sequence[tuple[bytes, bytes]], organisation: Organisation) -> Evidence:
    """Digest the trace and authentication fields, top first. `organisation` gives a host's registrable domain."""
    hops: list[Received] = []
    spoken: list[tuple[int, AuthRes, bool]] = []
    signatures: list[str] = []
    for name, value in fields:
        if name == b"received" and len(hops) < MAX_HOPS:
            hops.append(parse_received(value))
        elif name == b"authentication-results" and len(spoken) < MAX_STATEMENTS:
            spoken.append((len(hops), parse_authres(value), False))
        elif name == b"received-spf" and len(spoken) < MAX_STATEMENTS:
            clause = parse_received_spf(value)
            spoken.append((len(hops), AuthRes(clause.get("receiver").lower().rstrip("."), (clause,)), True))
        elif name == b"dkim-signature" and len(signatures) < MAX_SIGNATURES:
            signatures.append(parse_dkim_signature(value).domain)
    owners = [_owner(hop.by_host, organisation) for hop in hops]
    receiver = next(filter(None, owners), "")
    statements = tuple(_statement(above, said, fallback, hops, owners, receiver, organisation) for above, said, fallback in spoken)
    passed = any(s.spf is Verdict.PASS or any(verdict is Verdict.PASS for verdict, _ in s.dkim) for s in statements)
    return Evidence(
        receiver=receiver,
        statements=statements,
        signatures=tuple(dict.fromkeys(filter(None, signatures))),
        client="" if passed else _client(hops, owners, receiver, organisation),
        internal=_internal(hops, owners, receiver, organisation),
    )


def _owner(host: str, organisation: Organisation) -> str:
    """Whose receiving host it is; empty for names without meaning outside (`localhost`, an address, a single label)."""
    if host.startswith(_GOOGLE_HOST):
        return "google.com"
    if "." not in host or ":" in host or host.endswith((".local", ".localdomain", ".internal", ".lan")) or host.replace(".", "").isdecimal():
        return ""
    owner = organisation(host)
    return PROVIDERS.get(owner, owner)


def _statement(
    above: int, said: AuthRes, fallback: bool, hops: Sequence[Received], owners: Sequence[str], receiver: str, organisation: Organisation
) -> Statement:
    server = said.authserv_id
    dkim: dict[tuple[Verdict, str], None] = {}
    dmarc: tuple[Verdict | None, str] = (None, "")
    spf: tuple[Verdict | None, str] = (None, "")
    arc: Verdict | None = None
    submitted = False
    for clause in said.clauses:
        match clause.method:
            case "dkim":
                domain = clause.get("header.d") or clause.get("header.i").rpartition("@")[2]
                dkim[clause.result, _domain(domain)] = None
            case "dmarc" if dmarc[0] is None:
                dmarc = clause.result, _domain(clause.get("header.from").rpartition("@")[2])
            case "spf" if spf[0] is None:
                sender = clause.get("smtp.mailfrom") or clause.get("envelope-from") or clause.get("smtp.mail") or clause.get("smtp.helo")
                spf = clause.result, _sender_domain(sender)
            case "arc" if arc is None:
                arc = clause.result
            case "auth" if clause.result is Verdict.PASS:
                submitted = True
    return Statement(
        server=server[:255],
        place=_place(server, above, hops, owners, receiver, organisation),
        hops_above=above,
        foreign_above=any(owner not in ("", receiver) for owner in owners[:above]),
        dmarc=dmarc[0],
        dmarc_domain=dmarc[1],
        spf=spf[0],
        mail_from=spf[1],
        dkim=tuple(dkim),
        arc=arc,
        submitted=submitted,
        fallback=fallback,
    )


def _domain(text: str) -> str:
    return text.strip().lower().rstrip(".")[:255]


def _sender_domain(text: str) -> str:
    """The domain of a reverse-path as reported, with or without its brackets and its local part."""
    boxes = parse_mailboxes(text.encode("utf-8", "replace"), 1) if "@" in text else ()
    return boxes[0].domain if boxes else "" if "@" in text else _domain(text.strip("<>"))


def _place(server: str, above: int, hops: Sequence[Received], owners: Sequence[str], receiver: str, organisation: Organisation) -> Place:
    if not server or not receiver:
        return Place.ELSEWHERE
    if hops and server == hops[0].by_host:
        return Place.TOP
    for n in (above - 1, above):
        if 0 <= n < len(hops) and server == hops[n].by_host and owners[n] == receiver:
            return Place.NEAR
    return Place.RECEIVER if _owner(server, organisation) == receiver else Place.ELSEWHERE


def _client(hops: Sequence[Received], owners: Sequence[str], receiver: str, organisation: Organisation) -> str:
    """Who connected to the last of the receiver's own hosts at the top: its verified name's organisation, else its network."""
    inner = -1
    for n, owner in enumerate(owners):
        if owner not in ("", receiver):
            break
        if owner:
            inner = n
    if inner < 0:
        return ""
    hop = hops[inner]
    return organisation(hop.reverse_name) if hop.reverse_name else _network(hop.ip)


def _network(ip: str) -> str:
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return ""
    if address.is_loopback or address.is_link_local or (address.is_private and isinstance(address, ipaddress.IPv4Address) and not _is_documentation(address)):
        return ""
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 48), strict=False))


def _is_documentation(address: ipaddress.IPv4Address) -> bool:
    """RFC 5737 networks, which Python counts as private."""
    return any(address in network for network in _DOCUMENTATION)


_DOCUMENTATION = tuple(map(ipaddress.IPv4Network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")))


def _internal(hops: Sequence[Received], owners: Sequence[str], receiver: str, organisation: Organisation) -> bool:
    """Every hop is the receiver's own, each but the first took it from the receiver's own, and the first from a client that had logged in."""
    if not receiver or any(owner not in ("", receiver) for owner in owners):
        return False
    *later, first = hops
    return all(_from_inside(hop, receiver, organisation) for hop in later) and (
        first.protocol in _SUBMITTED or _from_inside(first, receiver, organisation)
    )


def _from_inside(hop: Received, receiver: str, organisation: Organisation) -> bool:
    if hop.reverse_name:
        return _owner(hop.reverse_name, organisation) == receiver
    try:
        return bool(hop.ip) and ipaddress.ip_address(hop.ip).is_loopback
    except ValueError:
        return False
