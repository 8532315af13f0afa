"""A header's octets are split into its fields (RFC 5322 section 2.2)."""

from __future__ import annotations

import re

WANTED = frozenset(
    b"from sender reply-to return-path to cc subject date message-id in-reply-to references list-id list-unsubscribe"
    b" list-post precedence feedback-id auto-submitted authentication-results arc-authentication-results received-spf"
    b" dkim-signature received arc-seal x-original-from x-original-sender".split()
)
"""Those that are read, and those that only tell one message from another."""
MAX_HEADER = 65_536
"""Octets that are read; a field that this limit may have cut is left out, because half an address is another address."""
_FIELD_END = re.compile(rb"\n(?![ \t])")
_REPEATED_CR = re.compile(rb"\r++\n")


def split(header: bytes, wanted: frozenset[bytes] = WANTED) -> list[tuple[bytes, bytes]]:
    """The wanted fields in order: (lower-case name, unfolded value without the white space around it).

    Lines end in LF with any CR before it; in a header without any LF they end in CR. A CR elsewhere belongs to the value, as it does to
    mail servers. Lines that are no field (mbox "From ", no colon) are passed over. Ends at the first empty line; never raises.
    """
    lines = _FIELD_END.split(_tidy(header[:MAX_HEADER]))
    if len(header) >= MAX_HEADER:
        lines.pop()
    fields = []
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon:
            if line.strip(b"\r"):
                continue
            break
        if (name := name.lower()) in wanted or (name := name.rstrip(b" \t")) in wanted:  # obsolete: "From :" (section 4.5)
            if b"\n" in value:
                value = value.replace(b"\r\n", b"").replace(b"\n", b"")
            fields.append((name, value.strip(b" \t\r")))
    return fields


def _tidy(text: bytes) -> bytes:
    if b"\n" not in text:
        return text.replace(b"\r", b"\n")
    return _REPEATED_CR.sub(b"\n", text) if b"\r" in text and b"\r\r\n" in text else text
