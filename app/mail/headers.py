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


_FIELD = re.compile(rb"\n(?:(%b)[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+)|\r*+(?=\n(?![ \t])|\Z))" % _any_of(WANTED))
"""A wanted field with its continuation lines, or the empty line that ends the header. `From :` is obsolete (section 4.5)."""
_END = (b"", b"")
"""What that line is found as."""
_FIELD_START = re.compile(rb"\n(?![ \t])")
_REPEATED_CR = re.compile(rb"\r++\n")


class _Names(dict[bytes, bytes]):
    """A name as it is written -> in lower case; the usual spellings are looked up, which is faster, and gives names that are one object."""

    def __missing__(self, name: bytes) -> bytes:
        return name.lower()


_NAMES = _Names((spelling, name) for name in WANTED for spelling in (name, name.title(), name.title().replace(b"-Id", b"-ID")))
_NAMES |= {b"DKIM-Signature": b"dkim-signature", b"Received-SPF": b"received-spf", b"CC": b"cc", b"ARC-Seal": b"arc-seal"}
_NAMES[b"ARC-Authentication-Results"] = b"arc-authentication-results"

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
    found = _FIELD.findall(b"\n" + text)
    if _END in found:
        del found[found.index(_END) :]
    return [(_NAMES[name], value) for name, value in found]


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
    starts = [match.start() for match in _FIELD_START.finditer(text)]
    return text[: starts[-1]] if starts else b""
