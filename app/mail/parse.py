"""A header's octets become a Message."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_tz

from app.mail.author import parse_author, parse_mailboxes
from app.mail.authres import parse_dkim_signature
from app.mail.evidence import gather
from app.mail.headers import split
from app.mail.traits import traits_of
from app.mail.words import decode
from app.model import Message

MAX_RECIPIENTS = 100
MAX_REFERENCES = 50
MAX_SUBJECT = 500
"""Characters; a longer subject is cut."""
MAX_DATE = 200
"""Octets of a Date field that are read."""
_DAY = 86_400
"""Seconds; no zone is so far away."""
_EARLY_YEAR = re.compile(rb"[^:]*[A-Za-z][ -]+0\d{3}\b")
"""`Jan 0001`, which is not the obsolete two-digit year that `parsedate_tz` takes it for."""
_MESSAGE_ID = re.compile(rb"<([^<>\s]{1,500})>")
_EARLIEST, _LATEST = datetime(1980, 1, 1, tzinfo=UTC).timestamp(), datetime(2100, 1, 1, tzinfo=UTC).timestamp()

_NOTHING = (b"",)

Fields = Sequence[tuple[bytes, bytes]]


def parse(header: bytes, organisation: Callable[[str], str]) -> Message:
    """Read one header; never an exception, whatever the octets. `organisation` gives a host's registrable domain."""
    return parse_fields(split(header), organisation)


def parse_fields(fields: Fields, organisation: Callable[[str], str], *, sent: bool = True) -> Message:
    """The same for a header that has been split already; whom it went to is only read where the owner sent it."""
    of: dict[bytes, list[bytes]] = {}
    for name, value in fields:
        of.setdefault(name, []).append(value)
    author = parse_author(of.get(b"from", ()))
    signatures = [parse_dkim_signature(value) for value in of.get(b"dkim-signature", ())]
    return Message(
        author=author,
        evidence=gather(fields, signatures, organisation),
        reply_to=tuple([box for value in of.get(b"reply-to", ()) for box in parse_mailboxes(value, 10)]),
        recipients=_recipients(fields) if sent else (),
        subject=decode(of.get(b"subject", _NOTHING)[0])[:MAX_SUBJECT],
        date=parse_date(of.get(b"date", _NOTHING)[0]),
        message_id=next(iter(_ids(of.get(b"message-id", _NOTHING)[0])), ""),
        references=tuple(dict.fromkeys(_ids(of.get(b"in-reply-to", _NOTHING)[0]) + _ids(of.get(b"references", _NOTHING)[0])))[:MAX_REFERENCES],
        written_by=_written_by(of),
        traits=traits_of(of, author, signatures),
    )


def _written_by(of: Mapping[bytes, Sequence[bytes]]) -> str:
    for name in (b"x-original-from", b"x-original-sender"):
        if name in of and (boxes := parse_mailboxes(of[name][0], 1)):
            return boxes[0].domain
    return ""


def _recipients(fields: Fields) -> tuple[str, ...]:
    boxes = [box for name, value in fields if name in (b"to", b"cc") for box in parse_mailboxes(value, MAX_RECIPIENTS)]
    return tuple(dict.fromkeys([box.address for box in boxes]))[:MAX_RECIPIENTS]


def parse_date(value: bytes) -> int | None:
    """Seconds since 1970 UTC of a Date field (RFC 5322 section 3.3); None where it is nonsense or outside 1980-2100."""
    try:
        parts = parsedate_tz(value[:MAX_DATE].decode("ascii", "replace"))
        if parts is None or abs(zone := parts[9] or 0) >= _DAY or _EARLY_YEAR.match(value[:MAX_DATE]):
            return None
        moment = datetime(*parts[:6], tzinfo=UTC).timestamp() - zone
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return int(moment) if _EARLIEST <= moment < _LATEST else None


def _ids(value: bytes) -> list[str]:
    return [match.decode("utf-8", "replace") for match in _MESSAGE_ID.findall(value[:20_000])]
