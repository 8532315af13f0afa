"""Authentication-Results (RFC 8601), Received-SPF (RFC 7208) and DKIM-Signature (RFC 6376) fields as they are found in the wild.

Tolerant of what servers write, strict about what it means: a clause ends at a semicolon outside comments and quoted strings, a property
belongs to its own clause, and what is in a comment or a quoted string is never a result. Linear, bounded, and never an exception.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.mail.words import decode
from app.model import Verdict

MAX_VALUE = 16_384
"""Octets of a field that are read."""
MAX_CLAUSES, MAX_PROPERTIES = 64, 32
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
_COMMENT_PART = re.compile(r'\\.|"(?:[^"\\]++|\\.)*+"|[()]', re.DOTALL)
_PAIR = re.compile(r"\\(.)", re.DOTALL)
_METHOD = re.compile(r"[a-z][a-z0-9_-]*")
_VERSION = re.compile(r"\d{1,4}")


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
    """One field: who speaks (empty where the field does not say), and what about. No clauses: `none`."""

    authserv_id: str
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class DkimSignature:
    """What a signature says of its own form; nothing here is proof."""

    domain: str
    selector: str
    weak: bool
    """rsa-sha1, or only a part of the body is covered (`l=`)."""
    expired: bool
    """It expired (`x=`) before it was made (`t=`)."""


@dataclass(slots=True)
class _Term:
    """What stands together: `name=value`, or bare words. An equals sign in a quoted string never parts a name from its value."""

    names: list[str] = field(default_factory=list)
    values: list[str] | None = None
    """None: bare, without an equals sign so far."""
    nameless: bool = False
    """It begins with a quoted string or an equals sign."""

    @property
    def bare(self) -> bool:
        return self.values is None

    @property
    def name(self) -> str:
        return "".join(self.names).lower()

    @property
    def value(self) -> str:
        return "".join(self.names if self.values is None else self.values)

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
    """The field's authserv-id in lower case and its clauses in order."""
    (first, *others) = _clauses(value)
    authserv_id = ""
    if first and first[0].bare:
        authserv_id = first[0].value.lower().rstrip(".")
        first = first[2:] if len(first) > 1 and first[1].bare and _VERSION.fullmatch(first[1].value) else first[1:]
    clauses: list[list[_Term]] = []
    for terms in ([term for term in each if not term.bare] for each in [first, *others]):
        if terms and terms[0].name in _SPF_KEYS and clauses and clauses[-1][0].name == "spf":
            clauses[-1] += terms
        elif terms and len(clauses) < MAX_CLAUSES:
            clauses.append(terms)
    return AuthRes(authserv_id, tuple(filter(None, map(_clause, clauses))))


def parse_arc_authres(value: bytes) -> tuple[int, AuthRes]:
    """ARC-Authentication-Results (RFC 8617 section 4.1.1): the instance (0 where there is none) and what its sealer reported."""
    instance, _, rest = value.partition(b";")
    number = instance.strip().removeprefix(b"i=").strip()
    return (int(number) if number.isdigit() and len(number) <= 3 else 0), parse_authres(rest)


def parse_received_spf(value: bytes) -> Clause:
    """A Received-SPF field as an spf clause; its keys (`envelope-from`, `client-ip`, `receiver` …) as properties."""
    result, *keys = [term for clause in _clauses(value) for term in clause] or [_Term()]
    pairs = tuple((key.name, key.value) for key in keys[:MAX_PROPERTIES] if not key.bare)
    return Clause("spf", _verdict(result.value) if result.bare else Verdict.UNKNOWN, pairs)


def parse_dkim_signature(value: bytes) -> DkimSignature:
    """The tags d, s, a, l, t and x (RFC 6376 section 3.5)."""
    tags: dict[str, str] = {}
    for part in value[:MAX_VALUE].decode("utf-8", "replace").split(";"):
        name, equals, text = part.partition("=")
        if equals:
            tags.setdefault(name.strip().lower(), "".join(text.split()))
    made, until = _seconds(tags.get("t", "")), _seconds(tags.get("x", ""))
    return DkimSignature(
        domain=tags.get("d", "").lower().rstrip("."),
        selector=tags.get("s", "").lower(),
        weak=tags.get("a", "").lower() == "rsa-sha1" or "l" in tags,
        expired=made is not None and until is not None and until < made,
    )


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


def _seconds(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 12 else None


def _verdict(text: str) -> Verdict:
    return _VERDICTS.get(text.lower(), Verdict.UNKNOWN)


def _clause(terms: list[_Term]) -> Clause | None:
    """The clause that `method=result` opens."""
    method = terms[0].name.partition("/")[0]
    if not _METHOD.fullmatch(method):
        return None
    pairs = tuple((term.name, term.value) for term in terms[1 : MAX_PROPERTIES + 1])
    return Clause(method, _verdict(terms[0].value.partition("/")[0]), pairs)


def _clauses(value: bytes) -> list[list[_Term]]:
    """The terms of each clause, comments set aside."""
    text = value[:MAX_VALUE].decode("utf-8", "replace")
    if text.lstrip().startswith("=?"):
        text = decode(value[:MAX_VALUE])  # Microsoft encodes the whole field (RFC 2047) where a name in it is not ASCII
    clauses: list[list[_Term]] = [[]]
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
                terms.append(_Term())
            terms[-1].add(piece, not word)
            behind = at
    return clauses
