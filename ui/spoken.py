"""What a screen reader says beside the names of what has the keyboard: that something else is on the screen now."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent


def speak(about: QObject, text: str) -> None:
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(about, text))
