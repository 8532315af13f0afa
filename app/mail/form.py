"""An Authentication-Results or Received-SPF field is taken apart into its form, which thousands of messages share, and the host names it is about.

What differs from message to message and nobody asks for is left out: comments, selectors and beginnings of signatures, addresses of clients, local
parts. Cutting is quick and careless; `written` says of each form, once, whether what was cut out can only have been what it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_VALUE = 2_048
"""Octets of a field that is taken apart."""
MAX_CUTS = 32
"""What varies behind these is part of the form."""
MAX_NAME = 253
"""Octets of a host name."""
_UNASKED = rb"(header\.[bs]|(?:smtp\.)?client-ip|smtp\.remote-ip)="
_NAMING = rb"(?:header\.(?:d(?!=[^\s;@>]*+[@>])|i|from)|smtp\.(?:mailfrom|mail|mfrom|helo)|envelope-from|helo)="
_TOKEN = rb"""(?:[!#-'*-:<-\[\]-~]++|"[!#-'*-:<-\[\]-~]*+")"""
_COMMENT = rb"""(?<=[ \t])\((?:[\t\r\n !#-'*-\[\]-~]++|"[\t\r\n !#-'*-\[\]-~]*+")*+\)"""
_NAME = (
    rb"""(")?+(?:[!#-'*-:<-?A-\[\]-~]*+@)?+([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})++)>?+(?(%d)")"""
    rb"""(?=[ \t;]|\r?\n[ \t]|\r?\Z)"""
)
_VARYING = re.compile(rb"[ \t](?=[(ches])(%b|%b|(?=\())(?(2)%b|(?:%b|%b))" % (_UNASKED, _NAMING, _TOKEN, _COMMENT, _NAME % 3))
_STEP = _VARYING.groups + 1
_STAND_IN = b"%d.n--x"
"""For a host name; no real label begins like that."""
_JOINING = re.compile(rb"[/.][\s\x1c-\x1f]")
_DOUBTFUL = (b"\\", b"=?", b"(", b")", b".n--x")

Form = tuple[bytes, bytes]
"""What stands between the cuts, and what each cut was the value of (nothing: a comment), parted by NUL."""


def taken_apart(value: bytes) -> tuple[Form, tuple[bytes, ...]]:
    """The form and the names of a field without NUL; it may be folded still."""
    parts: list[bytes] = _VARYING.split(value, MAX_CUTS)
    return (b"\0".join(parts[::_STEP]), b"\0".join(parts[1::_STEP])), tuple(filter(None, parts[4::_STEP]))


def pattern_of(form: Form) -> re.Pattern[bytes]:
    """What matches the fields of a form that is `written`; every other of its groups is a name, in order.

    To make it takes as long as taking hundreds of fields apart.
    """
    kept, cut = form[0].split(b"\0"), form[1].split(b"\0")
    parts, groups = [re.escape(kept[0])], 0
    for of, text in zip(cut, kept[1:], strict=False):
        if re.fullmatch(_NAMING, of):
            varying = b"(?=%b)%b%b" % (_NAMING, re.escape(of), _NAME % (groups + 1))
            groups += 2
        else:
            varying = re.escape(of) + (_TOKEN if of else _COMMENT)
        parts.append(rb"[ \t]%b%b" % (varying, re.escape(text)))
    return re.compile(b"".join(parts))


def written(form: Form) -> bytes | None:
    """The form as a field about stand-ins; None where it could be read in two ways, as what was cut out may have stood in a comment or a string."""
    kept, cut = form[0].split(b"\0"), form[1].split(b"\0")
    if not form[0].isascii() or any(sign in text for text in kept for sign in _DOUBTFUL) or any(text.count(b'"') % 2 for text in kept):
        return None
    out, names = kept[:1], 0
    for of, text in zip(cut, kept[1:], strict=False):
        if re.fullmatch(_NAMING, of):
            out.append(b" " + of + _STAND_IN % names)
            names += 1
        else:
            out.append(b" " + of + b"x" if of else b" ")
        out.append(text)
    field = b"".join(out)
    return None if _JOINING.search(field) else field


def stand_ins(names: Sequence[bytes]) -> dict[str, str]:
    """What stands for each name in `written` -> the name in lower case."""
    return {(_STAND_IN % n).decode(): name.decode().lower() for n, name in enumerate(names)}
