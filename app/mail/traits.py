"""Traits: what a header shows of itself, without knowing the mailbox or other messages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from app.mail.authres import DkimSignature
from app.mail.headers import unfolded
from app.mail.layout import Header
from app.model import Author, AuthorStatus, Trait

_ORDER = {trait: place for place, trait in enumerate(Trait)}
_BULK_PRECEDENCE = frozenset((b"bulk", b"list", b"junk"))
_INVISIBLE = frozenset("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0")
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_REPLACEMENT = "\ufffd"
"""What stands for an octet that could not be decoded: a broken program's mark, no decoration."""
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN")
"""Those whose letters look alike. Arabic writes its article and its conjunctions onto foreign words, and nobody takes one for the other."""
PLAIN = re.compile(
    "[ -~\u00c0-\u024f\u05d0-\u05ea\u0621-\u063a\u0640-\u065f\u0660-\u066c\u2010-\u2015\u2018-\u201f\u2026\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]*"
)
"""Latin letters, those of scripts that nobody takes for them (Hebrew, Arabic, Japanese, Chinese), and punctuation: there is nothing to find."""
MAX_REMEMBERED = 255
"""Characters of a name whose traits are kept for the next message."""


Shown = tuple[bool, bool, bool, bool, bool]
"""Whether a header shows each of `_SHOWN`."""
_SHOWN = (Trait.LIST, Trait.BULK, Trait.REPLY, Trait.WEAK_SIGNATURE, Trait.EXPIRED_SIGNATURE)


def traits_of(header: Header, author: Author, signatures: Sequence[DkimSignature]) -> tuple[Trait, ...]:
    """The traits of one header in the order of the enumeration, so that equal headers give equal claims."""
    return together(shown_by_author(author, bool(header[0].author)), shown_by_fields(header, signatures))


@lru_cache(maxsize=4096)
def together(first: tuple[Trait, ...], shown: Shown) -> tuple[Trait, ...]:
    """What the author shows and what the other fields show."""
    others = [trait for trait, is_shown in zip(_SHOWN, shown, strict=True) if is_shown]
    return tuple(sorted([*first, *others], key=_ORDER.__getitem__))


def shown_by_author(author: Author, named: bool) -> tuple[Trait, ...]:
    """What the From field shows; `named`: there is one."""
    found = shown_by_name(author.name)
    if author.status is AuthorStatus.NONE:
        return (*found, Trait.MALFORMED_FROM if named else Trait.NO_FROM)
    if author.status is AuthorStatus.AMBIGUOUS:
        return (*found, Trait.SEVERAL_AUTHORS)
    return (*found, Trait.MALFORMED_FROM) if author.malformed else found


def shown_by_fields(header: Header, signatures: Sequence[DkimSignature]) -> Shown:
    """What the other fields show; their values may be folded still."""
    at, values = header
    return (
        # newsletters carry List-Id too; a discussion list takes posts
        at.takes_posts or (at.is_list and not at.unsubscribable),
        at.unsubscribable or any(unfolded(values[n]).strip().lower() in _BULK_PRECEDENCE for n in at.precedence),
        bool(at.answered),
        bool(signatures) and False not in [signature.weak for signature in signatures],
        bool(signatures) and False not in [signature.expired for signature in signatures],
    )


def shown_by_name(name: str) -> tuple[Trait, ...]:
    """What a display name shows."""
    if PLAIN.fullmatch(name):
        return ()
    return _remembered(name) if len(name) <= MAX_REMEMBERED else any_name(name)


def any_name(name: str) -> tuple[Trait, ...]:
    """The same of a name with whatever in it."""
    found: list[Trait] = []
    if any(c in _OVERRIDES or unicodedata.category(c) == "Cc" for c in name):
        found.append(Trait.NAME_CONTROLS)
    if any(c in _INVISIBLE or "\U000e0000" <= c <= "\U000e01ef" for c in name):
        found.append(Trait.NAME_INVISIBLE)
    if any(len({_script(c) for c in word if c.isalpha()} - {""}) > 1 for word in name.split()):
        found.append(Trait.NAME_MIXED_SCRIPTS)
    if any(unicodedata.category(c) == "So" and c != _REPLACEMENT for c in name):
        found.append(Trait.NAME_DECORATED)
    return tuple(found)


_remembered = lru_cache(maxsize=4096)(any_name)


def _script(character: str) -> str:
    label = unicodedata.name(character, "")
    return next((script for script in _SCRIPTS if label.startswith(script)), "")
