"""A compressed line (COMPRESS=DEFLATE, RFC 4978): raw DEFLATE in both directions, one stream each that lasts as long as the connection."""

from __future__ import annotations

import zlib

_RAW = -zlib.MAX_WBITS
_AT_ONCE = 1 << 18
"""Octets that come out at most at a time, however few went in: they are counted before there are more."""


class BrokenDeflate(ValueError):
    """Octets that are no DEFLATE, or the end of a stream that has none."""


class Deflate:
    """Both streams of one connection."""

    def __init__(self) -> None:
        self._out = zlib.compressobj(wbits=_RAW)
        self._in = zlib.decompressobj(_RAW)
        self._fed = b""

    def deflated(self, data: bytes) -> bytes:
        """One command, to its last octet."""
        return self._out.compress(data) + self._out.flush(zlib.Z_SYNC_FLUSH)

    def feed(self, data: bytes) -> None:
        """More of what was received; only after `inflated` gave nothing."""
        self._fed = data

    def inflated(self) -> bytes:
        """Some of what has been fed, empty when there is no more. Raises BrokenDeflate."""
        try:
            data = self._in.decompress(self._fed, _AT_ONCE)
        except zlib.error:
            raise BrokenDeflate from None
        if self._in.eof:
            raise BrokenDeflate
        self._fed = self._in.unconsumed_tail
        return data
