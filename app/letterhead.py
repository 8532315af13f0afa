"""A picture for the head of a report, from a file of the reader's own."""

from __future__ import annotations

from pathlib import Path

from app.errors import UserError
from app.i18n import mark

MOST = 1024 * 1024
"""Octets of a logo; it goes into every report."""
_KINDS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


def logo_in(path: Path) -> bytes:
    """A PNG or JPEG picture of at most 1 MiB. Raises UserError `input`."""
    try:
        with path.open("rb") as file:
            octets = file.read(MOST + 1)
    except OSError as error:
        raise UserError("input", path=str(path), reason=error.strerror or type(error).__name__) from None
    if len(octets) > MOST:
        raise UserError("input", path=str(path), reason=mark("the picture is larger than 1 MiB"))
    if not media_type(octets):
        raise UserError("input", path=str(path), reason=mark("it is neither a PNG nor a JPEG picture"))
    return octets


def media_type(octets: bytes) -> str:
    """By its first octets, since names lie; empty where it is neither."""
    return next((kind for start, kind in _KINDS if octets.startswith(start)), "")
