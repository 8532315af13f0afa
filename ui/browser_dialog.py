"""Waiting for the user to sign in with the browser."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.contain import contained
from app.i18n import Translation
from ui import tokens as t
from ui.controls import button, column, label, row


class BrowserDialog(QDialog):
    """Emits `again` where the page is to be opened once more; rejected: the user waits no longer."""

    again = Signal()

    def __init__(self, say: Translation, service: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = say("Sign in with the browser")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(440)
        self.reopen = button(say("Open the page again"))
        self.reopen.clicked.connect(self.again)
        self.cancel = button(say("Cancel"))
        self.cancel.clicked.connect(self.reject)
        told = say("Your browser has opened a page of {service}. Sign in there and agree; Nitaq then goes on by itself.", service=contained(service))
        why = say("Nitaq never sees your password. The page may speak of changing mail, because there is no smaller permission; Nitaq only reads.")
        self.setLayout(
            column(
                label(title, "heading", wrap=True), label(told, wrap=True), label(why, "muted", wrap=True), t.S, row(-1, self.reopen, self.cancel),
                spacing=t.M, margins=(t.XL,) * 4,
            )
        )  # fmt: skip
