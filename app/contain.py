"""Showing hostile text: what is invisible or would rearrange its surroundings becomes a visible mark, everything else stays as it is.

Nothing is stripped, and honest text of any script comes back byte for byte. Used wherever text from a message or a server is shown.
(Unicode UAX #9 for directional controls, UTR #36 section 2 and UTS #39 section 5 for the reasons.)
"""

from __future__ import annotations

import unicodedata

LIMIT = 300
"""Characters of one shown value; the rest is counted."""
MAX_MARKS = 6
"""Combining marks on one letter; pointed Arabic needs three, Hebrew with cantillation five."""

_JOINERS = "\u200c\u200d"
_DIRECTION_MARKS = "\u200e\u200f\u061c"
_BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Letters, marks and symbols by category that show nothing."""
_VISIBLE_FORMATS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
"""Format characters that enclose a number (Unicode: Prepended_Concatenation_Mark)."""
_DOTTED_CIRCLE = "\u25cc"


def contained(text: str, limit: int = LIMIT) -> str:
    """`text` with its dangers made visible: `␊`, `[U+202E]`, `[+14◌]` for a flood of combining marks, `…[+1200]` for what is cut off."""
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text
    rtl = any(unicodedata.bidirectional(char) in ("R", "AL") and unicodedata.category(char) != "Cf" for char in text)
    shown: list[str] = []
    run = 0
    for index, char in enumerate(text[:limit]):
        before, after = text[index - 1 : index], text[index + 1 : index + 2]
        if _combines(char):
            run += 1
            if run <= MAX_MARKS:
                shown.append(char if before else _DOTTED_CIRCLE + char)
            continue
        _end_run(shown, run)
        run = 0
        shown.append(char if _may_stand(char, before, after, rtl) else _picture(char))
    _end_run(shown, run)
    if len(text) > limit:
        shown.append(f"…[+{len(text) - limit}]")
    return "".join(shown)


def _end_run(shown: list[str], run: int) -> None:
    if run > MAX_MARKS:
        shown.append(f"[+{run - MAX_MARKS}{_DOTTED_CIRCLE}]")


def _combines(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me") and char not in _BLANKS and not _selects_variation(char)


def _selects_variation(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef" or "\u180b" <= char <= "\u180d" or char == "\u180f"


def _may_stand(char: str, before: str, after: str, rtl: bool) -> bool:
    if " " <= char <= "~":
        return True
    if _selects_variation(char):
        return before != "" and _takes_variation(before)
    if char in _JOINERS:
        return before != "" and after != "" and _joins(before) and _joins(after)
    if char in _DIRECTION_MARKS:
        return rtl and before not in [*_DIRECTION_MARKS]
    if char in _BLANKS:
        return False
    return (unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") and not _is_noncharacter(char)) or char in _VISIBLE_FORMATS


def _is_noncharacter(char: str) -> bool:
    """Never a character in any version of Unicode (section 23.7); XML forbids two of them."""
    return "\ufdd0" <= char <= "\ufdef" or ord(char) & 0xFFFE == 0xFFFE


def _takes_variation(before: str) -> bool:
    """Emoji, key caps, ideographs and Mongolian letters have variants; a Latin letter has none, and nothing has two."""
    return unicodedata.category(before) in ("So", "Sm", "Sk", "Lo", "Nd", "Po") and not _selects_variation(before)


def _joins(neighbour: str) -> bool:
    """Letters and marks of scripts that join, and emoji with their modifiers."""
    return unicodedata.category(neighbour) in ("Lo", "Lm", "Mn", "Mc", "So", "Sk")


def _picture(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"[U+{code:04X}]"
