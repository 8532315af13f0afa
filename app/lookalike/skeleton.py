"""How a label looks (Unicode Technical Standard #39, section 4): labels that look alike have one skeleton. The only owner of confusable_homoglyphs."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

_PAIRS = (("rn", "m"), ("nn", "m"), ("vv", "w"), ("cl", "d"))
_SHAPES = str.maketrans("01345iq", "oleaslg")
_ARABIC = str.maketrans("ىیېۍئةۀەھہکڪٱ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "يييييهههههكك\u062701234567890123456789")
"""Letters that differ little or not at all on sight, and the two rows of digits; marks above and below letters are taken off as in any script."""


@lru_cache(maxsize=65_536)
def skeleton(label: str) -> str:
    """What a label looks like, so that labels that look alike are equal; not itself a name."""
    if not label.isascii():
        label = _latin_look(label)
    for pair, letter in _PAIRS:
        if pair in label:
            label = label.replace(pair, letter)
    return label.translate(_SHAPES)


def latin_twin(char: str) -> str:
    """The Latin letter that a letter of another alphabet passes for; itself where it is Latin, empty where it looks like none."""
    if "LATIN" in unicodedata.name(char, "").split()[:1]:
        return char
    look = _latin_look(char)
    return look if len(look) == 1 and look.isascii() and look.isalpha() else ""


def _latin_look(text: str) -> str:
    return _bare("".join(map(_prototype, unicodedata.normalize("NFKD", text.translate(_ARABIC)))))


def _bare(text: str) -> str:
    """Without combining marks."""
    return "".join(char for char in text if not unicodedata.combining(char))


@cache
def _prototypes() -> dict[str, str]:
    """Character -> the one it is confused with, of the Unicode data that the package carries (it wraps right-to-left ones in U+200E)."""
    from confusable_homoglyphs.confusables import confusables_data

    table = {char.strip("\u200e"): [row["c"].strip("\u200e") for row in rows] for char, rows in confusables_data.items()}
    found: dict[str, str] = {}
    for char, looks in table.items():
        latin = [look for look in map(_bare, looks) if look.isascii() and look.isalnum()]
        if not char.isascii() and (latin or (len(looks) == 1 and len(table.get(looks[0], ())) > 1)):
            found[char] = (latin or looks)[0].lower()
    return found


def _prototype(char: str) -> str:
    return char if char.isascii() else _prototypes().get(char, char)
