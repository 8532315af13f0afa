"""Header text for display: RFC 2047 encoded words and raw 8-bit octets become characters; nothing is stripped."""

from __future__ import annotations

import codecs
import re
from binascii import a2b_base64

MAX_TEXT = 8_192
"""Octets (or characters) of a value that are decoded; the rest is dropped."""

_START = re.compile(r"=\?([^?\s]{1,75})\?([BbQq])\?")
_ESCAPED = re.compile(rb"=([0-9A-Fa-f]{2})")
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64))

# A closed list: a sender must not choose among all of Python's codecs (utf-7, punycode, unicode_escape …). Names that are
# in practice written for a larger set are read as that set, as the WHATWG Encoding Standard does.
_CODECS = {
    **{f"iso-8859-{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{f"{prefix}125{n}": f"cp125{n}" for n in range(9) for prefix in ("windows-", "cp", "cp-", "x-cp")},
    **{f"{prefix}{n}": f"cp{n}" for n in (437, 850, 852, 862, 864, 866, 874, 932, 949, 950) for prefix in ("windows-", "cp", "ibm")},
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1"), "cp1252"),
    **dict.fromkeys(("iso-8859-9", "iso-8859-9-i"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620"), "cp874"),
    **dict.fromkeys(("iso-8859-6-i", "iso-8859-6-e", "asmo-708"), "iso8859-6"),
    **dict.fromkeys(("iso-8859-8-i", "iso-8859-8-e"), "iso8859-8"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "cp936", "x-gbk", "hz-gb-2312"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("shift-jis", "shift_jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks-c-5601-1987", "ksc5601"), "cp949"),
    **{name: name for name in ("utf-16", "utf-16le", "utf-16be", "koi8-r", "koi8-u", "euc-jp", "iso-2022-jp", "iso-2022-kr")},
    "macintosh": "mac_roman",
    "x-mac-arabic": "mac_arabic",
    "x-mac-cyrillic": "mac_cyrillic",
}


def decode(value: bytes | str) -> str:
    """The text of an unstructured field or a display name as a mail program shows it; never raises.

    Encoded words that only white space parts are one text, even where a character is split between them. An unknown character set is
    read like raw octets: UTF-8, else windows-1252. What is decoded may hold any character, CR, LF and NUL among them.
    """
    text = value[:MAX_TEXT] if isinstance(value, str) else raw(value[:MAX_TEXT], whole=len(value) <= MAX_TEXT)
    return _words(text) if "=?" in text else text


def _words(text: str) -> str:
    out: list[str] = []
    pending, charset = b"", ""  # octets of adjacent words in one character set, not yet decoded
    end = 0  # of the last encoded word
    start = text.find("=?")
    while start >= 0:
        head = _START.match(text, start)
        if head is None:
            start = text.find("=?", start + 2)
            continue
        stop = text.find("?=", head.end())
        if stop < 0:
            break
        between, name = text[end:start], _charset(head[1])
        if not end or between.strip(" \t\r\n"):
            out += _in_charset(pending, charset), between
            pending = b""
        elif name != charset:
            out.append(_in_charset(pending, charset))
            pending = b""
        pending, charset = pending + _octets(head[2], text[head.end() : stop]), name
        end = stop + 2
        start = text.find("=?", end)
    return "".join((*out, _in_charset(pending, charset), text[end:]))


def _octets(encoding: str, payload: str) -> bytes:
    octets = payload.encode("utf-8", "surrogatepass")
    if encoding in "Qq":
        return _ESCAPED.sub(lambda match: bytes((int(match[1], 16),)), octets.replace(b"_", b" "))
    octets = octets.translate(None, _NOT_BASE64)
    if len(octets) % 4 == 1:
        octets = octets[:-1]  # six bits that belong to no octet
    return a2b_base64(octets + b"=" * (-len(octets) % 4))


def _charset(name: str) -> str:
    return name.partition("*")[0].lower().replace("_", "-")  # RFC 2231 section 5: a language may follow


def _in_charset(octets: bytes, charset: str) -> str:
    codec = _CODECS.get(charset)
    return octets.decode(codec, "replace") if codec else raw(octets)


def raw(octets: bytes, whole: bool = True) -> str:
    """RFC 6532 UTF-8, else windows-1252 with the C1 controls in its gaps; not `whole`: the last character may be cut."""
    try:
        return codecs.utf_8_decode(octets, "strict", whole)[0]
    except UnicodeDecodeError:
        pass
    try:
        return octets.decode("cp1252")
    except UnicodeDecodeError:
        return octets.decode("latin-1")
