"""Which proxy leads to the server, as the system is set up, and going past it: hidden where there is none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QWidget

from app.contain import contained
from app.i18n import Translation
from ui import tokens as t
from ui.controls import column, label

Named = Callable[[str, int], str]
"""The proxy to a host and port, as `host:port`; empty: none."""


class ProxyChoice(QWidget):
    def __init__(self, say: Translation, named: Named, *, direct: bool) -> None:
        super().__init__()
        self._say, self._named = say, named
        self.use = QCheckBox()
        self.use.setChecked(not direct)
        self.words = label("", "caption", wrap=True)
        self.setLayout(column(self.use, self.words, spacing=t.XS))

    def tell(self, host: str, port: int) -> None:
        """The server is another one."""
        proxy = contained(self._named(host, port)) if host else ""
        self.setVisible(bool(proxy))
        self.use.setText(self._say("Go through the proxy {proxy}", proxy=proxy))
        self.use.setAccessibleName(self.use.text())
        sentence = self._say("This system sends connections through it. It learns the server's name; what passes stays encrypted up to the server.")
        self.words.setText(sentence)
        self.use.setAccessibleDescription(sentence)

    @property
    def direct(self) -> bool:
        return not self.use.isChecked()
