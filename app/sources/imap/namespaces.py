"""Whose mailboxes an account shows: its own, those of other users who let it read theirs, and shared ones (RFC 2342, RFC 9051 section 6.3.10).

What a server says here only sorts: INBOX is always the account's own, and so is whatever no sensible prefix takes away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.model import Whose
from app.sources.imap.answers import Malformed, Value, values
from app.sources.imap.session import Reply

MOST = 100
"""Namespaces that are looked at."""
_ORDER = (Whose.OWN, Whose.OTHER, Whose.SHARED)


@dataclass(frozen=True, slots=True)
class Namespace:
    """One prefix of mailbox names; `delimiter` is one octet, or empty where names in it have no parts."""

    prefix: bytes
    delimiter: bytes
    whose: Whose


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mailbox belongs."""

    whose: Whose
    mailbox: bytes = b""
    """The mailbox, of somebody else or shared, that it is or lies in: prefix and first part of its name; empty for the account's own."""
    owner: bytes = b""
    """Its first part alone: the user, or what is shared."""
    delimiter: bytes = b""


OWN = Place(Whose.OWN)


def namespaces(reply: Reply) -> tuple[Namespace, ...]:
    """What a server answered to NAMESPACE; nothing where it refused, or where the answer makes no sense."""
    answers = reply.of(b"NAMESPACE")
    if reply.status != b"OK" or not answers:
        return ()
    try:
        kinds = values(answers[0])[: len(_ORDER)]
        found = [_namespace(each, whose) for whose, kind in zip(_ORDER, kinds, strict=False) if isinstance(kind, list) for each in kind[:MOST]]
    except Malformed:
        return ()
    return tuple(each for each in found if each is not None)


def _namespace(value: Value, whose: Whose) -> Namespace | None:
    """None where it is none: without a prefix, nobody else's names could be told from the account's own."""
    if not isinstance(value, list) or len(value) < 2:
        return None
    prefix, delimiter = value[:2]
    if not isinstance(prefix, bytes) or not (delimiter is None or (isinstance(delimiter, bytes) and len(delimiter) == 1)):
        return None
    return Namespace(prefix, delimiter or b"", whose) if prefix or whose is Whose.OWN else None


def place_of(raw: bytes, known: Sequence[Namespace]) -> Place:
    """By the longest prefix that fits; of equally long ones the account's own counts."""
    fitting = [each for each in known if raw.startswith(each.prefix) or (each.delimiter and raw + each.delimiter == each.prefix)]
    if raw.upper() == b"INBOX" or not fitting:
        return OWN
    best = max(fitting, key=lambda each: (len(each.prefix), each.whose is Whose.OWN))
    if best.whose is Whose.OWN:
        return OWN
    rest = raw[len(best.prefix) :]
    first = rest.split(best.delimiter, 1)[0] if best.delimiter else rest
    if not first:  # the prefix itself is a mailbox
        own = best.prefix.removesuffix(best.delimiter) if best.delimiter else best.prefix
        return Place(best.whose, own, own, best.delimiter)
    return Place(best.whose, best.prefix + first, first, best.delimiter)


def listable(known: Sequence[Namespace]) -> list[bytes]:
    """Prefixes that a LIST can be asked for; in some, what a name says would be taken for a pattern or an end of the line."""
    return [each.prefix for each in known if each.whose is not Whose.OWN and not set(each.prefix) & set(b"%*\r\n\0")]
