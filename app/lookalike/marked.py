"""A name or an address as it was claimed, with every character marked that is not what it seems: invisible ones, those that turn the
direction, and letters of another alphabet that pass for Latin ones. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.contain import contained
from app.i18n import Translation
from app.lookalike.skeleton import latin_twin

MOST = 4
"""Letters that are said in words."""
_HIDDEN = re.compile(r"\[U\+[0-9A-F]{4,6}\]|\[\+\d+\u25cc\]|[\u2400-\u2421]")
"""What `contained` shows in the place of a character."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the contained text; `twin` is the Latin letter that it passes for, empty where it stands for something hidden."""

    start: int
    end: int
    twin: str = ""


def marked(text: str) -> tuple[str, tuple[Mark, ...]]:
    """(the text as it is shown, its marks in order)."""
    shown = contained(text)
    if shown.isascii() and shown == text:
        return shown, ()
    found = [Mark(match.start(), match.end()) for match in _HIDDEN.finditer(shown)]
    plain = _HIDDEN.sub(lambda match: " " * len(match[0]), shown)
    return shown, tuple(sorted([*found, *_foreign_letters(plain)], key=lambda mark: mark.start))


def _foreign_letters(text: str) -> list[Mark]:
    """Beside Latin letters, each letter of a word that has nothing but letters with a Latin look; a whole text in another alphabet is just that."""
    if not any(char.isascii() and char.isalpha() for char in text):
        return []
    found = []
    for word in _WORD.finditer(text):
        twins = [(at, char, latin_twin(char)) for at, char in enumerate(word[0], word.start()) if not char.isascii()]
        if all(twin for _, _, twin in twins):
            found += [Mark(at, at + 1, twin) for at, char, twin in twins if twin != char]
    return found


def in_words(text: str, say: Translation) -> list[str]:
    """What is marked, for those who do not see the mark; bounded."""
    shown, marks = marked(text)
    twins = list(dict.fromkeys((shown[mark.start : mark.end], mark.twin) for mark in marks if mark.twin))
    said = [
        say("“{letter}” ({code}) is a letter of another alphabet that looks like “{twin}”.", letter=letter, code=f"U+{ord(letter):04X}", twin=twin)
        for letter, twin in twins[:MOST]
    ]
    hidden = sum(not mark.twin for mark in marks)
    if hidden:
        said.append(
            say.plural(
                "{n} invisible or misleading character is shown in brackets.",
                "{n} invisible or misleading characters are shown in brackets.",
                hidden,
            )
        )
    return said
