"""Kinds of file that hold mail and that Nitaq does not read: each has a code, whose sentence says how to turn it into one that it does."""

from __future__ import annotations

import os

from app.errors import UserError

_SUFFIXES = {
    "input.outlook": ".pst .ost .olm",
    "input.msg": ".msg",
    "input.dbx": ".dbx",
    "input.emlx": ".emlx",
    "input.packed": ".zip .gz .bz2 .xz .zst .7z .rar .tar .tgz",
    "input.foreign": ".nsf",
}
_CODES = {suffix: code for code, suffixes in _SUFFIXES.items() for suffix in suffixes.split()}
_SIGNS = (
    (b"!BDN", "input.outlook"),
    (b"\xcf\xad\x12\xfe", "input.dbx"),
    (b"PK\x03\x04", "input.packed"),
    (b"\x1f\x8b", "input.packed"),
    (b"7z\xbc\xaf\x27\x1c", "input.packed"),
    (b"Rar!\x1a\x07", "input.packed"),
)
"""How such files begin, whatever they are called."""


def foreign_code(name: str, start: bytes = b"") -> str:
    """By the name, else by the first octets; empty where it is none of these."""
    by_name = _CODES.get(os.path.splitext(name)[1].lower(), "")
    return by_name or next((code for sign, code in _SIGNS if start.startswith(sign)), "")


def refuse_foreign(path: str, name: str, start: bytes) -> None:
    """Raises UserError with the code."""
    if code := foreign_code(name, start):
        raise UserError(code, path=path)
