"""A header's octets become a Message."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_tz

from app.mail.author import parse_author, parse_mailboxes
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
_MESSAGE_ID = re.compile(rb"<([^<>\s]{1,500})>")
_EARLIEST, _LATEST = datetime(1980, 1, 1, tzinfo=UTC).timestamp(), datetime(2100, 1, 1, tzinfo=UTC).timestamp()

Fields = Sequence[tuple[bytes, bytes]]


def parse(header: bytes, organisation: Callable[[str], str]) -> Message:
    """Read one header; never an exception, whatever the octets. `organisation` gives a host's registrable domain."""
    return parse_fields(split(header), organisation)


def parse_fields(fields: Fields, organisation: Callable[[str], str], *, sent: bool = True) -> Message:
    """The same for a header that has been split already; whom it went to is only read where the owner sent it."""
    author = parse_author([value for name, value in fields if name == b"from"])
    sender = parse_mailboxes(_first(fields, b"sender"), 1)
    recipients = [box for name, value in fields if sent and name in (b"to", b"cc") for box in parse_mailboxes(value, MAX_RECIPIENTS)]
    return Message(
        author=author,
        evidence=gather(fields, organisation),
        sender=sender[0] if sender else None,
        reply_to=tuple(box for name, value in fields if name == b"reply-to" for box in parse_mailboxes(value, 10)),
        recipients=tuple(dict.fromkeys(box.address for box in recipients))[:MAX_RECIPIENTS],
        subject=decode(_first(fields, b"subject"))[:MAX_SUBJECT],
        date=parse_date(_first(fields, b"date")),
        message_id=next(iter(_ids(_first(fields, b"message-id"))), ""),
        references=tuple(dict.fromkeys(_ids(_first(fields, b"in-reply-to")) + _ids(_first(fields, b"references"))))[:MAX_REFERENCES],
        traits=traits_of(fields, author),
    )


def parse_date(value: bytes) -> int | None:
    """Seconds since 1970 UTC of a Date field (RFC 5322 section 3.3); None where it is nonsense or outside 1980-2100."""
    try:
        parts = parsedate_tz(value[:MAX_DATE].decode("ascii", "replace"))
        if parts is None:
            return None
        moment = datetime(*parts[:6], tzinfo=UTC).timestamp() - (parts[9] or 0)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return int(moment) if _EARLIEST <= moment < _LATEST else None


def _first(fields: Fields, wanted: bytes) -> bytes:
    return next((value for name, value in fields if name == wanted), b"")


def _ids(value: bytes) -> list[str]:
    return [match.decode("utf-8", "replace") for match in _MESSAGE_ID.findall(value[:20_000])]
