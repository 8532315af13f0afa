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
_COMMENT = rb"""\((?:[\t\r\n !#-'*-\[\]-~]++|"[\t\r\n !#-'*-\[\]-~]*+")*+\)"""
_UNASKED = rb"""((?:header\.[bs]|(?:smtp\.)?client-ip|smtp\.remote-ip)=)(?:[!#-'*-:<-\[\]-~]++|"[!#-'*-:<-\[\]-~]*+")"""
_NAMING = (
    rb"""((?:header\.(?:d(?!=[^\s;@>]*+[@>])|i|from)|smtp\.(?:mailfrom|mail|mfrom|helo)|envelope-from|helo)=)"""
    rb"""(")?+(?:[!#-'*-:<-?A-\[\]-~]*+@)?+([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})++)>?+(?(3)")(?=[ \t;]|\r?\n[ \t]|\r?\Z)"""
)
_VARYING = re.compile(b"[ \t](?=[(ches])(?:%b|%b|%b)" % (_COMMENT, _UNASKED, _NAMING))
_STEP = _VARYING.groups + 1
_STAND_IN = b"%d.n--x"
"""For a host name; no real label begins like that."""
_JOINING = re.compile(rb"[/.][\s\x1c-\x1f]")

Form = tuple[bytes | None, ...]


def taken_apart(value: bytes) -> tuple[Form, tuple[bytes, ...]]:
    """The form and the names; the field may be folded still."""
    parts: list[bytes] = _VARYING.split(value, MAX_CUTS)
    names = parts[4::_STEP]
    return (*parts[::_STEP], *parts[1::_STEP], *parts[2::_STEP]), tuple([name for name in names if name])


def written(form: Form) -> bytes | None:
    """The form as a field about stand-ins; None where it could be read in two ways, as what was cut out may have stood in a comment or a string."""
    count = len(form) // 3 + 1
    kept, unasked, naming = form[:count], form[count : 2 * count - 1], form[2 * count - 1 :]
    if any(text is None or not text.isascii() or text.count(b'"') % 2 for text in kept):
        return None
    out, names = [kept[0] or b""], 0
    for text, ignored, named in zip(kept[1:], unasked, naming, strict=True):
        if named:
            out.append(b" " + named + _STAND_IN % names)
            names += 1
        else:
            out.append(b" " + ignored + b"x" if ignored else b" ")
        out.append(text or b"")
    field = b"".join(out)
    doubtful = any(sign in b"".join(text or b"" for text in kept) for sign in (b"\\", b"=?", b"(", b")", b".n--x"))
    return None if doubtful or _JOINING.search(field) else field


def stand_ins(names: Sequence[bytes]) -> dict[str, str]:
    """What stands for each name in `written` -> the name in lower case."""
    return {(_STAND_IN % n).decode(): name.decode().lower() for n, name in enumerate(names)}
