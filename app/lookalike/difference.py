"""Where two names that look alike differ, character by character, so that the difference can be shown and said. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from app.i18n import Translation

MOST = 4
"""Differences that are said; two names with more have little in common."""


class Change(StrEnum):
    SAME = "same"
    REPLACED = "replaced"
    ADDED = "added"
    LEFT_OUT = "left_out"
    EXCHANGED = "exchanged"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a name and what stands in its place in the other; one of them may be empty."""

    change: Change
    here: str
    there: str


_CHANGES = {"equal": Change.SAME, "replace": Change.REPLACED, "delete": Change.ADDED, "insert": Change.LEFT_OUT}


def pieces(name: str, other: str) -> tuple[Piece, ...]:
    """`name` against `other`, as people see them (U-labels); the pieces joined are the names again."""
    codes = SequenceMatcher(None, name, other, autojunk=False).get_opcodes()
    return tuple(_exchanged([Piece(_CHANGES[tag], name[a:b], other[c:d]) for tag, a, b, c, d in codes]))


def _exchanged(found: list[Piece]) -> Iterator[Piece]:
    """Two neighbours that have changed places are one difference: an added letter, its neighbour, and the same letter left out."""
    at = 0
    while at < len(found):
        before, between, after = (found[at : at + 3] + [None] * 3)[:3]
        if before and between and after and len(between.here) == 1 and _mirror(before, after):
            yield Piece(Change.EXCHANGED, before.here + between.here + after.here, before.there + between.there + after.there)
            at += 3
        else:
            yield found[at]
            at += 1


def _mirror(one: Piece, other: Piece) -> bool:
    changes = {one.change, other.change}
    return changes == {Change.ADDED, Change.LEFT_OUT} and (one.here, one.there) == (other.there, other.here) and len(one.here + one.there) == 1


def in_words(found: tuple[Piece, ...], say: Translation) -> list[str]:
    """`the digit “1” in place of the letter “i”`, one text for each difference, bounded."""
    different = [piece for piece in found if piece.change is not Change.SAME]
    shown = [_said(piece, say) for piece in different[:MOST]]
    if len(different) > MOST:
        shown.append(say.plural("and {n} more difference", "and {n} more differences", len(different) - MOST))
    return shown


def _said(piece: Piece, say: Translation) -> str:
    here, there = _called(piece.here, say), _called(piece.there, say)
    if piece.change is Change.ADDED:
        return say("{here} added", here=here)
    if piece.change is Change.LEFT_OUT:
        return say("{there} left out", there=there)
    if piece.change is Change.EXCHANGED:
        return say("“{here}” in place of “{there}”: two characters exchanged", here=piece.here, there=piece.there)
    return say("{here} in place of {there}", here=here, there=there)


def _called(text: str, say: Translation) -> str:
    """What a reader can tell apart: a digit from a letter, and a letter of another alphabet by its number."""
    if text in ("-", "."):
        return say("a hyphen “-”") if text == "-" else say("a dot “.”")
    if len(text) != 1:
        return say("“{text}”", text=text)
    if not text.isascii():
        return say("“{text}”, another letter that looks alike ({code}),", text=text, code=f"U+{ord(text):04X}")
    return say("the digit “{text}”", text=text) if text.isdigit() else say("the letter “{text}”", text=text)
