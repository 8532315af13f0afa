"""Received fields (RFC 5321 section 4.4): which host took the message from whom. Only what the receiving host itself checked is believed."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_VALUE = 4_096
_TOKEN = re.compile(r"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\([^()]{0,200}\))*\))*\)|[^\s();]+|;")
_IP = re.compile(r"\[?(?:IPv6:)?((?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:\.\d{1,3}){0,3})\]?", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,62})\.)+[a-z][a-z0-9-]{1,62}\.?", re.IGNORECASE)
_REVERSE = re.compile(r"^\(\s*(?:(?:HELO|EHLO)\s+\S+\s*)?(\S+?)\.?\s+\[", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Received:
    """One hop."""

    from_host: str = ""
    """The name the client gave of itself; anybody may say anything."""
    reverse_name: str = ""
    """The client's name in the DNS as the receiving host found it, where it confirmed it (Postfix, Google, Sendmail)."""
    ip: str = ""
    by_host: str = ""
    protocol: str = ""
    """After `with`, in upper case (RFC 3848): `ESMTPSA` says that the client had logged in."""


def parse_received(value: bytes) -> Received:
    """Read one Received field, tolerant of what is missing; never an exception."""
    tokens = _TOKEN.findall(value[:MAX_VALUE].decode("utf-8", "replace"))
    found: dict[str, str] = {}
    comments: list[str] = []
    word = ""
    for token in tokens:
        if token == ";":
            break
        if token.startswith("("):
            if word == "from":
                comments.append(token)
            continue
        lower = token.lower()
        if lower in ("from", "by", "with", "via", "id", "for") and lower not in found:
            word = lower
            found[word] = ""
        elif word and not found[word]:
            found[word] = token
    comment = " ".join(comments)
    ip = _IP.search(comment) or _IP.fullmatch(found.get("from", ""))
    return Received(
        from_host=_host(found.get("from", "")),
        reverse_name=_reverse_name(comment),
        ip=ip[1].lower() if ip else "",
        by_host=found.get("by", "").lower().rstrip(".")[:255],
        protocol=found.get("with", "").upper()[:32],
    )


def _host(text: str) -> str:
    return text.lower().rstrip(".") if _HOST.fullmatch(text) else ""


def _reverse_name(comment: str) -> str:
    match = _REVERSE.match(comment)
    if not match or "may be forged" in comment or "unverified" in comment.lower():
        return ""
    name = match[1].lower().rpartition("@")[2]
    return name if _HOST.fullmatch(name) else ""
