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
        sentence = say("They help you to recognise a message. If they are not kept, the next reading of a mailbox removes those that were; "
                       "earlier audits in its history stay as they were.")
        self.box = QCheckBox(say("Keep the subjects of example messages"))
        self.box.setChecked(subjects)
        self.box.setAccessibleDescription(sentence)
        self.box.toggled.connect(self.subjects)
        never = say("Texts and attachments of messages are never kept.")
        words = (label(each, "muted", wrap=True) for each in (sentence, never))
        self.setLayout(column(label(say("Privacy"), "subheading"), self.box, *words, spacing=t.XS))
