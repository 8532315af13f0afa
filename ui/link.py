"""A line that leads somewhere: a drawing, a few words that may take several lines, and an arrow in reading direction."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from app.i18n import Translation
from ui import tokens as t
from ui.controls import column, picture, row
from ui.theme import colours


class Link(QPushButton):
    """`name` is what a screen reader says; `tone` and `shape` as in `ui.words`."""

    def __init__(self, kind: str, name: str, shape: str, tone: str, say: Translation) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setAccessibleName(name)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._words = column(spacing=0)
        self._inner = row(spacing=t.M, margins=(t.S, 6, t.S, 6))
        self._inner.addWidget(picture(shape, getattr(colours(), tone).ink, 20))
        self._inner.addLayout(self._words, 1)
        self._inner.addWidget(picture("arrow", colours().muted, 16, mirrored=say.rtl))
        self.setLayout(self._inner)

    def add(self, *words: QLabel) -> None:
        """Lines one under another."""
        for each in words:
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._words.addWidget(each)

    def end(self, widget: QWidget) -> None:
        """Something short before the arrow."""
        widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._inner.insertWidget(2, widget)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._inner.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        return self._inner.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._inner.totalMinimumSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))
