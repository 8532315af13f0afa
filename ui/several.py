"""Choosing which mailboxes one audit is to cover."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from app.audit_key import key_of
from app.contain import contained
from app.i18n import Translation
from ui import tokens as t
from ui.controls import button, column, label, row, scrolling


class SeveralDialog(QDialog):
    """Emits `chosen` with the key of the audit. Show it with `open()`."""

    chosen = Signal(str)

    def __init__(self, say: Translation, names: Mapping[str, str], parent: QWidget) -> None:
        """`names`: the mailboxes by their sources. Those on servers are ticked."""
        super().__init__(parent)
        self._say = say
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("One audit of several mailboxes"))
        self.setAccessibleName(say("One audit of several mailboxes"))
        self.setMinimumSize(520, 420)
        self.boxes = {source: QCheckBox(say.isolate(contained(name))) for source, name in names.items()}
        on_servers = [source for source in names if "://" in source]
        for source, box in self.boxes.items():
            box.setAccessibleName(box.text())
            box.setChecked(source in on_servers or len(on_servers) < 2)
            box.toggled.connect(self._changed)
        inner = QWidget()
        inner.setLayout(column(*self.boxes.values(), -1, spacing=t.M, margins=(t.XS, t.XS, t.XS, t.XS)))
        self.counted = label("", "caption", wrap=True)
        self.go = button(say("Start the audit"), "primary")
        self.go.clicked.connect(self._choose)
        cancel = button(say("Cancel"))
        cancel.clicked.connect(self.reject)
        sentence = say(
            "Each is read by itself; then all of them are judged as one. The own domains of all count as yours, and what you decide holds for every one of"
            " them. A message that came to two people counts twice, as it was delivered twice."
        )
        layout = column(
            label(say("One audit of several mailboxes"), "title", wrap=True), label(sentence, "muted", wrap=True), spacing=t.M, margins=(t.XL,) * 4
        )
        layout.addWidget(scrolling(inner, say("Mailboxes")), 1)
        layout.addWidget(self.counted)
        layout.addLayout(row(-1, cancel, self.go, spacing=t.S))
        self.setLayout(layout)
        self._changed()
        next(iter(self.boxes.values())).setFocus()

    def sources(self) -> list[str]:
        return [source for source, box in self.boxes.items() if box.isChecked()]

    def _changed(self) -> None:
        say, n = self._say, len(self.sources())
        self.counted.setText(say.plural("{n} mailbox is chosen.", "{n} mailboxes are chosen.", n) if n > 1 else say("Choose at least two."))
        self.go.setEnabled(n > 1)

    def _choose(self) -> None:
        self.accept()
        self.chosen.emit(key_of(self.sources()))
