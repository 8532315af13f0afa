"""Reads header after header: what many of them have in common is worked out once, by the octets it was written with.

What it gives is what `claim_of(parse_fields(…))` gives of each header alone; a test says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.mail.author import parse_author, parse_mailboxes, usual_addr_spec, usual_mailbox
from app.mail.authres import parse_dkim_signature
from app.mail.claim import MAX_NAME
from app.mail.evidence import gather
from app.mail.fold import folded_address
from app.mail.headers import Field, unfolded
from app.mail.parse import MAX_REPLIES, written_by
from app.mail.traits import Shown, shown_by_author, shown_by_fields, shown_by_name, together
from app.model import AuthorStatus, Claim, Evidence, Trait

MAX_REMEMBERED = 8_192
"""Authors, host names and claims that are remembered; memory stays flat."""
MAX_OCTETS = 1_024
"""Of From fields that are remembered."""
_NOTHING: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Writer:
    """Whom the From fields name, as a claim says it; read once for all messages that have the same, so each is itself."""

    status: AuthorStatus
    address: str
    """Folded."""
    domain: str
    name: str
    own: str
    """The address as it stands, in lower case."""
    traits: tuple[Trait, ...]


class HeaderReader:
    """One for each scan. `organisation` gives a host's registrable domain."""

    def __init__(self, organisation: Callable[[str], str]) -> None:
        self._organisation = lru_cache(MAX_REMEMBERED)(organisation)
        self._writer = lru_cache(MAX_REMEMBERED)(_read_writer)
        self._claims: dict[tuple[Writer, str, str, Shown, int], Claim] = {}

    def claim(self, fields: Sequence[Field], of: Mapping[bytes, Sequence[bytes]]) -> Claim:
        """Who a message says it is from, and what stands behind that. `of`: the values of each name, which may be folded still."""
        said = tuple(of.get(b"from", _NOTHING))
        writer = self._writer(said) if sum(map(len, said)) <= MAX_OCTETS else _read_writer(said)
        signatures = [parse_dkim_signature(value) for value in of.get(b"dkim-signature", _NOTHING)]
        evidence = gather(fields, signatures, self._organisation)
        reply_to = _reply_domain(of[b"reply-to"], writer.own) if b"reply-to" in of else ""
        shown = shown_by_fields(of, signatures)
        relayed = written_by(of) if b"x-original-from" in of or b"x-original-sender" in of else ""
        key = writer, reply_to, relayed, shown, id(evidence)
        claim = self._claims.get(key)
        if claim is None or claim.evidence is not evidence:
            if len(self._claims) >= MAX_REMEMBERED:
                self._claims.clear()
            claim = self._claims[key] = _claim(writer, reply_to, relayed, together(writer.traits, shown), evidence)
        return claim


def _read_writer(said: tuple[bytes, ...]) -> Writer:
    values = [unfolded(value) for value in said]
    if len(values) == 1 and (box := usual_mailbox(values[0])):
        address, name = folded_address(box.local, box.domain), box.name
        return Writer(AuthorStatus.CLEAR, address, box.domain, name[:MAX_NAME], box.address.lower(), shown_by_name(name))
    author = parse_author(values)
    box = author.mailbox
    return Writer(
        status=author.status,
        address=folded_address(box.local, box.domain) if box else "",
        domain=box.domain if box else "",
        name=author.name[:MAX_NAME],
        own=box.address.lower() if box else "",
        traits=shown_by_author(author, bool(said)),
    )


def _claim(writer: Writer, reply_to: str, relayed: str, traits: tuple[Trait, ...], evidence: Evidence) -> Claim:
    return Claim(
        status=writer.status,
        address=writer.address,
        domain=writer.domain,
        name=writer.name,
        reply_to=reply_to,
        written_by=relayed if writer.domain and Trait.LIST in traits and relayed != writer.domain else "",
        traits=traits,
        evidence=evidence,
    )


def _reply_domain(values: Sequence[bytes], own: str) -> str:
    """The first domain that an answer would go to and that is not the author's own address."""
    if len(values) == 1 and (usual := usual_addr_spec(unfolded(values[0]))):
        local, domain = usual
        return "" if f"{local}@{domain}".lower() == own else domain
    boxes = [box for value in values for box in parse_mailboxes(unfolded(value), MAX_REPLIES)]
    return next((box.domain for box in boxes if box.address.lower() != own), "")
