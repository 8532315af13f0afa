"""One message's header, fetched again on demand and shown as plain text: the engine reads it and contains it, the window never parses it."""

from __future__ import annotations

from PySide6.QtCore import QProcess, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QProgressBar, QWidget

from app.contain import contained
from app.i18n import Translation
from app.model import Account, Example
from ui import tokens as t
from ui.controls import button, column, label, notice, row
from ui.ports import Services

MOST = 512 * 1024
"""Octets of a header that are shown; an honest one has a few thousand."""


class HeaderDialog(QDialog):
    """Starts fetching at once. Show it with `open()`."""

    def __init__(self, say: Translation, services: Services, account: Account, example: Example, secret: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._say = say
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("Header of the message"))
        self.setAccessibleName(say("Header of the message"))
        self.resize(min(900, parent.width() - 2 * t.XXL), min(620, parent.height() - 2 * t.XXL))
        subject = contained(example.subject) if example.subject else say("(no subject)")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setProperty("kind", "code")
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(say("Header of the message"))
        self.waiting = QProgressBar()
        self.waiting.setRange(0, 0)
        self.waiting.setTextVisible(False)
        self.waiting.setAccessibleName(say("Fetching the header …"))
        self.copy = button(say("Copy"), icon="copy")
        self.copy.setEnabled(False)
        close = button(say("Close"), "primary")
        sentence = say("This is what the servers on the way and the sender wrote. Only lines by your own server can be believed.")
        self._body = column(self.waiting, self.text)
        self.setLayout(
            column(
                label(say.isolate(subject), "heading", wrap=True), label(sentence, "muted", wrap=True), self._body, row(self.copy, -1, close),
                spacing=t.M, margins=(t.XL,) * 4,
            )
        )  # fmt: skip
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(self.text.toPlainText()))
        close.clicked.connect(self.reject)
        close.setDefault(True)
        self._process = QProcess(self)
        self._process.setWorkingDirectory(str(services.engine_folder))
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(lambda error: self._failed("") if error is QProcess.ProcessError.FailedToStart else None)
        self._start(services.engine, account, example, secret)

    def _start(self, engine: tuple[str, ...], account: Account, example: Example, secret: str | None) -> None:
        words = [*engine[1:], "header", "--lang", self._say.language]
        if account.ca_file:
            words += ["--ca", account.ca_file]
        if account.oauth:
            words += ["--auth", "oauth"]
        if account.direct:
            words.append("--no-proxy")
        if secret is not None:
            words.append("--secret-stdin")
        self._process.start(engine[0], [*words, "--", account.source, example.id])
        if secret is not None:
            self._process.write(secret.split("\n")[0].encode() + b"\n")
        self._process.closeWriteChannel()

    def _finished(self, status: int) -> None:
        text = bytes(self._process.readAllStandardOutput().data())[:MOST].decode("utf-8", "replace")
        if status == 0 and text.strip():
            self.waiting.hide()
            self.text.setPlainText(text.strip("\n"))
            self.text.setFocus()
            self.copy.setEnabled(True)
        else:
            self._failed(bytes(self._process.readAllStandardError().data())[:MOST].decode("utf-8", "replace").strip())

    def _failed(self, sentence: str) -> None:
        """The engine has said it in the reader's language, with what came from outside contained."""
        self.waiting.hide()
        self.text.hide()
        self._body.addWidget(notice(sentence or self._say("The header could not be fetched."), "bad", "bad"))
        self._body.addStretch(1)

    def done(self, result: int) -> None:
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.blockSignals(True)
            self._process.kill()
            self._process.waitForFinished(1000)
        super().done(result)
