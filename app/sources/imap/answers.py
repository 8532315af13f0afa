"""The grammar of a server's answers (RFC 3501 section 9), read leniently and within bounds."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from contextlib import suppress

from app.sources.imap import bounds

Value = bytes | None | list["Value"]
"""A string, number or atom as octets; NIL as None; a parenthesised list."""

_TOKEN = re.compile(rb'[ \t]*+(?:(\()|(\))|"((?:[^"\\]++|\\.)*+)"|((?:[^ \t()"\[]++|\[[^\]]*+\]?)++))', re.DOTALL)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_MONTHS = {month: n for n, month in enumerate(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".lower().split(), start=1)}
_DATE_TIME = re.compile(rb" ?(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")


class Malformed(ValueError):
    """An answer that cannot be read."""


def values(parts: list[bytes]) -> list[Value]:
    """The values of one answer: `parts` are text, literal, text … as `Incoming.receive` gives them. Raises Malformed."""
    top: list[Value] = []
    stack: list[list[Value]] = [top]
    for index, part in enumerate(parts):
        if index % 2:
            stack[-1].append(part)
            continue
        at = 0
        while token := _TOKEN.match(part, at):
            at = token.end()
            if token[1]:
                if len(stack) > bounds.NESTING:
                    raise Malformed
                inner: list[Value] = []
                stack[-1].append(inner)
                stack.append(inner)
            elif token[2]:
                if len(stack) == 1:
                    raise Malformed
                stack.pop()
            elif token[4] is not None:
                stack[-1].append(None if token[4].upper() == b"NIL" else token[4])
            else:
                stack[-1].append(_ESCAPED.sub(rb"\1", token[3]))
        if part[at:].strip():
            raise Malformed
    if len(stack) != 1:
        raise Malformed
    return top


def pairs(value: Value) -> dict[bytes, Value]:
    """`(UID 7 INTERNALDATE "…")` as a mapping with upper-case names; the first of equal names stays."""
    if not isinstance(value, list) or len(value) % 2:
        raise Malformed
    mapped: dict[bytes, Value] = {}
    for name, item in zip(value[::2], value[1::2], strict=True):
        if not isinstance(name, bytes):
            raise Malformed
        mapped.setdefault(name.upper(), item)
    return mapped


def number(value: Value, most: int = bounds.UID) -> int:
    """A number of the protocol, 0 to `most`. Raises Malformed."""
    if not isinstance(value, bytes) or not value.isdigit() or len(value) > 20 or int(value) > most:
        raise Malformed
    return int(value)


def ranges(text: bytes) -> Iterator[tuple[int, int]]:
    """`2:5,9` as (2, 5), (9, 9). Raises Malformed."""
    for part in text.split(b","):
        first, _, last = part.partition(b":")
        low, high = sorted((number(first), number(last or first)))
        yield low, high


def deleted(parts: list[bytes]) -> int:
    """How many messages an answer says were deleted just now: EXPUNGE, or VANISHED once QRESYNC is enabled (RFC 7162 section 3.2.10)."""
    line = parts[0].upper()
    if line.startswith(b"VANISHED "):
        with suppress(Malformed):
            return sum(high - low + 1 for low, high in ranges(line[len(b"VANISHED ") :]))
    return int(line.endswith(b" EXPUNGE"))


def internal_date(value: Value) -> int | None:
    """INTERNALDATE in seconds since 1970 UTC; None where it makes no sense."""
    found = _DATE_TIME.fullmatch(value) if isinstance(value, bytes) else None
    month = _MONTHS.get(found[2].lower()) if found else None
    if found is None or month is None:
        return None
    day, year, hour, minute, second = (int(found[n]) for n in (1, 3, 4, 5, 6))
    if not (1 <= day <= 31 and year >= 1 and hour < 24 and minute < 60 and second <= 60):
        return None
    zone = (int(found[8]) * 60 + int(found[9])) * 60
    return calendar.timegm((year, month, day, hour, minute, second)) - (zone if found[7] == b"+" else -zone)
