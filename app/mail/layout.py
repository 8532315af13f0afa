"""A header as its layout, which thousands of others have too and which is looked at once, and the values of its fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from app.mail.headers import MAX_HEADER, WANTED, Field, raw_fields
from app.mail.remembered import RememberedShort

MAX_STATEMENTS, MAX_HOPS = 12, 30
MAX_REMEMBERED = 2_048
"""Layouts, and names as they are written, that are remembered …"""
LONGEST = 128
"""… unless they have more fields, or octets: these are the sender's choice."""

_FIELD = re.compile(rb"\n(?![ \t])(?:(?:X-(?![Oo])|ARC-|MIME-|Content-)[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*+([^:]*+:)")
"""Where a field begins, after any that nobody wants, with its name. What has a line end in it is no name."""
_FRAMED = b"\n%b\n::"
"""So that every field has a line end before it, and a colon comes in the end."""
_UNWANTED, _END, _BROKEN = range(3)
_MARKS = {name: mark for mark, name in enumerate(sorted(WANTED), start=_BROKEN + 1)}
_NAMES = {mark: name for name, mark in _MARKS.items()}
_FIRST, _NEXT = {name: b"%b:" % name for name in WANTED}, {name: b"\n%b:" % name for name in WANTED}
_SPOKEN = frozenset((b"authentication-results", b"received-spf"))


@dataclass(slots=True, eq=False)
class Layout:
    """Which wanted fields a header has, in order. Places are those of its values; where there is no such field, that of the last, which is empty."""

    frame: list[bytes]
    """Every other item is what stands before a value where all are told one after the other: a name and a colon, and before that a line end."""
    author: tuple[int, ...]
    reply_to: tuple[int, ...]
    precedence: tuple[int, ...]
    signatures: tuple[int, ...]
    received: tuple[int, ...]
    spoken: tuple[tuple[int, int, bool], ...]
    """Of each field of a receiving server: its place, the Received lines above it, and whether it is a Received-SPF."""
    recipients: tuple[int, ...]
    relayed: tuple[int, ...]
    """The first X-Original-From and the first X-Original-Sender."""
    answered: tuple[int, ...]
    """The first In-Reply-To and the first References."""
    subject: int
    date: int
    message_id: int
    takes_posts: bool
    """It has a List-Post."""
    is_list: bool
    """It has a List-Id."""
    unsubscribable: bool
    """It has a List-Unsubscribe or a Feedback-ID."""


Header = tuple[Layout, Sequence[bytes]]
"""The values are as they stand, line ends and all, or unfolded; one more than there are fields."""


def header_of(octets: bytes) -> Header:
    """The same of `laid_out(raw_fields(octets))`, faster."""
    if len(octets) < MAX_HEADER and b"\n" in octets:
        parts: list[bytes] = _FIELD.split(_FRAMED % octets)
        marks = bytes(map(_MARK_OF.__getitem__, parts[1::2]))
        layout = _LAYOUTS[marks.translate(None, b"\0")]
        if layout:
            values = list(compress(parts[2::2], marks))
            values[-1] = b""
            return layout, values
    return laid_out(raw_fields(octets))


def laid_out(fields: Sequence[Field]) -> Header:
    return layout_of([name for name, _ in fields]), [*[value for _, value in fields], b""]


def layout_of(names: Sequence[bytes]) -> Layout:
    at: dict[bytes, list[int]] = {}
    spoken: list[tuple[int, int, bool]] = []
    for place, name in enumerate(names):
        if name in _SPOKEN:
            spoken.append((place, min(len(at.get(b"received", ())), MAX_HOPS), name == b"received-spf"))
        at.setdefault(name, []).append(place)
    said = [*map(_FIRST.__getitem__, names[:1]), *map(_NEXT.__getitem__, names[1:]), b"\n" if names else b""]
    nowhere = [len(names)]
    return Layout(
        frame=[part for before in said for part in (before, b"")],
        author=tuple(at.get(b"from", ())),
        reply_to=tuple(at.get(b"reply-to", ())),
        precedence=tuple(at.get(b"precedence", ())),
        signatures=tuple(at.get(b"dkim-signature", ())),
        received=tuple(at.get(b"received", ())[:MAX_HOPS]),
        spoken=tuple(spoken[:MAX_STATEMENTS]),
        recipients=tuple(sorted([*at.get(b"to", ()), *at.get(b"cc", ())])),
        relayed=tuple([at[name][0] for name in (b"x-original-from", b"x-original-sender") if name in at]),
        answered=tuple([at[name][0] for name in (b"in-reply-to", b"references") if name in at]),
        subject=at.get(b"subject", nowhere)[0],
        date=at.get(b"date", nowhere)[0],
        message_id=at.get(b"message-id", nowhere)[0],
        takes_posts=b"list-post" in at,
        is_list=b"list-id" in at,
        unsubscribable=b"list-unsubscribe" in at or b"feedback-id" in at,
    )


def _mark(written: bytes) -> int:
    if b"\n" in written or written == b":":
        return _BROKEN if written.strip(b"\r\n") != b":" else _END
    return _MARKS.get(written[:-1].rstrip(b" \t").lower(), _UNWANTED)


def _marked(marks: bytes) -> Layout | None:
    """None where there is more than fields and an end behind them."""
    if _BROKEN in marks or marks.count(_END) != 1 or marks[-1] != _END:
        return None
    return layout_of([_NAMES[mark] for mark in marks[:-1]])


_MARK_OF = RememberedShort(_mark, MAX_REMEMBERED, LONGEST)
_LAYOUTS = RememberedShort(_marked, MAX_REMEMBERED, LONGEST)
