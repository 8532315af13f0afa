"""The header of one message in a file: as much of it as is read, and what is wrong with it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import mktime_tz, parsedate_tz

MAX_HEADER = 65_536
"""Octets of a header that are read (design section 9)."""
UNREADABLE, TOO_LARGE = "message.unreadable", "message.too_large"
_EMPTY_LINE, _END = re.compile(rb"\r*+\n"), re.compile(rb"\n\r*+\n")
_END_OF_CR_LINES = re.compile(rb"(?:\A|\r)\r")
_DATE = re.compile(rb"^date[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)", re.IGNORECASE | re.MULTILINE)


def cut_header(start: bytes) -> tuple[bytes, str]:
    """The header with the empty line behind it, and its problem or "".

    `start` is the beginning of a message: MAX_HEADER + 4 octets of it, or all if it is shorter (without a body no empty line is needed).
    """
    end = (_EMPTY_LINE.match(start) or _END.search(start)) if b"\n" in start else _END_OF_CR_LINES.search(start)
    header = start[: end.end()] if end else start
    if len(header) > MAX_HEADER:
        return header[:MAX_HEADER], TOO_LARGE
    return header, "" if header.strip() else UNREADABLE


def date_field(header: bytes) -> int | None:
    """The first Date field in seconds since 1970 UTC, as far as it can be read."""
    found = _DATE.search(header)
    return timestamp(found[1].decode("latin-1")) if found else None


def timestamp(text: str) -> int | None:
    """A date as in RFC 5322 or as asctime writes it, taken as UTC where no zone is given; None where it makes no sense."""
    try:
        parts = parsedate_tz(text)
        return int(mktime_tz(parts)) if parts else None
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def in_scope(header: bytes, received: int | None, since: date | None) -> bool:
    """Whether a message came on `since` (UTC) or later; one that does not say when is never left out."""
    if since is None:
        return True
    when = received if received is not None else date_field(header)
    return when is None or when >= datetime(since.year, since.month, since.day, tzinfo=UTC).timestamp()
