"""Waiting for the user to sign in with the browser."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from app.contain import contained
from app.i18n import Translation
from ui import tokens as t
from ui.controls import button, column, label, notice, row


class BrowserDialog(QDialog):
    """Emits `again` where the page is to be opened once more; rejected: the user waits no longer."""

    again = Signal()

    def __init__(self, say: Translation, service: str, url: str, why: str, parent: QWidget) -> None:
        """`url`: the page, for a browser that has to be opened by hand. `why`: a sentence on why the user is asked, or empty."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._say = say
        title = say("Sign in with the browser")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(520)
        self.reopen = button(say("Open the page again"))
        self.reopen.clicked.connect(self.again)
        self.copy = button(say("Copy the link"), icon="copy")
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(url))
        self.cancel = button(say("Cancel"))
        self.cancel.clicked.connect(self.reject)
        told = say("Your browser has opened a page of {service}. Sign in there and agree; Nitaq then goes on by itself.", service=contained(service))
        self.told = label(told, wrap=True)
        lost = say("If the page was closed, open it again. If it opened in the wrong browser, copy the link and paste it into the right one, on this computer.")
        ends = say("Nitaq waits for five minutes.")
        password = say("Nitaq never sees your password. The page may speak of changing mail, because there is no smaller permission; Nitaq only reads.")
        self.link = QLineEdit(url)
        self.link.setReadOnly(True)
        self.link.setCursorPosition(0)
        self.link.setAccessibleName(say("Link of the page"))
        self.link.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.link.hide()
        self._problem = column()
        reason = [notice(why, "info", "info")] if why else []
        self.setLayout(
            column(
                label(title, "heading", wrap=True), *reason, self._problem, self.told, self.link, label(f"{lost} {ends}", "muted", wrap=True),
                label(password, "muted", wrap=True), t.S, row(self.copy, -1, self.reopen, self.cancel), spacing=t.M, margins=(t.XL,) * 4,
            )
        )  # fmt: skip

    def not_opened(self) -> None:
        """The system has opened no browser: the link is there to be copied."""
        self.told.hide()
        if not self._problem.count():
            sentence = self._say("No browser could be opened from here. Copy the link and open it in a browser on this computer; Nitaq goes on waiting.")
            self._problem.addWidget(notice(sentence, "warn", "warn"))
        self.link.show()
        self.copy.setFocus()
