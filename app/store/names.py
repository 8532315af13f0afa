"""Names of messages in short: most of a folder differ in a number at their end (a UID, a place in a file), and a number takes little room.

The folder keeps the stem, its messages the numbers; a name that is otherwise is kept whole.
"""

from __future__ import annotations

import re

NAME = "iif(typeof(messages.name) = 'integer', folders.stem || messages.name, messages.name)"
"""The name of a row of `messages`, joined with its folder."""
_LONGEST = 18
"""Digits that surely fit SQLite's integers."""
_NUMBERED = re.compile(rf"(.*?)(?:0|[1-9][0-9]{{0,{_LONGEST - 1}}})", re.DOTALL)


def stem_of(name: str) -> str | None:
    """All before the number that the name ends in; None where it ends in none."""
    found = _NUMBERED.fullmatch(name)
    return found[1] if found else None


def short(name: str, stem: str | None) -> str | int:
    """As it is kept in a folder of this stem; equal names, and no others, become equal."""
    if stem is None or not name.startswith(stem):
        return name
    number = name[len(stem) :]
    usual = number.isascii() and number.isdigit() and len(number) <= _LONGEST and (number[0] != "0" or number == "0")
    return int(number) if usual else name
