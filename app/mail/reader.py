"""Reads header after header: what many of them have in common is worked out once, by the octets it was written with.

What it gives stands for the claim that `claim_of(parse_fields(…))` gives of each header alone; a test says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.mail.author import parse_author, parse_mailboxes, usual_addr_spec, usual_name_addr
from app.mail.authres import DkimSignature, parse_dkim_signature
from app.mail.claim import MAX_NAME
from app.mail.evidence import Gathered, Gatherer, evidence_of
from app.mail.fold import folded_address
from app.mail.headers import Field, unfolded
from app.mail.parse import MAX_REPLIES, Values, written_by
from app.mail.remembered import Remembered
from app.mail.traits import Shown, shown_by_author, shown_by_fields, shown_by_name, together
from app.model import AuthorStatus, Claim, Trait

MAX_REMEMBERED = 4_096
"""Authors and host names that are remembered; memory stays flat."""
MAX_OCTETS = 1_024
"""Of From fields that are remembered."""
_NOTHING: tuple[bytes, ...] = ()
_UNSIGNED: list[DkimSignature] = []


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
        self._writers = Remembered(_read_writer, MAX_REMEMBERED)

    def read(self, headers: Sequence[Sequence[Field]], values: Sequence[Values]) -> list[Reading]:
        """Who each message says it is from, and what stands behind that. `values`: of each header by name; they may be folded still.

        Each step is done for all of them before the next one: what it needs is at hand then, which takes a third less time.
        """
        writers = [self._writer(tuple(of.get(b"from", _NOTHING))) for of in values]
        signatures = [[parse_dkim_signature(value) for value in of[b"dkim-signature"]] if b"dkim-signature" in of else _UNSIGNED for of in values]
        shown = [shown_by_fields(of, signed) for of, signed in zip(values, signatures, strict=True)]
        replies = [_reply_domain(of[b"reply-to"], writer.own) if b"reply-to" in of else "" for of, writer in zip(values, writers, strict=True)]
        relayed = [_relayed(of, writer, showing) for of, writer, showing in zip(values, writers, shown, strict=True)]
        return list(map(Reading, writers, replies, relayed, shown, self._gatherer.gather(headers, signatures)))

    def _writer(self, said: tuple[bytes, ...]) -> Writer:
        return self._writers[said] if sum(map(len, said)) <= MAX_OCTETS else _read_writer(said)


def _relayed(of: Values, writer: Writer, shown: Shown) -> str:
    """Domain of whom a list names as the author in its own stead."""
    if b"x-original-from" not in of and b"x-original-sender" not in of:
        return ""
    domain = written_by(of)
    return domain if writer.domain and domain != writer.domain and Trait.LIST in together((), shown) else ""


def _read_writer(said: tuple[bytes, ...]) -> Writer:
    values = [unfolded(value) for value in said]
    if len(values) == 1 and (usual := usual_name_addr(values[0])):
        local, domain, name = usual
        return Writer(AuthorStatus.CLEAR, folded_address(local, domain), domain, name[:MAX_NAME], f"{local}@{domain}".lower(), shown_by_name(name))
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


def _reply_domain(values: Sequence[bytes], own: str) -> str:
    """The first domain that an answer would go to and that is not the author's own address."""
    if len(values) == 1 and (usual := usual_addr_spec(unfolded(values[0]))):
        local, domain = usual
        return "" if f"{local}@{domain}".lower() == own else domain
    boxes = [box for value in values for box in parse_mailboxes(unfolded(value), MAX_REPLIES)]
    return next((box.domain for box in boxes if box.address.lower() != own), "")
