"""Answers to FETCH that carry a header: the shape that servers send straight from what was received, any other by the grammar, to the same effect."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from app.sources.imap import bounds
from app.sources.imap.answers import Malformed, Value, internal_date, number, pairs, values

_USUAL = re.compile(
    rb'\* \d{1,10} FETCH \(UID (\d{1,10}) INTERNALDATE "([ \d]\d-[A-Za-z]{3}-\d{4}) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d)( [+-]\d{4})" RFC822\.SIZE (\d{1,12})'
    rb"(?: (?:X-GM-MSGID (\d{1,20})|EMAILID \(([^() {}\"]{1,255})\)))? BODY\[HEADER(?:\.FIELDS \([A-Z -]{1,2000}\))?\](?:<0>)? \{(\d{1,7})\}\r\n"
)
_END = b")\r\n"
_FETCH = re.compile(rb"\d+ FETCH ", re.IGNORECASE)


class Fetched(NamedTuple):
    """One message as the server gave it; `header` None where it gave NIL, or refused."""

    uid: int
    header: bytes | None
    received: int | None = None
    """INTERNALDATE in seconds since 1970 UTC."""
    size: int = 0
    twin: str = ""


def usual(buffer: bytes, at: int, into: list[Fetched]) -> tuple[int, int]:
    """Read whole answers of the usual shape that stand at `at`, one after the other: everything in the order it was asked for, the header as a literal.

    Gives where something else begins and, if it is such an answer that has not come to its end yet, how many octets it will have; else 0.
    """
    while found := _USUAL.match(buffer, at):
        uid, day, hour, minute, second, zone, size, gmail, object_id, octets = found.groups()
        begin = found.end()
        end = begin + int(octets)
        if end + 3 > len(buffer):
            return at, end + 3 - at
        if not buffer.startswith(_END, end):
            break
        midnight = _midnight(day, zone)
        received = None if midnight is None else midnight + 3_600 * int(hour) + 60 * int(minute) + int(second)
        into.append(Fetched(int(uid), buffer[begin:end], received, int(size), _twin(gmail, object_id) if gmail or object_id else ""))
        at = end + 3
    return at, 0


def unusual(parts: list[bytes]) -> Fetched | None:
    """Any other answer, as `Incoming.receive` gives it; None where it carries no header of a message (a change of flags, say). Raises Malformed."""
    begin = _FETCH.match(parts[0])
    if begin is None:
        return None
    answer = values([parts[0][begin.end() :], *parts[1:]])
    found = pairs(answer[0]) if answer else {}
    body = [name for name in found if name.startswith((b"BODY[HEADER]", b"BODY[HEADER.FIELDS ("))]
    if b"UID" not in found or not body:
        return None
    header = found[body[0]]
    if isinstance(header, list):
        raise Malformed
    uid = number(found[b"UID"])
    size = number(found.get(b"RFC822.SIZE", b"0"), bounds.SIZE)
    object_id = found.get(b"EMAILID")
    twin = _twin(found.get(b"X-GM-MSGID"), object_id[0] if isinstance(object_id, list) and object_id else None)
    return Fetched(uid, header, internal_date(found.get(b"INTERNALDATE")), size, twin)


@lru_cache(1_000)
def _midnight(day: bytes, zone: bytes) -> int | None:
    """Messages come in the order of their days, so that one day is read for many of them."""
    return internal_date(day + b" 00:00:00" + zone)


def _twin(gmail: Value, object_id: Value) -> str:
    """The server's own identity of a message, whatever mailbox it lies in (RFC 8474 section 5.1)."""
    if isinstance(gmail, bytes):
        return "gmail:" + gmail.decode("ascii", "replace")[: bounds.TWIN]
    return "emailid:" + object_id.decode("ascii", "replace")[: bounds.TWIN] if isinstance(object_id, bytes) else ""
