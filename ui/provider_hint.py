"""What the provider of an address asks of its users, said under the address as soon as the provider is known."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app.i18n import Translation
from app.providers import Provider
from ui import tokens as t
from ui.controls import button, column, label, row


class ProviderHint(QWidget):
    """Hidden until there is something to say."""

    def __init__(self, say: Translation) -> None:
        super().__init__()
        self._say, self._page = say, ""
        self.words = label("", wrap=True, selectable=True)
        self.open_page = button(say("Open the page"))
        self.open_page.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(self._page)))
        self.setLayout(column(self.words, row(self.open_page, -1), spacing=t.S))
        self.tell(None)

    def tell(self, provider: Provider | None) -> None:
        self._page = provider.page if provider else ""
        self.words.setText("\n".join(provider.advice(self._say)) if provider else "")
        self.open_page.setVisible(bool(self._page))
        self.setVisible(provider is not None)
