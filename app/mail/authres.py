"""Authentication-Results (RFC 8601), Received-SPF (RFC 7208) and DKIM-Signature (RFC 6376) fields as they are found in the wild.

Tolerant of what servers write, strict about what it means: a clause ends at a semicolon outside comments and quoted strings, a property
belongs to its own clause, and what is in a comment or a quoted string is never a result. Linear, bounded, and never an exception.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.model import Verdict

MAX_VALUE = 16_384
"""Octets of a field that are read."""
MAX_CLAUSES, MAX_PROPERTIES = 64, 32
_VERDICTS = {verdict.value: verdict for verdict in Verdict} | {
    "hardfail": Verdict.FAIL,
    "error": Verdict.TEMPERROR,
    "invalid": Verdict.NEUTRAL,
    "unknown": Verdict.PERMERROR,
    "discard": Verdict.POLICY,
    "skipped": Verdict.NONE,
}
_PLAIN = re.compile(r'[^\s;()"=]+')
_METHOD = re.compile(r"[a-z][a-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class Clause:
    """One method's result: `dkim=pass header.d=example.com`."""

    method: str
    result: Verdict
    properties: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        """The first property of this name, or nothing."""
        return next((value for key, value in self.properties if key == name), "")


@dataclass(frozen=True, slots=True)
class AuthRes:
    """One field: who speaks (empty where the field does not say), and what about."""

    authserv_id: str
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class DkimSignature:
    """What a signature says of its own form; nothing here is proof."""

    domain: str
    weak: bool
    """rsa-sha1, or only a part of the body is covered (`l=`)."""
    expired: bool
    """It expired (`x=`) before it was made (`t=`)."""


def parse_authres(value: bytes) -> AuthRes:
    """The field's authserv-id in lower case and its clauses in order."""
    authserv_id = ""
    clauses: list[Clause] = []
    for n, terms in enumerate(_clauses(value)):
        if n == 0 and terms and "=" not in terms[0]:
            authserv_id = terms[0].lower().rstrip(".")
            continue
        clause = _clause(terms)
        if clause and len(clauses) < MAX_CLAUSES:
            clauses.append(clause)
    return AuthRes(authserv_id, tuple(clauses))


def parse_received_spf(value: bytes) -> Clause:
    """A Received-SPF field as an spf clause; its keys (`envelope-from`, `client-ip`, `receiver` …) as properties."""
    terms = [term for part in _clauses(value) for term in part]
    result = _VERDICTS.get(terms[0].lower(), Verdict.UNKNOWN) if terms else Verdict.UNKNOWN
    pairs = [(name.lower(), text) for name, equals, text in (term.partition("=") for term in terms[1:]) if equals]
    return Clause("spf", result, tuple(pairs[:MAX_PROPERTIES]))


def parse_dkim_signature(value: bytes) -> DkimSignature:
    """The tags d, a, l, t and x (RFC 6376 section 3.5)."""
    tags: dict[str, str] = {}
    for part in value[:MAX_VALUE].decode("utf-8", "replace").split(";"):
        name, equals, text = part.partition("=")
        if equals:
            tags.setdefault(name.strip().lower(), "".join(text.split()))
    made, until = tags.get("t", ""), tags.get("x", "")
    expired = made.isdecimal() and until.isdecimal() and len(made) <= 12 and len(until) <= 12 and int(until) < int(made)
    return DkimSignature(tags.get("d", "").lower().rstrip("."), tags.get("a", "").lower() == "rsa-sha1" or "l" in tags, expired)


def _clause(terms: list[str]) -> Clause | None:
    if not terms:
        return None
    method, equals, result = terms[0].partition("=")
    method = method.partition("/")[0].lower()
    if not equals or not _METHOD.fullmatch(method):
        return None
    pairs = [(name.lower(), text) for name, sign, text in (term.partition("=") for term in terms[1:]) if sign]
    return Clause(method, _VERDICTS.get(result.partition("/")[0].lower(), Verdict.UNKNOWN), tuple(pairs[:MAX_PROPERTIES]))


def _clauses(value: bytes) -> list[list[str]]:
    """The terms of each clause: what stands together without white space, comments set aside, quoted strings as their content.

    White space around "=" belongs to the term (RFC 8601 section 2.2). An equals sign from a quoted string never separates a name from its
    value, because a name cannot begin with a quoted string.
    """
    text = value[:MAX_VALUE].decode("utf-8", "replace")
    clauses: list[list[str]] = [[]]
    term, joined = "", False
    at, end = 0, len(text)

    def finish() -> None:
        nonlocal term
        if term and not term.startswith(("=", "\0")):
            clauses[-1].append(term)
        term = ""

    while at < end:
        c = text[at]
        if c in " \t\r\n":
            at += 1
            joined = False
        elif c == "(":
            at, joined = _skip_comment(text, at), False
        elif c == ";":
            finish()
            clauses.append([])
            at += 1
        elif c == '"':
            content, at = _quoted(text, at)
            if not joined and not term.endswith("="):
                finish()
            term = (term or "\0") + content  # a term that begins with a quoted string has no name
            joined = True
        elif c == "=":
            term += "="
            at += 1
            joined = True
        elif match := _PLAIN.match(text, at):
            if not joined and not term.endswith("="):
                finish()
            term += match[0]
            at = match.end()
            joined = True
        else:
            at += 1  # a stray ")"
    finish()
    return clauses


def _skip_comment(text: str, at: int) -> int:
    """The position behind the comment that opens at `at`; an unclosed one swallows the rest."""
    depth, end = 0, len(text)
    while at < end:
        c = text[at]
        if c == "\\":
            at += 1
        elif c == "(":
            depth += 1
        elif c == ")":
            depth -= 1
            if not depth:
                return at + 1
        at += 1
    return end


def _quoted(text: str, at: int) -> tuple[str, int]:
    """The content of the quoted string that opens at `at`, and the position behind it."""
    out: list[str] = []
    at, end = at + 1, len(text)
    while at < end:
        c = text[at]
        if c == '"':
            return "".join(out), at + 1
        if c == "\\" and at + 1 < end:
            at += 1
            c = text[at]
        out.append(c)
        at += 1
    return "".join(out), end
