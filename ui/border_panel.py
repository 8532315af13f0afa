"""Which server's word about proof is believed, on what grounds, and what it means where there is none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from app.contain import contained
from app.i18n import Translation
from app.model import Border, BorderServer, BorderSource
from app.terms import term
from ui import tokens as t
from ui.controls import button, column, frame, label, notice, picture, row
from ui.theme import colours
from ui.words import ltr


class BorderPanel(QDialog):
    """Emits `chosen` with the servers to believe from now on; an empty tuple: learn them from the mailbox. Show it with `open()`."""

    chosen = Signal(tuple)

    def __init__(self, say: Translation, border: Border, parent: QWidget, *, several: bool = False, fixed: bool = False) -> None:
        """`several`: these are the servers of several mailboxes, each believed for its own. `fixed`: of an audit that cannot be changed any more."""
        super().__init__(parent)
        self._say = say
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("Believed server"))
        self.setAccessibleName(say("Believed server"))
        self.setFixedWidth(560)
        sentence = say("Anybody can write into a message that it was checked. So only the server that took the mail in for you is believed.")
        title = label(say("Which server we believe, and why"), "title", wrap=True)
        layout = column(title, label(sentence, "muted", wrap=True), spacing=t.M, margins=(t.XL,) * 4)
        for server in border.servers:
            layout.addWidget(self._server(server))
        if not border.servers:
            nothing = say("No server was found that wrote down its checks for this mailbox. So nothing is proven, and nothing has failed: it is not known.")
            layout.addWidget(notice(nothing, "warn", "warn"))
            layout.addWidget(label(say("That is usual for old archives and for servers that do not check. The other signs still count."), "muted", wrap=True))
        self.pin, self.learn = button(say("Believe no other from now on")), button(say("Learn it again"))
        close = button(say("Close"), "primary")
        pinned = any(server.how is BorderSource.PINNED for server in border.servers)
        self.pin.setVisible(bool(border.servers) and not (pinned or several or fixed))
        self.learn.setVisible(pinned and not (several or fixed))
        if several and not fixed:
            each = say("Each server is believed for the mail of its own mailbox. To choose others, open the audit of that mailbox alone.")
            layout.addWidget(label(each, "muted", wrap=True))
        servers = tuple(server.id for server in border.servers)
        self.pin.clicked.connect(lambda: self._choose(servers))
        self.learn.clicked.connect(lambda: self._choose(()))
        close.clicked.connect(self.reject)
        close.setDefault(True)
        layout.addStretch(1)
        layout.addLayout(row(self.pin, self.learn, -1, close))
        self.setLayout(layout)
        close.setFocus()

    def _server(self, server: BorderServer) -> QFrame:
        say = self._say
        name = contained(server.id) or say("(a server that does not write its name)")
        words = column(label(ltr(name), "subheading", wrap=True, selectable=True), label(say(term(server.how).name), "muted", wrap=True), spacing=2)
        if server.of:
            seen = say("{n} of {total} messages carry its report where only it can write.", n=server.messages, total=server.of)
            words.addWidget(label(seen, "caption", wrap=True))
        line = row(spacing=t.M, margins=(t.L, t.M, t.L, t.M))
        line.addWidget(picture("good", colours().good.ink, 22), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        return frame("card", line)

    def _choose(self, servers: tuple[str, ...]) -> None:
        self.chosen.emit(servers)
        self.accept()
