"""Reads header after header: what many of them have in common is worked out once, by the octets it was written with.

What it gives stands for the claim that `claim_of(parse_fields(…))` gives of each header alone; a test says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.mail.author import parse_author, parse_mailboxes, usual_addr_spec, usual_name_addr
from app.mail.authres import parse_dkim_signature
from app.mail.claim import MAX_NAME
from app.mail.evidence import Gathered, Gatherer, evidence_of
from app.mail.fold import folded_address
from app.mail.headers import unfolded
from app.mail.layout import Header
from app.mail.parse import MAX_REPLIES, written_by
from app.mail.remembered import Remembered, RememberedShort
from app.mail.traits import Shown, shown_by_author, shown_by_fields, shown_by_name, together
from app.model import AuthorStatus, Claim, Trait

MAX_REMEMBERED = 4_096
"""Authors and host names that are remembered; memory stays flat."""
MAX_OCTETS = 1_024
"""Of a From field that is remembered."""


@dataclass(slots=True, eq=False)  # a frozen one takes three times as long to make
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


class Reading(NamedTuple):
    """A claim in parts, which many claims have in common."""

    writer: Writer
    reply_to: str
    written_by: str
    shown: Shown
    gathered: Gathered

    def claim(self) -> Claim:
        writer = self.writer
        return Claim(
            status=writer.status,
            address=writer.address,
            domain=writer.domain,
            name=writer.name,
            reply_to=self.reply_to,
            written_by=self.written_by,
            traits=together(writer.traits, self.shown),
            evidence=evidence_of(self.gathered),
        )


class HeaderReader:
    """One for each scan. `organisation` gives a host's registrable domain."""

    def __init__(self, organisation: Callable[[str], str]) -> None:
        self._gatherer = Gatherer(Remembered(organisation, MAX_REMEMBERED).__getitem__)
        self._writers = RememberedShort(_usual_writer, MAX_REMEMBERED, MAX_OCTETS)

    def read(self, headers: Sequence[Header]) -> list[Reading]:
        """Who each message says it is from, and what stands behind that; values may be folded still.

        Each step is done for all of them before the next one: what it needs is at hand then, which takes a third less time.
        """
        writers = [
            self._writers[values[at.author[0]]] if len(at.author) == 1 else any_writer([values[n] for n in at.author]) for at, values in headers
        ]
        signatures = [[parse_dkim_signature(values[n]) for n in at.signatures] for at, values in headers]
        shown = list(map(shown_by_fields, headers, signatures))
        replies = [_reply_domain(header, writer.own) if header[0].reply_to else "" for header, writer in zip(headers, writers, strict=True)]
        relayed = [
            _relayed(header, writer, showing) if header[0].relayed else "" for header, writer, showing in zip(headers, writers, shown, strict=True)
        ]
        return list(map(Reading, writers, replies, relayed, shown, self._gatherer.gather(headers, signatures)))


def _relayed(header: Header, writer: Writer, shown: Shown) -> str:
    """Domain of whom a list names as the author in its own stead."""
    domain = written_by(header)
    return domain if writer.domain and domain != writer.domain and Trait.LIST in together((), shown) else ""


def _usual_writer(said: bytes) -> Writer:
    usual = usual_name_addr(unfolded(said))
    if usual is None:
        return any_writer([said])
    local, domain, name = usual
    return Writer(AuthorStatus.CLEAR, folded_address(local, domain), domain, name[:MAX_NAME], f"{local}@{domain}".lower(), shown_by_name(name))


def any_writer(said: Sequence[bytes]) -> Writer:
    """Whom any number of From fields name."""
    author = parse_author([unfolded(value) for value in said])
    box = author.mailbox
    return Writer(
        status=author.status,
        address=folded_address(box.local, box.domain) if box else "",
        domain=box.domain if box else "",
        name=author.name[:MAX_NAME],
        own=box.address.lower() if box else "",
        traits=shown_by_author(author, bool(said)),
    )


def _reply_domain(header: Header, own: str) -> str:
    """The first domain that an answer would go to and that is not the author's own address."""
    at, values = header
    if len(at.reply_to) == 1 and (usual := usual_addr_spec(unfolded(values[at.reply_to[0]]))):
        local, domain = usual
        return "" if f"{local}@{domain}".lower() == own else domain
    boxes = [box for n in at.reply_to for box in parse_mailboxes(unfolded(values[n]), MAX_REPLIES)]
    return next((box.domain for box in boxes if box.address.lower() != own), "")
