"""The lexical tokens of a structured field (RFC 5322 section 3.2), found in one pass over its octets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

from app.mail.words import decode


class Kind(IntEnum):
    SPACE = 1
    WORD = 2
    """atext, dots and octets above 127, so a whole dot-atom is one token."""
    QUOTED = 3
    ENCODED = 4
    """RFC 2047; set aside whole, with whatever punctuation sloppy senders leave in it."""
    COMMENT = 5
    LITERAL = 6
    """A domain literal with its brackets."""
    SPECIAL = 7
    """One of < > @ , ; :"""
    CONTROL = 8
    STRAY = 9
    """Punctuation that means nothing where it stands: ) [ ] \\ and what opens a string or comment that never ends."""


class Token(NamedTuple):
    kind: Kind
    text: bytes


_QUOTED = rb'|(?P<QUOTED>"(?:[^"\\]++|\\.)*+")'
_RULES = rb"""
    (?P<SPACE>(?:[ \t]|\r?\n(?=[ \t]))++)
  | (?P<ENCODED>=\?[^?\s]{1,75}\?[BbQq]\?[^?\s<>"]*+\?=)
  | (?P<WORD>(?:[A-Za-z0-9.!\#$%%&'*+/=?^_`{|}~\x80-\xff-])++)
  %s
  | (?P<LITERAL>\[[^][\\\x00-\x20\x7f]{1,255}\])
  | (?P<SPECIAL>[<>@,;:])
  | (?P<CONTROL>[\x00-\x1f\x7f])
  | (?P<COMMENT>\()
  | (?P<STRAY>.)
"""
_TOKEN = re.compile(_RULES % _QUOTED, re.DOTALL | re.VERBOSE)
_TOKEN_WITHOUT_QUOTES = re.compile(_RULES % b"", re.DOTALL | re.VERBOSE)
_COMMENT_PART = re.compile(rb"\\.|[()]", re.DOTALL)
_PAIR = re.compile(rb"\\(.)", re.DOTALL)
_AROUND = frozenset((Kind.SPACE, Kind.COMMENT))
_SEPARATORS = frozenset((b",", b";", b":"))
_KINDS = {kind.name: kind for kind in Kind}


def tokens_of(value: bytes) -> tuple[list[Token], int | None]:
    """All tokens; and where one quoted string or comment is never closed, the index of its opening (the rest is read as if it were stray)."""
    tokens: list[Token] = []
    unclosed: int | None = None
    pattern, comments = _TOKEN, True
    position, end = 0, len(value)
    while position < end:
        match = pattern.match(value, position)
        assert match is not None  # the last rule takes any octet
        kind, stop = _KINDS[match.lastgroup or ""], match.end()
        if kind is Kind.COMMENT:
            stop = _comment_end(value, position) if comments else 0
            if not stop:
                kind, stop, comments = Kind.STRAY, position + 1, False
                unclosed = len(tokens) if unclosed is None else unclosed
        elif kind is Kind.STRAY and pattern is _TOKEN and value[position] == 0x22:
            pattern = _TOKEN_WITHOUT_QUOTES  # looking again at every later quotation mark would take quadratic time
            unclosed = len(tokens) if unclosed is None else unclosed
        tokens.append(Token(kind, value[position:stop]))
        position = stop
    return tokens, unclosed


def _comment_end(value: bytes, start: int) -> int:
    """Behind the parenthesis that closes the comment at `start`; 0 where none does."""
    depth = 0
    for part in _COMMENT_PART.finditer(value, start):
        if part[0] == b"(":
            depth += 1
        elif part[0] == b")":
            depth -= 1
            if not depth:
                return part.end()
    return 0


def text_of(tokens: Sequence[Token]) -> str:
    """What a mail program shows of a phrase: quotation marks and pairs undone, comments left out, encoded words decoded.

    Separators around it are not part of it; what stands in quotation marks is kept as it is.
    """
    start, end = 0, len(tokens)
    while start < end and (tokens[start].kind in _AROUND or tokens[start].text in _SEPARATORS):
        start += 1
    while start < end and (tokens[end - 1].kind in _AROUND or tokens[end - 1].text in _SEPARATORS):
        end -= 1
    parts = []
    for kind, text in tokens[start:end]:
        if kind is Kind.SPACE:
            parts.append(b" ")
        elif kind is Kind.QUOTED:
            parts.append(unquoted(text))
        elif kind is not Kind.COMMENT:
            parts.append(text)
    return decode(b"".join(parts))


def comments_of(tokens: Iterable[Token]) -> str:
    """The text of the comments, where an obsolete `addr (Name)` keeps the name."""
    return decode(b" ".join(unquoted(text) for kind, text in tokens if kind is Kind.COMMENT))


def unquoted(text: bytes) -> bytes:
    """The content of a quoted string or comment, its quoted pairs undone."""
    return _PAIR.sub(rb"\1", text[1:-1]) if b"\\" in text else text[1:-1]
