"""A header's octets are split into its fields (RFC 5322 section 2.2)."""

from __future__ import annotations

import re

WANTED = frozenset(
    b"from sender reply-to return-path to cc subject date message-id in-reply-to references list-id list-unsubscribe"
    b" list-post precedence feedback-id auto-submitted authentication-results received-spf dkim-signature received"
    b" x-original-from x-original-sender".split()
)
"""Those that are read, and those that only tell one message from another."""
MAX_HEADER = 65_536
"""Octets that are read; a field that this limit may have cut is left out, because half an address is another address."""

_NEXT = re.compile(rb"\n(?![ \t])")
"""Where a line begins that continues no field."""
_REPEATED_CR = re.compile(rb"\r++\n")

Field = tuple[bytes, bytes]


def split(header: bytes) -> list[Field]:
    """The wanted fields in order: (lower-case name, unfolded value without the white space around it).

    Lines end in LF with any CR before it; in a header without any LF they end in CR. A CR elsewhere belongs to the value, as it does to
    mail servers. Lines that are no field (mbox "From ", no colon) are passed over. Ends at the first empty line; never raises.
    """
    return [(name, unfolded(value)) for name, value in raw_fields(header)]


def raw_fields(header: bytes) -> list[Field]:
    """The same with values as they stand, line ends and all: most are only compared with those of other messages."""
    text = header if len(header) < MAX_HEADER else _whole_fields(header[:MAX_HEADER])
    if b"\n" not in text:
        text = text.replace(b"\r", b"\n")
    fields: list[Field] = []
    for field in _NEXT.split(text):
        written, colon, value = field.partition(b":")
        if colon:
            name = written.rstrip(b" \t").lower()  # white space before the colon is obsolete (section 4.5)
            if name in WANTED:
                fields.append((name, value))
        elif not field.strip(b"\r"):
            break
    return fields


def unfolded(value: bytes) -> bytes:
    """Without line ends, and without the white space around it."""
    if b"\n" in value:
        if b"\r\r\n" in value:
            value = _REPEATED_CR.sub(b"\n", value)
        value = value.replace(b"\r\n", b"").replace(b"\n", b"")
    return value.strip(b" \t\r")


def _whole_fields(text: bytes) -> bytes:
    """Without the last field, which the limit may have cut."""
    if b"\n" not in text:
        text = text.replace(b"\r", b"\n")
    starts = [match.start() for match in _NEXT.finditer(text)]
    return text[: starts[-1]] if starts else b""
