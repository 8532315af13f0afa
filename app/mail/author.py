"""Who a message says it is from: addresses are found in hostile octets without ever guessing.

The grammar of RFC 5322 decides, obsolete forms included, with RFC 6532 (UTF-8) and RFC 6854 (groups). Where a field breaks it, quoted
strings, comments and encoded words are set aside: exactly one addr-spec left is clear, two or more are ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from app.mail.address import COLON, COMMA, MAX_HOST_NAME, SEMICOLON, SILENT, elements
from app.mail.tokens import Kind, Token, comments_of, text_of, tokens_of
from app.mail.words import decode
from app.model import Author, AuthorStatus, Mailbox

_NOWHERE = frozenset((Kind.STRAY, Kind.CONTROL))
_NOT_IN_PHRASE = frozenset((Kind.SPECIAL, Kind.LITERAL))

_USUAL = re.compile(
    rb'(?:(?:"([^"\\\x00-\x1f=\x7f-\xff]*+)"|([A-Za-z0-9.!#$%&\'*+/^_`{|}~-]++(?: [A-Za-z0-9.!#$%&\'*+/^_`{|}~-]++)*+)) ?)?+'
    rb"<([A-Za-z0-9!#$%&'*+/^_`{|}~-]++(?:\.[A-Za-z0-9!#$%&'*+/^_`{|}~-]++)*+)@([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*+)>"
)
"""A name-addr as most programs write it, in ASCII."""
_ENCODED_WORD = rb"=\?[^?\s]{1,75}\?[BbQq]\?[!#-\'*+./0-9A-Z=^_`a-z{|}~-]*+\?="
_ENCODED = re.compile(rb"(%b(?:[ \t]++%b)*+)[ \t]*+(<[^<>]++>)" % (_ENCODED_WORD, _ENCODED_WORD))
"""The same with a name of nothing but encoded words (RFC 2047) that hold no separator."""
MAX_VALUE = 65_536
"""Octets of a field that are read; a longer one is never clear."""
MAX_REMEMBERED = 512
"""Octets of a field whose reading is kept for the next message."""
MAX_FOUND = 10
"""Mailboxes kept of an ambiguous author."""


def parse_author(values: Sequence[bytes]) -> Author:
    """The author from all From fields of a message; several fields are clear only if every one has the same address."""
    fields = [_remembered(value) if len(value) <= MAX_REMEMBERED else _read(value) for value in values]
    if not fields:
        return Author(AuthorStatus.NONE)
    if len(fields) == 1:
        return fields[0]
    found = _distinct(box for author in fields for box in author.mailboxes)
    name = next((author.name for author in fields if author.name), "")
    if not found:
        return Author(AuthorStatus.NONE, (), name, True)
    same = len(found) == 1 and all(author.status is AuthorStatus.CLEAR for author in fields)
    return Author(AuthorStatus.CLEAR if same else AuthorStatus.AMBIGUOUS, found, name, True)


def parse_mailboxes(value: bytes, limit: int = 50) -> tuple[Mailbox, ...]:
    """The first `limit` mailboxes of Reply-To, To or Cc; what is no address is passed over."""
    if limit and (box := usual_mailbox(value)):
        return (box,)
    if len(value) > MAX_VALUE:
        value = value[:MAX_VALUE].rpartition(b",")[0]  # half an address is another address
    found: list[Mailbox] = []
    for element in elements(tokens_of(value)[0]):
        for address in element.addresses:
            if len(found) >= limit:
                return tuple(found)
            if box := address.mailbox:
                found.append(replace(box, name=element.name) if len(element.addresses) == 1 else box)
    return tuple(found)


def usual_mailbox(value: bytes) -> Mailbox | None:
    """The mailbox of a field that holds one name-addr or addr-spec and nothing to think about, much faster than token by token; None of any other."""
    usual = usual_name_addr(value)
    return Mailbox(*usual) if usual else None


def usual_name_addr(value: bytes) -> tuple[str, str, str] | None:
    """The local part, the domain and the name of that mailbox."""
    encoded, usual = _usual(value)
    if usual is None:
        return None
    quoted, phrase, local, domain = usual.groups()
    name = decode(b" ".join(encoded[1].split())) if encoded else (quoted or phrase or b"").decode()
    return local.decode(), domain.decode().lower(), name


def usual_addr_spec(value: bytes) -> tuple[str, str] | None:
    """The local part and the domain of that mailbox."""
    _, usual = _usual(value)
    return (usual[3].decode(), usual[4].decode().lower()) if usual else None


def _usual(value: bytes) -> tuple[re.Match[bytes] | None, re.Match[bytes] | None]:
    """What stands around the encoded words of a name, where it consists of these, and the name-addr."""
    if len(value) > MAX_REMEMBERED:
        return None, None
    encoded = _ENCODED.fullmatch(value) if value.startswith(b"=?") else None
    address = encoded[2] if encoded else value
    usual = _USUAL.fullmatch(address if address.endswith(b">") else b"<%b>" % address)
    return encoded, usual if usual and len(usual[4]) <= MAX_HOST_NAME else None


@lru_cache(maxsize=4096)
def _remembered(value: bytes) -> Author:
    return _read(value)  # few people write most of a mailbox


def _read(value: bytes) -> Author:
    if box := usual_mailbox(value):
        return Author(AuthorStatus.CLEAR, (box,), box.name)
    return any_author(value)


def any_author(value: bytes) -> Author:
    """One From field, read token by token."""
    tokens, unclosed = tokens_of(value[:MAX_VALUE].strip(b" \t\r\n"))
    author = _author_of(tokens)
    if unclosed is not None:
        author = _agreed(author, _author_of(tokens[:unclosed]))
    if not author.malformed and not _is_utf8(value):
        author = replace(author, malformed=True)
    if len(value) > MAX_VALUE and author.mailbox:
        return replace(author, status=AuthorStatus.AMBIGUOUS)
    return author


def _agreed(author: Author, shorter: Author) -> Author:
    """Who takes a quotation mark or parenthesis that is never closed literally reads `author`; who drops all behind it, `shorter`."""
    found = _distinct((*author.mailboxes, *shorter.mailboxes))
    if not found:
        return author
    unanimous = author.mailbox is not None and shorter.status is not AuthorStatus.AMBIGUOUS and len(found) == 1
    status = AuthorStatus.CLEAR if unanimous else AuthorStatus.AMBIGUOUS
    return Author(status, found, author.name, True)


def _author_of(tokens: list[Token]) -> Author:
    found: dict[str, Mailbox] = {}
    spare: list[Token] = []
    occupied = unreadable = 0
    malformed = doubtful = False
    for element in elements(tokens):
        text = element.spare
        occupied += bool(element.addresses) or not SILENT.issuperset([kind for kind, _ in text])
        spare += text if not spare else [COMMA, *text]
        malformed |= element.malformed
        doubtful |= element.doubtful
        for address in element.addresses:
            if box := address.mailbox:
                found.setdefault(box.address, box)
            else:
                unreadable += 1
        if len(found) > MAX_FOUND:
            break
    if not found:
        status = AuthorStatus.AMBIGUOUS if doubtful else AuthorStatus.NONE
        return Author(status, (), text_of(tokens) or comments_of(tokens), True)
    name = text_of(spare) or comments_of(tokens)
    boxes = tuple(found.values())[:MAX_FOUND]
    if doubtful or unreadable or len(boxes) > 1:
        return Author(AuthorStatus.AMBIGUOUS, boxes, name, True)
    malformed |= occupied > 1 or _irregular(tokens, spare)
    return Author(AuthorStatus.CLEAR, (Mailbox(boxes[0].local, boxes[0].domain, name),), name, malformed)


def _irregular(tokens: list[Token], spare: list[Token]) -> bool:
    """Whether anything stands where RFC 5322 has no place for it."""
    if not _NOWHERE.isdisjoint({kind for kind, _ in tokens}):
        return True
    groups = spare.count(COLON)
    if groups > 1 or groups != tokens.count(SEMICOLON):
        return True
    return any(kind in _NOT_IN_PHRASE and text not in b":," for kind, text in spare)


def _is_utf8(octets: bytes) -> bool:
    if octets.isascii():
        return True
    try:
        octets.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _distinct(boxes: Iterable[Mailbox]) -> tuple[Mailbox, ...]:
    return tuple({box.address: box for box in boxes}.values())[:MAX_FOUND]
