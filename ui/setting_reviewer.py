"""Settings: the name that stands beside the user's decisions."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.i18n import Translation
from ui import tokens as t
from ui.controls import column, label
from ui.reviewer import LONGEST


class ReviewerName(QWidget):
    """Emits `given` when the name was changed; an empty one is asked for again at the next decision."""

    given = Signal(str)

    def __init__(self, say: Translation, name: str) -> None:
        super().__init__()
        title, sentence = say("Your name"), say("It is written beside each of your decisions, so that others know whom to ask.")
        self.name = QLineEdit(name)
        self.name.setMaxLength(LONGEST)
        self.name.setAccessibleName(title)
        self.name.setAccessibleDescription(sentence)
        self.name.textEdited.connect(lambda text: self.given.emit(text.strip()))
        self.setLayout(column(label(title, "subheading"), label(sentence, "muted", wrap=True), self.name, spacing=t.XS))
