"""Which proxy leads to the server, as the system is set up, and going past it: hidden where there is none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QWidget

from app.contain import contained
from app.errors import NitaqError
from app.i18n import Translation
from ui import tokens as t
from ui.controls import column, label
from ui.sentences import in_words
from ui.task import Task

Named = Callable[[str, int], str]
"""The proxy to a host and port, as `host:port`; empty: none. May take a while, and raise NitaqError where it cannot be used."""
PAUSE = 300
"""Milliseconds without a keystroke before it is looked up."""


class ProxyChoice(QWidget):
    def __init__(self, say: Translation, named: Named, *, direct: bool) -> None:
        super().__init__()
        self._say, self._named = say, named
        self.use = QCheckBox()
        self.use.setChecked(not direct)
        self.words = label("", "caption", wrap=True)
        self.setLayout(column(self.use, self.words, spacing=t.XS))
        self._server = ("", 0)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._look)
        self.hide()

    def tell(self, host: str, port: int) -> None:
        """The server is another one."""
        if (host, port) != self._server:
            self._server = host, port
            self._pause.start()

    def _look(self) -> None:
        """In a thread: the system may look for names, and take its time."""
        server = self._server
        if not server[0]:
            self.hide()
            return
        task = Task(lambda: self._named(*server), self)
        task.done.connect(lambda proxy: self._show(contained(proxy)) if server == self._server else None)
        task.failed.connect(lambda error: self._show_problem(error) if server == self._server else None)
        task.start()

    def _show(self, proxy: str) -> None:
        sentence = self._say("This system sends connections through it. It learns the server's name; what passes stays encrypted up to the server.")
        self._fill(self._say("Go through the proxy {proxy}", proxy=proxy), sentence)
        self.setVisible(bool(proxy))

    def _show_problem(self, error: NitaqError) -> None:
        self._fill(self._say("Go through the system's proxy"), in_words(error, self._say))
        self.show()

    def _fill(self, choice: str, sentence: str) -> None:
        self.use.setText(choice)
        self.use.setAccessibleName(choice)
        self.words.setText(sentence)
        self.use.setAccessibleDescription(sentence)

    @property
    def direct(self) -> bool:
        return not self.use.isChecked()
