"""Received fields (RFC 5321 section 4.4): which host took the message from whom. Only what the receiving host itself checked is believed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.mail.authres import comment_end
from app.mail.headers import unfolded

MAX_VALUE, MAX_HOST = 4_096, 255
"""Octets of a field that are read, and of the name of a host in it."""
_TOKEN = re.compile(r"[^\s();]+|[(;]")
_COMMENT = r'\([^()"\\]*+(?:\([^()"\\]*+\)[^()"\\]*+)*+\)'
_USUAL = re.compile(
    rf"(?:from\s++(?P<client>[^\s();]++)\s*+(?P<comment>{_COMMENT})\s*+(?P<more>(?:{_COMMENT}\s*+)*+))?+"
    rf"by\s++(?P<by>[^\s();]++)\s*+(?P<software>(?:{_COMMENT}\s*+)*+)"
    rf"(?:with\s++(?P<with>[^\s();]++)\s*+(?:SMTP\s++Server\s*+)?+(?P<transport>(?:{_COMMENT}\s*+)*+))?+(?:;|\Z|(?:id|for)(?=[\s();]|\Z))"
)
"""As most programs write it: the clauses in this order, and comments without quotation marks."""
_KEYWORDS = frozenset(("from", "by", "with", "via", "id", "for"))
_BRACKETED_IP = re.compile(r"\[(?:IPv6:)?([0-9A-Fa-f:.]{2,45})\]", re.IGNORECASE)
_BARE = r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}"
_BARE_IP = re.compile(rf"(?<![^\s(])({_BARE})(?![^\s)])")
_PRIVATE = re.compile(
    r"(?:10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.[\d.]+"
    r"|::1|(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]|2002:a[0-9a-f]{2}):[0-9a-f:]*"
)
"""RFC 1918, 3927, 4193, 4291 and 6598, and 10.0.0.0/8 as Google writes it (RFC 3056): nobody outside can connect from there."""
_ANY_PRIVATE = f"(?i:{_PRIVATE.pattern})"
_GAP, _WORD, _TEXT = r"[ \t\r\n]", r"[!-'*-:<-~]++", r"[ !#-'*-\[\]-~\t\r\n]*+"
_ASIDES = rf"(?:\({_TEXT}(?:\({_TEXT}\){_TEXT})*+\){_GAP}*+)*+"
_PLAIN = re.compile(
    (
        rf"{_GAP}*+(?:(from){_GAP}++{_WORD}{_GAP}++"
        rf"\((?:(?:[A-Za-z0-9.@_-]++(?<![Ll][Oo]){_GAP}++)?+\[(?:IPv6:)?(?:(?=({_ANY_PRIVATE})\])|)[0-9A-Fa-f:.]{{2,45}}\]|(?:(?=({_ANY_PRIVATE})\))|)(?:{_BARE}))\)"
        rf"{_GAP}*+{_ASIDES})?+by{_GAP}++([!-'*-:<-~]{{1,{MAX_HOST}}}+)(?=[ \t\r\n();]|\Z)"
        rf"(?(1)|{_GAP}*+{_ASIDES}(?:with{_GAP}++{_WORD}{_GAP}*+(?:SMTP{_GAP}++Server{_GAP}*+)?+{_ASIDES})?+(?:;|\Z|(?:id|for)(?=[ \t\r\n();]|\Z)))"
    ).encode()
)
"""The same in ASCII, where nothing has to be unfolded or decoded; the name that a client is found under does not end in "helo".

Behind a client with an address nothing matters that follows the host; without one it could follow still.
"""
_HOST = re.compile(r"(?=.{1,255}\Z)(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{1,62}")
_HELO = re.compile(r"\b(?:helo|ehlo)[ =]\s*[^\s)]*", re.IGNORECASE)
_REVERSE = re.compile(r"\(\s*(\S+?)\.?\s+\[")
_WITHIN = frozenset("LOCAL LMTP LMTPA LMTPS LMTPSA STDIO MAPI IMAP POP3".split())
"""How programs of one system hand a message on, or collect it."""


@dataclass(frozen=True, slots=True)
class Received:
    """One hop."""

    from_host: str = ""
    """The name the client gave of itself; anybody may say anything."""
    reverse_name: str = ""
    """The client's name in the DNS, where the receiving host confirmed it (Postfix, Google, Sendmail, Exim)."""
    ip: str = ""
    by_host: str = ""
    protocol: str = ""
    """After `with`, in upper case (RFC 3848): `ESMTPSA` says that the client had logged in."""
    handed_on: bool = False
    """By the host itself, from a private address, or by a program of the same system: nobody outside can have it written so."""


class Hop(NamedTuple):
    """What is asked of every hop: `Received` in short, without what only the sending host is known by."""

    by_host: str
    handed_on: bool


PlainHop = tuple[bytes | Any, ...]
"""The same as it is written: `from` where a client is named, its address where it is private, with brackets or without, and the host."""


def hop_of(value: bytes) -> Hop:
    """The same of `parse_received(value)`, faster; the value may be folded still."""
    plain = plain_hop(value)
    return named(plain) if plain else any_hop(value)


def plain_hop(value: bytes) -> PlainHop | None:
    """The hop of a field as most programs write it, which many others have too; None of any other."""
    plain = _PLAIN.match(value) if len(value) <= MAX_VALUE else None
    return plain.groups() if plain else None


def named(plain: PlainHop) -> Hop:
    client, bracketed, bare, by = plain
    return Hop(_by_host(by.decode("ascii")), not client or bracketed is not None or bare is not None)


def any_hop(value: bytes) -> Hop:
    text = unfolded(value)[:MAX_VALUE].decode("utf-8", "replace")
    usual = _USUAL.match(text)
    if usual is not None:
        client, comment, more, by, protocol = usual.group("client", "comment", "more", "by", "with")
        ip = _checked_ip(comment) if comment else ""
        if ip or not more:
            return Hop(_by_host(by), _handed_on(ip, client, (protocol or "").upper()))
    read = any_received(text)
    return Hop(read.by_host, read.handed_on)


def parse_received(value: bytes) -> Received:
    """Read one Received field, folded or not, tolerant of what is missing; never an exception."""
    text = unfolded(value)[:MAX_VALUE].decode("utf-8", "replace")
    return usual_received(text) or any_received(text)


def usual_received(text: str) -> Received | None:
    """What `any_received` reads, much faster; None where the field is not as most programs write it."""
    usual = _USUAL.match(text)
    if usual is None:
        return None
    client, comment, more, by, software, protocol, transport = usual.groups("")
    ip = _checked_ip(comment)
    if more and not ip:
        return None
    return _received(client if comment else None, ip, comment, by, protocol, software + transport)


def any_received(text: str) -> Received:
    """Read token by token."""
    found, comments, software = _parts(text)
    ip = next(filter(None, map(_checked_ip, comments)), "")
    return _received(found.get("from"), ip, comments[0] if comments else "", found.get("by", ""), found.get("with", ""), software)


def _received(client: str | None, ip: str, comment: str, by: str, protocol: str, software: str) -> Received:
    """`ip` is what the receiving host saw; `comment` the first behind the client's own name, which is None without a `from` clause."""
    protocol = protocol.upper()[:32]
    return Received(
        from_host=_host(client) if client else "",
        reverse_name=_reverse_name(client or "", comment, software) if comment else "",
        ip=ip or _literal(client or ""),
        by_host=_by_host(by),
        protocol=protocol,
        handed_on=_handed_on(ip, client, protocol),
    )


def _by_host(by: str) -> str:
    return by.lower().rstrip(".")[:MAX_HOST]


def _handed_on(ip: str, client: str | None, protocol: str) -> bool:
    return _PRIVATE.fullmatch(ip) is not None if ip else client is None or protocol in _WITHIN


def _parts(text: str) -> tuple[dict[str, str], list[str], str]:
    """The word after each keyword, the comments of the `from` clause, and those of the `by` and `with` clauses."""
    found: dict[str, str] = {}
    client: list[str] = []
    software = ""
    word, at, fresh = "", 0, False
    while match := _TOKEN.search(text, at):
        at, token = match.end(), match[0]
        if token == ";":
            break
        if token == "(":
            at = comment_end(text, match.start())
            if word == "from":
                client.append(text[match.start() : at])
            else:
                software += text[match.start() : at]
            fresh = False
        elif fresh:
            found[word] = token  # whatever it is: a client may call itself "by"
            fresh = False
        elif (lower := token.lower()) in _KEYWORDS and lower not in found:
            if lower in ("id", "for") and "by" in found:
                break
            word, found[lower], fresh = lower, "", True
    return found, client, software


def _checked_ip(comment: str) -> str:
    """The address that the receiving host saw: the last in the comment, apart from what the client said of itself."""
    said = _HELO.sub("", comment) if "lo" in comment.lower() else comment
    bracketed = _BRACKETED_IP.findall(said)
    if bracketed:
        return str(bracketed[-1]).lower()
    bare = _BARE_IP.search(said)
    return bare[1].lower() if bare else ""


def _literal(client: str) -> str:
    literal = _BRACKETED_IP.fullmatch(client) or _BARE_IP.fullmatch(client)
    return literal[1].lower() if literal else ""


def _host(text: str) -> str:
    name = text.lower().rstrip(".")
    return name if _HOST.fullmatch(name) else ""


def _reverse_name(client: str, comment: str, software: str) -> str:
    """Postfix, Sendmail and Google write `HELO (name [ip])`, Exim `name ([ip] helo=HELO)`; what others write nobody confirmed."""
    if "may be forged" in comment or "unverified" in comment.lower():
        return ""
    if match := _REVERSE.match(comment):
        return _host(match[1].rpartition("@")[2])
    return _host(client) if "(Exim" in software and comment.startswith("([") else ""
