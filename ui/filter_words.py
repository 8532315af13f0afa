"""The filter in words above the table: how many are shown, and each thing that was asked, to be taken away with a click or a key."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.i18n import Translation
from ui import icons
from ui import tokens as t
from ui.controls import clear, column, label
from ui.domain_filter import DomainFilter, count_in_words, in_words, parts_of
from ui.flow import Flow
from ui.theme import colours


class FilterWords(QWidget):
    """Emits `wanted` with the filter that is left when a part has been taken away."""

    wanted = Signal(object)

    def __init__(self, say: Translation) -> None:
        super().__init__()
        self._say = say
        self._label = label("", "muted")
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._flow = Flow()
        self.parts: list[QPushButton] = []
        self.setLayout(column(self._label, self._flow, spacing=t.XS))

    def text(self) -> str:
        """All of it as one sentence."""
        return self._label.accessibleName()

    def show_filter(self, wanted: DomainFilter, shown: int, total: int) -> None:
        sentence = in_words(wanted, shown, total, self._say)
        self._label.setAccessibleName(sentence)
        parts = parts_of(wanted, self._say)
        self._label.setText(count_in_words(shown, total, self._say) if parts else sentence)
        had_focus = next((at for at, each in enumerate(self.parts) if each.hasFocus()), None)
        clear(self._flow)
        self.parts = [self._part(words, rest) for words, rest in parts]
        for each in self.parts:
            self._flow.addWidget(each)
            each.show()  # now, so that it can have the focus
        if had_focus is not None and self.parts:
            self.parts[min(had_focus, len(self.parts) - 1)].setFocus()
        self.updateGeometry()

    def _part(self, words: str, rest: DomainFilter) -> QPushButton:
        result = QPushButton(words)
        result.setProperty("kind", "part")
        result.setIcon(QIcon(icons.pixmap("close", colours().muted, 12)))
        result.setIconSize(QSize(12, 12))
        result.setAccessibleName(self._say("Take away: {part}", part=words))
        result.setToolTip(self._say("Take this filter away"))
        result.setCursor(Qt.CursorShape.PointingHandCursor)
        result.clicked.connect(lambda: self.wanted.emit(rest))
        return result
