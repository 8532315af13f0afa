"""Traits: what a header shows of itself, without knowing the mailbox or other messages."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from app.mail.authres import parse_dkim_signature
from app.model import Author, AuthorStatus, Trait

_LIST_FIELDS = frozenset((b"list-id", b"list-post"))
_BULK_FIELDS = frozenset((b"list-unsubscribe", b"feedback-id"))
_BULK_PRECEDENCE = frozenset((b"bulk", b"list", b"junk"))
_INVISIBLE = frozenset("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0")
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN")
"""Those whose letters look alike. Arabic writes its article and its conjunctions onto foreign words, and nobody takes one for the other."""


def traits_of(fields: Sequence[tuple[bytes, bytes]], author: Author) -> tuple[Trait, ...]:
    """The traits of one header in the order of the enumeration, so that equal headers give equal claims."""
    names = {name for name, _ in fields}
    found = set(_name_traits(author.name))
    unsubscribable = not names.isdisjoint(_BULK_FIELDS)
    if not names.isdisjoint(_LIST_FIELDS) and (b"list-post" in names or not unsubscribable):
        found.add(Trait.LIST)  # newsletters carry List-Id too; a discussion list takes posts
    if unsubscribable or any(n == b"precedence" and v.strip().lower() in _BULK_PRECEDENCE for n, v in fields):
        found.add(Trait.BULK)
    if b"in-reply-to" in names or b"references" in names:
        found.add(Trait.REPLY)
    if author.status is AuthorStatus.NONE:
        found.add(Trait.MALFORMED_FROM if b"from" in names else Trait.NO_FROM)
    elif author.status is AuthorStatus.AMBIGUOUS:
        found.add(Trait.SEVERAL_AUTHORS)
    elif author.malformed:
        found.add(Trait.MALFORMED_FROM)
    signatures = [parse_dkim_signature(value) for name, value in fields if name == b"dkim-signature"]
    if signatures and all(signature.weak for signature in signatures):
        found.add(Trait.WEAK_SIGNATURE)
    if signatures and all(signature.expired for signature in signatures):
        found.add(Trait.EXPIRED_SIGNATURE)
    return tuple(trait for trait in Trait if trait in found)


def _name_traits(name: str) -> list[Trait]:
    if not name or (name.isascii() and name.isprintable()):
        return []
    found = []
    if any(c in _OVERRIDES or unicodedata.category(c) == "Cc" for c in name):
        found.append(Trait.NAME_CONTROLS)
    if any(c in _INVISIBLE or "\U000e0000" <= c <= "\U000e01ef" for c in name):
        found.append(Trait.NAME_INVISIBLE)
    if any(len({_script(c) for c in word if c.isalpha()} - {""}) > 1 for word in name.split()):
        found.append(Trait.NAME_MIXED_SCRIPTS)
    if any(unicodedata.category(c) == "So" for c in name):
        found.append(Trait.NAME_DECORATED)
    return found


def _script(character: str) -> str:
    label = unicodedata.name(character, "")
    return next((script for script in _SCRIPTS if label.startswith(script)), "")
