"""Shown for the moment that an audit takes to open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from app.i18n import Translation
from ui import tokens as t
from ui.controls import centred, column, label


class LoadingScreen(QWidget):
    def __init__(self, say: Translation) -> None:
        super().__init__()
        words = label(say("Opening the audit …"), "heading")
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(words.text())
        body = QWidget()
        body.setLayout(column(-1, words, bar, -1, -1, spacing=t.L))
        self.first = self
        self.setAccessibleName(words.text())
        self.setLayout(column(centred(body, 360)))
