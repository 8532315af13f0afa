"""Mail files and folders dropped on the window, whatever it shows: a frame over everything says what would happen, before and while they are held."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QLabel, QLineEdit, QWidget

from app.contain import contained
from app.i18n import Translation
from app.sources.path_text import as_id
from ui import tokens as t
from ui.controls import column, label, picture
from ui.theme import colours

MOST = 8
"""Things dropped together that become one audit; more belong into a folder."""
DASHES, INSET, DRAWING = 3, 12, 56


class DropTarget(QObject):
    """Watches one window. Emits `dropped` with the paths."""

    dropped = Signal(list)

    def __init__(self, window: QWidget, busy: Callable[[], bool]) -> None:
        """`busy`: nothing can be begun now."""
        super().__init__(window)
        self._window, self._busy = window, busy
        self._say: Translation | None = None
        self.overlay: DropOverlay | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def speak(self, say: Translation) -> None:
        self._hide()
        self._say = say

    def leave_to_window(self, page: QWidget) -> None:
        """A field would take the name of a file as text."""
        for kind in (QLineEdit, QAbstractScrollArea):
            for each in page.findChildren(kind):
                (each.viewport() if isinstance(each, QAbstractScrollArea) else each).setAcceptDrops(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent):  # of which entering and moving are kinds
            return self._over(event)
        if event.type() == QEvent.Type.DragLeave:
            self._hide()
        elif event.type() == QEvent.Type.Resize and self.overlay is not None:
            self.overlay.setGeometry(self._window.rect())
        return False

    def _over(self, event: QDropEvent) -> bool:
        if QApplication.activeModalWidget() is not None:  # a question is open, and is answered first
            event.ignore()
            return True
        paths = paths_in(event.mimeData())
        fits = bool(paths) and len(paths) <= MOST and not self._busy()
        if isinstance(event, QDragMoveEvent) and not isinstance(event, QDragEnterEvent) and self.overlay is not None:
            self._answer(event, fits)
            return True
        if isinstance(event, QDragMoveEvent):
            self._show(paths)
            event.acceptProposedAction()  # else nothing could be said, and leaving would not be told
            self._answer(event, fits)
            return True
        self._hide()
        if fits:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(paths)
        return True

    def _answer(self, event: QDropEvent, fits: bool) -> None:
        """A copy, never a move: what is dropped stays where it is."""
        event.setDropAction(Qt.DropAction.CopyAction if fits else Qt.DropAction.IgnoreAction)
        event.accept()

    def _show(self, paths: list[str]) -> None:
        self._hide()
        assert self._say is not None
        self.overlay = DropOverlay(self._say, paths, self._window, busy=self._busy())
        self.overlay.show()
        self.overlay.raise_()

    def _hide(self) -> None:
        if self.overlay is not None:
            self.overlay.hide()
            self.overlay.deleteLater()
            self.overlay = None


class DropOverlay(QFrame):
    """What letting go would do, or why it would do nothing."""

    def __init__(self, say: Translation, paths: list[str], window: QWidget, *, busy: bool) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        if busy:
            self.fits, title, sentence = False, say("A mailbox is being read"), say("Wait until it has finished, or cancel it; then drop this again.")
        elif not paths:
            self.fits, title, sentence = False, say("Nitaq cannot open this"), say("Drop files or folders with mail that are on this computer.")
        elif len(paths) > MOST:
            self.fits, title = False, say("These are too many at once")
            sentence = say("Put them into one folder, and drop the folder.")
        else:
            self.fits, title = True, say("Let go to audit this mail")
            sentence = say(", ").join(say.isolate(contained(Path(path).name or path)) for path in paths)
        c = colours()
        drawing = picture("files" if self.fits else "stop", c.accent if self.fits else c.bad.ink, DRAWING)
        words: list[QLabel] = [label(title, "title", wrap=True), label(sentence, "lead", wrap=True)]
        if self.fits:
            words.append(label(say("It is read where it lies, and not changed."), "muted", wrap=True))
        for each in words:
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = column(-1, drawing, *words, -1, spacing=t.M, margins=(t.XXL * 2, t.XXL, t.XXL * 2, t.XXL))
        layout.setAlignment(drawing, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(layout)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nearly covers what is under it, with a dashed edge: the sign for a place to drop things."""
        c = colours()
        ground = QColor(c.canvas)
        ground.setAlphaF(0.95)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), ground)
        painter.setPen(QPen(QColor(c.accent if self.fits else c.bad.ink), DASHES, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(INSET, INSET, -INSET, -INSET), t.RADIUS_LARGE, t.RADIUS_LARGE)
        painter.end()


def paths_in(held: QMimeData) -> list[str]:
    """The files and folders that are held, if all of it is on this computer."""
    urls = held.urls()
    if not urls or not all(url.isLocalFile() for url in urls):
        return []
    return list(dict.fromkeys(path for path in map(_path_of, urls) if path))


def _path_of(url: QUrl) -> str:
    """Octets that are no UTF-8 stand in it as in an id; Qt alone would lose them."""
    path = url.toLocalFile()
    return as_id(os.fsdecode(unquote_to_bytes(url.path(QUrl.ComponentFormattingOption.FullyEncoded)))) if "\ufffd" in path else path
