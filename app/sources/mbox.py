"""mbox files (RFC 4155 and its relatives mboxo, mboxrd, mboxcl), cut into messages in flat memory.

A separator is a line that begins with `From `, stands first or behind an empty line, and carries a date or is followed by a header field;
so a sentence that begins with "From" cuts nothing. Content-Length alone is not believed, since a message could hide its neighbours with it: it counts
as long as every message has it (mboxcl, mboxcl2, whose writer sets it anew), with another message or the end just there. What a body quotes is no message then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import BinaryIO

from app.sources.message_header import MAX_HEADER, cut_header, timestamp

SIGN = b"From "
_BLOCK = 1 << 20
_USUAL = 16_384
"""Octets of a message that are read first; few headers are longer, and bodies are not needed."""
_LOOK = 2_048
"""Octets behind a possible separator that are looked at to know it for one."""
_CANDIDATE = re.compile(rb"\n\r{0,2}\nFrom ")
_SEPARATOR = re.compile(rb"From [^\n]*\n")
_DATED = re.compile(rb"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b.*\d:\d\d|\d:\d\d.*\b\d{4}|\b\d{4}\b.*\d:\d\d", re.IGNORECASE)
_LENGTH = re.compile(rb"^content-length:[ \t]*([0-9]{1,12})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_LINE_END = re.compile(rb"\A\r{0,2}\n")
_FIELD = re.compile(rb"(?:>?From |[!-9;-~]{1,77}[ \t]*:)")
_WEEKDAY = re.compile(rb"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b,?[ \t]+(.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MboxMessage:
    """One message; `number` counts from 1, `size` in octets without the separator and the empty line behind the message."""

    number: int
    header: bytes
    problem: str
    received: int | None
    size: int


def is_mbox(start: bytes) -> bool:
    """Whether a file that begins like this is an mbox."""
    return start.startswith(SIGN) and _is_separator(start)


def count(file: BinaryIO, size: int) -> int:
    """How many messages the first `size` octets hold."""
    return sum(1 for _ in starts(file, size))


def messages(file: BinaryIO, size: int, after: int = 0) -> Iterator[MboxMessage]:
    """The messages behind number `after` in the first `size` octets of a file, in order."""
    for number, (start, end) in enumerate(pairwise(chain(starts(file, size), (size,))), start=1):
        if number > after:
            yield message_at(file, number, start, end)


def starts(file: BinaryIO, size: int) -> Iterator[int]:
    """Where messages begin."""
    end: int | None = 0
    for at in _separators(file, size):
        if end is None or at >= end:
            yield at
            end = None if end is None else _measured_end(file, at, size)


def _measured_end(file: BinaryIO, start: int, size: int) -> int | None:
    """Where a message ends by its own word; None where it does not say so, or nothing begins there."""
    _, skipped, header, _ = _headed(file, start, min(size - start, _USUAL))
    said = _LENGTH.search(header)
    end = start + skipped + len(header) + int(said[1]) if said else size + 1
    if end > size:
        return None
    file.seek(end)
    behind = _LINE_END.sub(b"", file.read(min(_LOOK, size - end)), count=1)
    return end if not behind or is_mbox(behind) else None


def _separators(file: BinaryIO, size: int) -> Iterator[int]:
    file.seek(0)
    if is_mbox(file.read(_LOOK)):
        yield 0
    base, held = 0, b""
    while True:
        file.seek(base + len(held))
        block = file.read(min(_BLOCK, size - base - len(held)))
        text = held + block
        final = not block
        safe = len(text) if final else max(0, len(text) - _LOOK)
        for found in _CANDIDATE.finditer(text):
            if found.start() >= safe:
                break
            at = found.end() - len(SIGN)
            if _is_separator(text[at : at + _LOOK]):
                yield base + at
        if final:
            return
        base, held = base + safe, text[safe:]


def _is_separator(text: bytes) -> bool:
    line = _SEPARATOR.match(text)
    if line is None:
        return _DATED.search(text) is not None
    return _DATED.search(line[0]) is not None or _FIELD.match(text, line.end()) is not None


def message_at(file: BinaryIO, number: int, start: int, end: int) -> MboxMessage:
    """The message between two separators."""
    text, skipped, header, problem = _headed(file, start, min(end - start, _USUAL))
    if header == text[skipped:] or b"\n" not in header:  # no end of it is seen yet
        text, skipped, header, problem = _headed(file, start, min(end - start, _LOOK + MAX_HEADER + 4))
    weekday = _WEEKDAY.search(text, 0, skipped)
    received = timestamp(weekday[1].decode("latin-1")) if weekday else None
    return MboxMessage(number, header, problem, received, max(0, end - start - skipped))


def _headed(file: BinaryIO, start: int, octets: int) -> tuple[bytes, int, bytes, str]:
    """What was read, how much of it the separator takes, the header and its problem."""
    file.seek(start)
    text = file.read(octets)
    line = _SEPARATOR.match(text)
    skipped = line.end() if line else len(text)
    return (text, skipped, *cut_header(text[skipped : skipped + MAX_HEADER + 4]))
