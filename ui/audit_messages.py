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
    """Notices one below another: what stays, what holds, what has just been done, and that the mailbox is being judged. Tab comes to their buttons
    after `before`, where they are read."""

    def __init__(self, say: Translation, before: QWidget) -> None:
        super().__init__()
        self._say, self._before = say, before
        self._staying: list[QWidget] = []
        self._passing: QWidget | None = None
        self._judging: QWidget | None = None
        self._said_meanwhile = False
        """What has just been done was said while the mailbox was being judged, so that the result must not take it away."""
        self.setSpacing(t.S)

    def empty(self) -> None:
        """For what holds now, after another judgement."""
        kept = self._passing if self._said_meanwhile else None
        self._said_meanwhile = False
        self._clear(kept, self._judging)
        self._staying = []

    def add(self, text: str, tone: str, *buttons: QAbstractButton, stays: bool = False) -> None:
        """`stays`: nothing that is done takes its place."""
        added = self._put(text, tone, *buttons)
        if stays:
            self._staying.append(added)

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
        away.clicked.connect(self._take_away)
        self._take_away()
        self._passing, self._said_meanwhile = self._put(text, tone, *more, away), self._judging is not None

    def judging(self, now: bool) -> None:
        """Until the result comes, beside all else."""
        if self._judging is not None:
            self._remove(self._judging)
            self._judging = None
        if now:
            self._judging = self._put(self._say(JUDGING), "info")

    def _put(self, text: str, tone: str, *buttons: QAbstractButton) -> QWidget:
        """Before what has just been done and the judging, which are last."""
        added = notice(text, tone, tone if tone in ("good", "bad", "warn") else "info", *buttons)
        last = sum(each is not None for each in (self._passing, self._judging))
        self.insertWidget(self.count() - last, added)
        shown = [each for at in range(self.count()) for each in self._notice(at).findChildren(QAbstractButton)]
        for earlier, later in pairwise((self._before, *shown)):
            QWidget.setTabOrder(earlier, later)
        return added

    def _take_away(self) -> None:
        """But for what stays."""
        self._clear(*self._staying, self._judging)

    def _clear(self, *kept: QWidget | None) -> None:
        for gone in [self._notice(at) for at in range(self.count())]:
            if gone not in kept:
                self._remove(gone)

    def _remove(self, gone: QWidget) -> None:
        if gone is self._passing:
            self._passing = None
        self.removeWidget(gone)
        gone.hide()
        gone.deleteLater()

    def _notice(self, at: int) -> QWidget:
        item = self.itemAt(at)
        assert item is not None
        widget = item.widget()
        assert widget is not None
        return widget
