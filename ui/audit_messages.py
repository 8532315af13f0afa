"""The sentences above an audit: what holds, what could be done about it, and what has just been done."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QUrl, SignalInstance
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from app.i18n import Translation, mark
from ui import tokens as t
from ui.controls import button, icon_button, notice

JUDGING = mark("The mailbox is being judged again. You can go on meanwhile; the new result appears here by itself.")


class AuditMessages(QVBoxLayout):
    """Notices one below another. Tab comes to their buttons after `before`, where they are read."""

    def __init__(self, say: Translation, before: QWidget) -> None:
        super().__init__()
        self._say, self._before = say, before
        self._staying = 0
        self.setSpacing(t.S)

    def empty(self) -> None:
        """All of them."""
        self._staying = 0
        self._clear()

    def add(self, text: str, tone: str, *buttons: QAbstractButton, stays: bool = False) -> None:
        """`stays`: nothing that is done takes its place."""
        self._staying += stays
        self.addWidget(notice(text, tone, tone if tone in ("good", "bad", "warn") else "info", *buttons))
        shown = [each for at in range(self.count()) for each in self._notice(at).findChildren(QAbstractButton)]
        for earlier, later in pairwise((self._before, *shown)):
            QWidget.setTabOrder(earlier, later)

    def ask(self, sentence: str, action: str, wanted: SignalInstance) -> None:
        """Something that would make the result better, and the way to do it."""
        do = button(action)
        do.clicked.connect(wanted)
        self.add(sentence, "warn", do)

    def once(self, text: str, tone: str, path: Path | None = None) -> None:
        """A sentence that the user takes away; with a file that was written, a way to look at it."""
        more: list[QAbstractButton] = []
        if path is not None:
            look = button(self._say("Open it"))
            look.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))
            more.append(look)
        away = icon_button(self._say("Close this message"), "close")
        away.clicked.connect(self._clear)
        self._clear()
        self.add(text, tone, *more, away)

    def judging(self, now: bool) -> None:
        """Until the result comes, which says anew what holds."""
        self._clear()
        if now:
            self.add(self._say(JUDGING), "info")

    def _clear(self) -> None:
        """But for what stays, which comes first."""
        while self.count() > self._staying:
            gone = self._notice(self.count() - 1)
            self.removeWidget(gone)
            gone.hide()
            gone.deleteLater()

    def _notice(self, at: int) -> QWidget:
        item = self.itemAt(at)
        assert item is not None
        widget = item.widget()
        assert widget is not None
        return widget
