"""A header's octets are split into its fields (RFC 5322 section 2.2)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

WANTED = frozenset(
    b"from sender reply-to return-path to cc subject date message-id in-reply-to references list-id list-unsubscribe"
    b" list-post precedence feedback-id auto-submitted authentication-results arc-authentication-results received-spf"
    b" dkim-signature received arc-seal x-original-from x-original-sender".split()
)
"""Those that are read, and those that only tell one message from another."""
MAX_HEADER = 65_536
"""Octets that are read; a field that this limit may have cut is left out, because half an address is another address."""


def _any_of(names: Iterable[bytes]) -> bytes:
    """The names in any case as a pattern that rules most others out by their first letter."""
    by_letter: dict[bytes, list[bytes]] = defaultdict(list)
    for name in sorted(names):
        by_letter[name[:1]].append(re.escape(name[1:]))
    return b"|".join(b"[%b%b](?i:%b)" % (letter, letter.upper(), b"|".join(rest)) for letter, rest in by_letter.items())


_FIELD = re.compile(rb"\n(?:(%b)[ \t]*+:((?:[^\n]*+\n[ \t])*+[^\n]*+)|(\r*+)(?=\n(?![ \t])|\Z))" % _any_of(WANTED))
"""A wanted field with its continuation lines, or the empty line that ends the header. `From :` is obsolete (section 4.5)."""
_FIELD_START = re.compile(rb"\n(?![ \t])")
_REPEATED_CR = re.compile(rb"\r++\n")
_USUAL_NAMES = {spelling: name for name in WANTED for spelling in (name, name.title(), name.replace(b"id", b"ID").title().replace(b"Id", b"ID"))}
_USUAL_NAMES |= {b"DKIM-Signature": b"dkim-signature", b"Received-SPF": b"received-spf", b"CC": b"cc"}

Field = tuple[bytes, bytes]


def split(header: bytes) -> list[Field]:
    """The wanted fields in order: (lower-case name, unfolded value without the white space around it).

    Lines end in LF with any CR before it; in a header without any LF they end in CR. A CR elsewhere belongs to the value, as it does to
    mail servers. Lines that are no field (mbox "From ", no colon) are passed over. Ends at the first empty line; never raises.
    """
    return [(name, unfolded(value)) for name, value in raw_fields(header)]


def raw_fields(header: bytes) -> list[Field]:
    """The same with values as they stand, line ends and all: most are only compared with those of other messages."""
    fields = []
    for name, value, _ in _FIELD.findall(b"\n" + _whole_fields(_tidy(header[:MAX_HEADER]), len(header))):
        if not name:
            break
        fields.append((_USUAL_NAMES.get(name) or name.lower(), value))
    return fields


def unfolded(value: bytes) -> bytes:
    """Without line ends, and without the white space around it."""
    if b"\n" in value:
        value = value.replace(b"\r\n", b"").replace(b"\n", b"")
    return value.strip(b" \t\r")


def _tidy(text: bytes) -> bytes:
    if b"\n" not in text:
        return text.replace(b"\r", b"\n")
    return _REPEATED_CR.sub(b"\n", text) if b"\r\r\n" in text else text


def _whole_fields(text: bytes, length: int) -> bytes:
    """Without the last field, where the limit may have cut it."""
    if length < MAX_HEADER:
        return text
    starts = [match.start() for match in _FIELD_START.finditer(text)]
    return text[: starts[-1]] if starts else b""
