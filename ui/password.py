"""Asks for the password of a saved account that is not kept in the keyring."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.contain import contained
from app.i18n import Translation
from ui import tokens as t
from ui.controls import button, column, label, notice, row


class PasswordDialog(QDialog):
    """Emits `given` with what was typed. Show it with `open()`."""

    given = Signal(str)

    def __init__(self, say: Translation, account: str, parent: QWidget, *, kept: bool = False, one_of_several: bool = False) -> None:
        """`kept`: it should be in the keyring, which did not give it. `one_of_several`: the others are read also without it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("Password"))
        self.setAccessibleName(say("Password"))
        self.setMinimumWidth(420)
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName(say("Password"))
        self.go = button(say("Go on") if one_of_several else say("Start the audit"), "primary")
        self.go.setDefault(True)
        self.go.setEnabled(False)
        self.cancel = button(say("Leave this one out") if one_of_several else say("Cancel"))
        why = say("The system's keyring did not give the password that was kept in it: it is locked, or it has lost it.")
        missing = [notice(why, "info", "info")] if kept else []
        self.setLayout(
            column(
                label(say("Password for {account}", account=contained(account)), "heading", wrap=True), *missing,
                label(say("It goes to your mail server alone and is forgotten when Nitaq is closed."), "muted", wrap=True),
                self.secret, t.S, row(-1, self.cancel, self.go), spacing=t.M, margins=(t.XL,) * 4,
            )
        )  # fmt: skip
        self.secret.textChanged.connect(lambda text: self.go.setEnabled(bool(text)))
        self.go.clicked.connect(self._give)
        self.cancel.clicked.connect(self.reject)
        self.secret.setFocus()

    def _give(self) -> None:
        self.given.emit(self.secret.text())
        self.accept()
