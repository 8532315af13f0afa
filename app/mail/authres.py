"""Authentication-Results (RFC 8601), Received-SPF (RFC 7208) and DKIM-Signature (RFC 6376) fields as they are found in the wild.

Tolerant of what servers write, strict about what it means: a clause ends at a semicolon outside comments and quoted strings, a property
belongs to its own clause, and what is in a comment or a quoted string is never a result. Linear, bounded, and never an exception.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.mail.headers import unfolded
from app.mail.remembered import Remembered
from app.mail.words import decode
from app.model import Verdict

MAX_VALUE = 16_384
"""Octets of a field that are read."""
MAX_CLAUSES, MAX_PROPERTIES = 64, 32
MAX_REMEMBERED, MAX_TAGS = 255, 8
"""Octets of a tag by which a signature is remembered, and how many tags: a sender could write thousands."""
Property = tuple[str, str]
Term = tuple[str | None, str]
"""`name=value`, the name in lower case; or None and what stands there without an equals sign."""
_VERDICTS = {verdict.value: verdict for verdict in Verdict} | {
    "success": Verdict.PASS,
    "failure": Verdict.FAIL,
    "hardfail": Verdict.FAIL,
    "error": Verdict.TEMPERROR,
    "timeout": Verdict.TEMPERROR,
    "invalid": Verdict.NEUTRAL,
    "unknown": Verdict.PERMERROR,
    "test": Verdict.NEUTRAL,
    "discard": Verdict.POLICY,
    "ignore": Verdict.POLICY,
    "reject": Verdict.FAIL,
    "skipped": Verdict.NONE,
}
"""Results of RFC 8601, and the words that older or careless servers write for them."""
_SPF_KEYS = frozenset(("client-ip", "envelope-from", "helo"))
"""Keys of Received-SPF, which Amazon writes as if each were a clause of its own."""
_TOKEN = re.compile(r'"((?:[^"\\]++|\\.)*+)"?|([^\s;()"]++)|(;)|(\()|[\s)]++|.', re.DOTALL)
_USUAL = re.compile(
    r'(?:\s++|\((?:[^()"\\]++|"[^"\\]*+")*+\))*+'
    r'(?:([^\s;()"=/.][^\s;()"=]*+)(?:=((?:[^\s;()"]++|"[^"\\]*+")++)|(?<![/.]))(?=[\s;(]|\Z)|(;)|(.++)|\Z)',
    re.DOTALL,
)
"""Whole terms, as most servers write them; the last group takes all from where somebody wrote otherwise."""
_COMMENT_PART = re.compile(r'\\.|"(?:[^"\\]++|\\.)*+"|[()]', re.DOTALL)
_PAIR = re.compile(r"\\(.)", re.DOTALL)
_TAG = re.compile(r";\s*+([daltxDALTX])\s*+=([^;]*+)")
_PLAIN_TAG = re.compile(rb";[\s\x1c-\x1f]*+([dalxDALX])[\s\x1c-\x1f]*+=([^;]*+)")
"""The same in ASCII, without the day of signing, so that many signatures of one signer are the same."""
_METHOD = re.compile(r"[a-z][a-z0-9_-]*")
_VERSION = re.compile(r"\d{1,4}")


class Clause(NamedTuple):
    """One method's result: `dkim=pass header.d=example.com`."""

    method: str
    result: Verdict
    properties: tuple[Property, ...] = ()

    def get(self, name: str) -> str:
        """The first property of this name, or nothing."""
        for key, value in self.properties:
            if key == name:
                return value
        return ""


class AuthRes(NamedTuple):
    """One field: who speaks (empty where the field does not say), and what about. No clauses: `none`."""

    authserv_id: str
    clauses: tuple[Clause, ...] = ()


class DkimSignature(NamedTuple):
    """What a signature says of its own form; nothing here is proof."""

    domain: str
    weak: bool
    """rsa-sha1, or only a part of the body is covered (`l=`)."""
    expired: bool
    """It expired (`x=`) before it was made (`t=`)."""


@dataclass(slots=True)
class _Growing:
    """A term that is being read piece by piece. An equals sign in a quoted string never parts a name from its value."""

    names: list[str] = field(default_factory=list)
    values: list[str] | None = None
    """None: bare, without an equals sign so far."""
    nameless: bool = False
    """It begins with a quoted string or an equals sign."""

    def term(self) -> Term:
        name = "".join(self.names)
        return (None, name) if self.values is None else (name.lower(), "".join(self.values))

    def add(self, text: str, quoted: bool) -> None:
        if self.values is not None:
            self.values.append(text)
        elif quoted or self.nameless or (text[0] == "=" and not self.names):
            self.nameless = True
            self.names.append(text)
        else:
            name, equals, rest = text.partition("=")
            if name:
                self.names.append(name)
            if equals:
                self.values = [rest] if rest else []

    def takes(self, text: str, quoted: bool) -> bool:
        """White space and comments around "=", "/" and "." do not part a term (RFC 8601 section 2.2), but they end an empty value."""
        if self.values is not None:
            return not self.values and (quoted or "=" not in text)
        return not quoted and not self.nameless and (text[0] in "=/." or self.names[-1][-1] in "/.")


def parse_authres(value: bytes) -> AuthRes:
    """A field's authserv-id in lower case and its clauses in order; the field may be folded still."""
    (first, *others) = _clauses(value)
    authserv_id = ""
    if first and first[0][0] is None:
        authserv_id = first[0][1].lower().rstrip(".")
        first = first[2:] if len(first) > 1 and first[1][0] is None and _VERSION.fullmatch(first[1][1]) else first[1:]
    clauses: list[list[Property]] = []
    for terms in (first, *others):
        named = [(name, text) for name, text in terms if name is not None]
        if named and named[0][0] in _SPF_KEYS and clauses and clauses[-1][0][0] == "spf":
            clauses[-1] += named
        elif named and len(clauses) < MAX_CLAUSES:
            clauses.append(named)
    return AuthRes(authserv_id, tuple(filter(None, map(_clause, clauses))))


def parse_received_spf(value: bytes) -> Clause:
    """A Received-SPF field as an spf clause; its keys (`envelope-from`, `client-ip`, `receiver` …) as properties."""
    (name, result), *keys = [term for clause in _clauses(value) for term in clause] or [(None, "")]
    pairs = tuple([(name, text) for name, text in keys[:MAX_PROPERTIES] if name is not None])
    return Clause("spf", _verdict(result) if name is None else Verdict.UNKNOWN, pairs)


def parse_dkim_signature(value: bytes) -> DkimSignature:
    """The tags d, a, l, t and x (RFC 6376 section 3.5), the first of each name; the field may be folded still."""
    if value.isascii() and len(value) <= MAX_VALUE:
        tags = tuple(_PLAIN_TAG.findall(b";" + value))
        if known := _SIGNATURES.get(tags):
            return known
        if len(tags) <= MAX_TAGS and not any(name in b"xX" or len(text) > MAX_REMEMBERED for name, text in tags):
            return _SIGNATURES[tags]  # without a last day, the first does not matter
    return any_signature(unfolded(value)[:MAX_VALUE].decode("utf-8", "replace") if len(value) > MAX_VALUE else value.decode("utf-8", "replace"))


def any_signature(text: str) -> DkimSignature:
    tags = {name.lower(): value for name, value in reversed(_TAG.findall(";" + text))}
    return DkimSignature(
        domain=_joined(tags.get("d", "")).lower().rstrip("."),
        weak="l" in tags or _joined(tags.get("a", "")).lower() == "rsa-sha1",
        expired=_is_expired(tags),
    )


def _plain_signature(tags: tuple[tuple[bytes, bytes], ...]) -> DkimSignature:
    return any_signature(b";".join([b"=".join(tag) for tag in tags]).decode("ascii"))


_SIGNATURES = Remembered(_plain_signature, 4_096)


def _is_expired(tags: Mapping[str, str]) -> bool:
    made, until = _seconds(tags.get("t", "")), _seconds(tags.get("x", ""))
    return made is not None and until is not None and until < made


def comment_end(text: str, at: int) -> int:
    """Behind the comment (RFC 5322 section 3.2.2) that opens at `at`; one that is never closed takes the rest.

    Servers put addresses into comments as they came. What is in quotation marks there does not close the comment.
    """
    depth = 0
    for part in _COMMENT_PART.finditer(text, at):
        if part[0] == "(":
            depth += 1
        elif part[0] == ")":
            depth -= 1
            if not depth:
                return part.end()
    return len(text)


def _joined(text: str) -> str:
    return "".join(text.split())


def _seconds(text: str) -> int | None:
    text = _joined(text)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 12 else None


def _verdict(text: str) -> Verdict:
    return _VERDICTS.get(text.lower(), Verdict.UNKNOWN)


def _clause(terms: list[Property]) -> Clause | None:
    """The clause that `method=result` opens."""
    (name, result), *properties = terms
    method = name.partition("/")[0]
    if not _METHOD.fullmatch(method):
        return None
    return Clause(method, _verdict(result.partition("/")[0]), tuple(properties[:MAX_PROPERTIES]))


def _clauses(value: bytes) -> list[list[Term]]:
    """The terms of each clause, comments set aside."""
    value = unfolded(value)[:MAX_VALUE]
    text = value.decode("utf-8", "replace")
    if text.lstrip().startswith("=?"):
        text = decode(value)  # Microsoft encodes the whole field (RFC 2047) where a name in it is not ASCII
    clauses = usual_clauses(text)
    return any_clauses(text) if clauses is None else clauses


def usual_clauses(text: str) -> list[list[Term]] | None:
    """What `any_clauses` reads, much faster; None where quoted pairs, nested comments or spaces within terms need its care."""
    clauses: list[list[Term]] = [[]]
    for name, value, semicolon, rest in _USUAL.findall(text):
        if name:
            clauses[-1].append((name.lower(), value.replace('"', "")) if value else (None, name))
        elif semicolon:
            clauses.append([])
        elif rest:
            return None
    return clauses


def any_clauses(text: str) -> list[list[Term]]:
    clauses: list[list[_Growing]] = [[]]
    at, end, behind = 0, len(text), -1
    while at < end:
        match = _TOKEN.match(text, at)
        assert match is not None  # the last rule takes any character
        start, at = at, match.end()
        quoted, word, semicolon, comment = match.groups()
        if semicolon:
            clauses.append([])
        elif comment:
            at = comment_end(text, start)
        elif quoted is not None or word:
            piece = word or _PAIR.sub(r"\1", quoted)
            terms = clauses[-1]
            if not terms or (behind != start and not terms[-1].takes(piece, not word)):
                terms.append(_Growing())
            terms[-1].add(piece, not word)
            behind = at
    return [[growing.term() for growing in terms] for terms in clauses]
