"""Asks once who it is that decides; the name is kept and stands beside every decision."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.i18n import Translation
from ui import tokens as t
from ui.controls import button, column, label, row

LONGEST = 120


class ReviewerDialog(QDialog):
    """Emits `given` with the name. Show it with `open()`."""

    given = Signal(str)

    def __init__(self, say: Translation, known: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("Your name"))
        self.setAccessibleName(say("Your name"))
        self.setMinimumWidth(440)
        self.name = QLineEdit(known)
        self.name.setMaxLength(LONGEST)
        self.name.setAccessibleName(say("Your name"))
        self.go = button(say("Go on"), "primary")
        self.go.setDefault(True)
        self.go.setEnabled(bool(known))
        cancel = button(say("Cancel"))
        sentence = say("It is written beside each of your decisions, so that others know whom to ask. Nitaq asks for it once.")
        self.setLayout(
            column(
                label(say("Who decides?"), "heading"), label(sentence, "muted", wrap=True), self.name, t.S, row(-1, cancel, self.go),
                spacing=t.M, margins=(t.XL,) * 4,
            )
        )  # fmt: skip
        self.name.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        self.go.clicked.connect(self._give)
        cancel.clicked.connect(self.reject)
        self.name.setFocus()

    def _give(self) -> None:
        self.given.emit(self.name.text().strip())
        self.accept()
