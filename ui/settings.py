"""The settings: what holds for every audit. Each group is a widget of its own that says what was chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.i18n import Translation
from ui import tokens as t
from ui.choice import Choice
from ui.controls import button, centred, column, frame, label, row, scrolling


class SettingsScreen(QWidget):
    """Shows the groups one under another; emits `left`."""

    left = Signal()

    def __init__(self, say: Translation, groups: Sequence[QWidget], chosen: str = "") -> None:
        """`chosen`: the choice that has just been made, where the keyboard stays; the screen was built anew for it."""
        super().__init__()
        self.groups = groups
        self.back = button(say("Back"), "quiet", "back", mirrored=say.rtl)
        self.back.clicked.connect(self.left)
        choices = [choice for group in groups for choice in group.findChildren(Choice)]
        self.first: QWidget = next((choice.present() for choice in choices if choice.objectName() == chosen), self.back)
        body = QWidget()
        inner = column(label(say("Settings"), "title"), t.S, spacing=t.M)
        for group in groups:
            inner.addWidget(frame("card", column(group, margins=(t.L, t.L, t.L, t.L))))
        kept = label(say("Everything here is kept on this computer and holds at once."), "muted", wrap=True)
        inner.addWidget(kept)
        inner.addStretch(1)
        body.setLayout(inner)
        layout = column(row(self.back, -1, margins=(t.XL, t.S, t.XL, 0)), spacing=0)
        layout.addWidget(scrolling(centred(body), say("Settings")), 1)
        self.setLayout(layout)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
