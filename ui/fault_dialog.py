"""The report of a fault, as it was written: to read, to copy, to delete. Nothing sends it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from app.faults import FaultFolder
from app.i18n import Translation
from ui import tokens as t
from ui.controls import button, column, label, row


class FaultDialog(QDialog):
    """Show it with `open()`."""

    def __init__(self, say: Translation, faults: FaultFolder, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._faults, self._path = faults, path
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("Report of a fault"))
        self.setAccessibleName(say("Report of a fault"))
        self.resize(min(760, parent.width() - 2 * t.XXL), min(560, parent.height() - 2 * t.XXL))
        self.text = QPlainTextEdit(faults.read(path))
        self.text.setReadOnly(True)
        self.text.setProperty("kind", "code")
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(say("Report of a fault"))
        self.copy_button = button(say("Copy"), icon="copy")
        self.delete_button = button(say("Delete the report"))
        self.close_button = button(say("Close"), "primary")
        this = say("This is all that was written. It names the place in the program and your system, no mail, no address and no name."
                   " It lies on this computer.")  # fmt: skip
        that = say("Nitaq does not send it. If you want to help, copy it into a message to whoever looks after Nitaq for you, and say what you did before.")
        self.setLayout(
            column(
                label(say("Report of a fault"), "title"), label(this, wrap=True), label(that, "muted", wrap=True), self.text,
                row(self.copy_button, self.delete_button, -1, self.close_button), spacing=t.M, margins=(t.XL,) * 4,
            )
        )  # fmt: skip
        self.copy_button.clicked.connect(lambda: QApplication.clipboard().setText(self.text.toPlainText()))
        self.delete_button.clicked.connect(self._delete)
        self.close_button.clicked.connect(self.reject)
        self.close_button.setDefault(True)

    def _delete(self) -> None:
        self._faults.delete(self._path)
        self.accept()
