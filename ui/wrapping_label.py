"""A label of several lines that breaks no name: half a domain on the next line reads as another domain, and in Arabic its halves change places."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QLabel

WORD_JOINER = "\u2060"
LONGEST = 40
"""Characters of a name that is kept on one line; a longer one would not fit a narrow window."""
_NAME = re.compile(r"[^\s\u2066-\u2069]+")
_DOTTED = re.compile(r"\w\.\w|@")


def unbroken(text: str) -> str:
    """The text for showing alone: in its addresses and domains no line can end after a hyphen (UAX #14, class WJ)."""
    return _NAME.sub(_joined, text) if "-" in text else text


def _joined(found: re.Match[str]) -> str:
    name = found[0]
    return name.replace("-", f"-{WORD_JOINER}") if len(name) <= LONGEST and _DOTTED.search(name) else name


class WrappingLabel(QLabel):
    """`text()` is what was set; a screen reader is given the same."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self._text = ""

    def setText(self, text: str) -> None:
        shown, before = unbroken(text), self._text
        if self.accessibleName() in ("", before):
            self.setAccessibleName(text if shown != text else "")
        self._text = text
        super().setText(shown)

    def text(self) -> str:
        return self._text
