"""Settings: what is kept of the messages that are read."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.i18n import Translation
from ui import tokens as t
from ui.controls import column, label


class Privacy(QWidget):
    """Emits `subjects`: whether the subjects of example messages are kept."""

    subjects = Signal(bool)

    def __init__(self, say: Translation, *, subjects: bool) -> None:
        super().__init__()
        sentence = say("They help you to recognise a message. Without them, the next reading of a mailbox also removes those that were kept of it.")
        self.box = QCheckBox(say("Keep the subjects of example messages"))
        self.box.setChecked(subjects)
        self.box.setAccessibleDescription(sentence)
        self.box.toggled.connect(self.subjects)
        never = say("Texts and attachments of messages are never kept.")
        self.setLayout(column(label(say("Privacy"), "subheading"), self.box, label(sentence, "muted", wrap=True), label(never, "muted", wrap=True), spacing=t.XS))
