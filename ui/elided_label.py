"""A label of one line that ends in an ellipsis where it has no room: cut off without one, a domain would read as another, in Arabic without its beginning."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy


class ElidedLabel(QLabel):
    """`text()` is what was set; a screen reader is given the same. Takes whatever width there is."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._text = ""

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        super().setText(text)
        if self.isVisible():
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def shown(self) -> str:
        return super().text()

    def _show(self) -> None:
        self.ensurePolished()  # the font is that of its kind
        super().setText(self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.contentsRect().width()))
