"""Where the window stands and how large it is: as the user left it, or in the middle of what the screen offers."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QWidget

USUAL = QSize(1280, 800)
LEAST = QSize(480, 300)
"""A screen of 1024 × 640 enlarged to 200 %, less what the desktop takes; below what a screen needs, it is scrolled."""
TITLE_BAR = 40
"""Pixels that the desktop's frame around the window may take."""


def put(window: QWidget, kept: str) -> None:
    """`kept` is what `place_of` gave. Qt brings a window back whose screen is gone or smaller now; what it cannot read it leaves alone."""
    room = window.screen().availableSize() - QSize(0, TITLE_BAR)
    window.setMinimumSize(LEAST.boundedTo(room))
    if not kept or not window.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii", "replace"))):
        window.resize(USUAL.boundedTo(room))


def place_of(window: QWidget) -> str:
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")
