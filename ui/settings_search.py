"""Settings from the domain of an address: asked only when the user says so, and confirmed where the server is somebody else's."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.contain import contained
from app.discovery.address import domain_of, is_outside
from app.i18n import Translation
from app.model import MailServer
from ui import tokens as t
from ui.controls import button, column, label, row


class SettingsSearch(QWidget):
    """Emits `asked` with the address whose domain is to be asked, and `found` with a `MailServer` to be used."""

    asked = Signal(str)
    found = Signal(object)

    def __init__(self, say: Translation, given: Callable[[], str] = str) -> None:
        """`given`: the server that the user has typed meanwhile, or empty."""
        super().__init__()
        self._given = given
        self._say, self._address = say, ""
        self._server: MailServer | None = None
        self.words = label("", wrap=True)
        self.ask = button("")
        self.use = button("")
        self.ask.clicked.connect(self._ask)
        self.use.clicked.connect(self._use)
        self.setLayout(column(self.words, row(self.ask, self.use, -1), spacing=t.S))
        self.offer("")

    def offer(self, address: str) -> None:
        """Offer to ask the domain of an address; empty: there is nothing to offer."""
        self._address = address
        domain = domain_of(address)
        offered = self._say("Nitaq can ask {domain} for its settings (over DNS and HTTPS). Only this name is sent, not your address.", domain=contained(domain))
        self._show(offered)
        self.ask.setText(self._say("Ask {domain}", domain=contained(domain)))
        self.ask.setAccessibleName(self.ask.text())
        self.ask.setVisible(True)
        self.setVisible(bool(domain))

    def tell(self, address: str, server: MailServer | None) -> None:
        """What the domain answered; nothing is done where the address has changed since."""
        if address != self._address:
            return
        domain, host = contained(domain_of(address)), contained(server.host if server else "")
        if server is None:
            self._show(self._say("{domain} names no settings. Ask your provider for the name of its IMAP server.", domain=domain))
        elif is_outside(server, address):
            asked = self._say("{domain} says that its mail is at {host}, which is another domain. Is that your provider?", domain=domain, host=host)
            self._confirm(server, asked)
        elif self._given() and (self._given() != server.host or server.user):
            self._confirm(server, self._say("{domain} has named its server: {host}. You have given another one meanwhile.", domain=domain, host=host))
        else:
            self._tell_found(server, domain)
            self.found.emit(server)

    def _confirm(self, server: MailServer, words: str) -> None:
        self._server = server
        self._show(words)
        self.use.setText(self._say("Yes, use {host}", host=contained(server.host)))
        self.use.setAccessibleName(self.use.text())
        self.use.setVisible(True)

    def _use(self) -> None:
        server = self._server
        assert server is not None
        self._tell_found(server, contained(domain_of(self._address)))
        self.found.emit(server)

    def _tell_found(self, server: MailServer, domain: str) -> None:
        """And what it asks of its users, which the fields now show."""
        told = [self._say("{domain} has named its server: {host}", domain=domain, host=contained(server.host))]
        if server.user:
            told.append(self._say("Your user name there is {user}.", user=contained(server.user)))
        if server.browser:
            told.append(self._say("It takes no password, so sign in with the browser."))
        self._show("\n".join(told))

    def fail(self, address: str, sentence: str) -> None:
        """Why the domain could not be asked."""
        if address == self._address:
            self._show(sentence)

    def _ask(self) -> None:
        self._show(self._say("Asking {domain} …", domain=contained(domain_of(self._address))))
        self.asked.emit(self._address)

    def _show(self, text: str) -> None:
        self.words.setText(text)
        self.ask.hide()
        self.use.hide()
