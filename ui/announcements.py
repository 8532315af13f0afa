"""Lines between the bar and the screen: what a person should know whatever they are doing, each with its ways on. They stay until they are closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from app.i18n import Translation
from ui import tokens as t
from ui.controls import button, clear, column, frame, icon_button, notice
from ui.first_picture import NO_FOCUS, NO_SCROLL_BAR

LEAST = 96
"""Pixels of it that a small window shows at least."""
Way = tuple[Callable[[Translation], str], Callable[[], None]]
"""What a button says, and what it does."""


class Announcement(NamedTuple):
    """Texts are functions of the language, which may change while it stands there."""

    text: Callable[[Translation], str]
    ways: Sequence[Way] = ()
    tone: str = "info"
    icon: str = "info"


class Announcements(QObject):
    """What is announced at the moment, by name; a name stands for one announcement. Emits `changed`."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._standing: dict[str, Announcement] = {}

    def announce(self, name: str, announcement: Announcement) -> None:
        self._standing[name] = announcement
        self.changed.emit()

    def withdraw(self, name: str) -> None:
        if self._standing.pop(name, None) is not None:
            self.changed.emit()

    def standing(self) -> list[tuple[str, Announcement]]:
        return list(self._standing.items())


class AnnouncementBar(QScrollArea):
    """Shows them; takes no room where there are none, and is scrolled where the window has too little for all."""

    def __init__(self, say: Translation, announcements: Announcements) -> None:
        super().__init__()
        self._say, self._announcements = say, announcements
        self._lines = column(spacing=t.S, margins=(t.L, t.S, t.L, t.S))
        self.setWidget(frame("bar", self._lines))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("focusPolicy", NO_FOCUS)
        self.setProperty("horizontalScrollBarPolicy", NO_SCROLL_BAR)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        announcements.changed.connect(self._show)
        self._show()

    def sizeHint(self) -> QSize:
        """As high as its lines are at this width."""
        return QSize(super().sizeHint().width(), self._lines.totalHeightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """A line or two at a time."""
        return QSize(0, min(self.sizeHint().height(), LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def _show(self) -> None:
        clear(self._lines)
        standing = self._announcements.standing()
        for name, each in standing:
            self._lines.addWidget(notice(each.text(self._say), each.tone, each.icon, *self._buttons(name, each)))
        self.setVisible(bool(standing))
        self.updateGeometry()

    def _buttons(self, name: str, announcement: Announcement) -> list[QWidget]:
        buttons: list[QWidget] = []
        for text, act in announcement.ways:
            choice = button(text(self._say))
            choice.clicked.connect(act)
            buttons.append(choice)
        close = icon_button(self._say("Close this message"), "close")
        close.clicked.connect(lambda: self._announcements.withdraw(name))
        return [*buttons, close]
