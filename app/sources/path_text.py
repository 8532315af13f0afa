"""Paths as text that can be stored, shown and handed to another process, whatever octets are in them."""

from __future__ import annotations

import os
import re

_UNDECODED = re.compile("[\udc80-\udcff]")
_OCTET = re.compile("//([89A-F][0-9A-F])")


def as_id(path: str) -> str:
    """A path as text that can be stored: octets that are no UTF-8 become `//E9`, which no path holds."""
    return _UNDECODED.sub(lambda octet: f"//{ord(octet[0]) - 0xDC00:02X}", path)


def path_of(text: str) -> str:
    """The path that `as_id` made a text of. Where there is something of the name as it is typed, that is meant: two slashes in a row are one."""
    return text if os.path.lexists(text) else _OCTET.sub(lambda octet: chr(0xDC00 + int(octet[1], 16)), text)
