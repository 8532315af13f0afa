"""Mail files that the desktop asks to open: the first at once, unless somebody is in the middle of something; the others wait in a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from app.contain import contained
from app.i18n import Translation
from ui.announcements import Announcement, Announcements

NAME = "waiting files"
MOST = 100


class WaitingFiles(QObject):
    """`busy`: the user is in the middle of something that must not be taken away. `reading`: a scan runs, which has to end first.
    `open_source` shows the audit of one file."""

    def __init__(self, announcements: Announcements, busy: Callable[[], bool], reading: Callable[[], bool], open_source: Callable[[str], None],
                 parent: QObject) -> None:  # fmt: skip
        super().__init__(parent)
        self._announcements, self._busy, self._reading, self._open_source = announcements, busy, reading, open_source
        self._waiting: list[str] = []

    def add(self, sources: Sequence[str]) -> None:
        """Each source waits once."""
        self._waiting = list(dict.fromkeys([*self._waiting, *sources]))[:MOST]
        if self._waiting and not self._busy() and not self._reading():
            self.open_next()
        else:
            self.show()

    def open_next(self) -> None:
        source = self._waiting.pop(0)
        self._open_source(source)
        self.show()

    def show(self) -> None:
        """Announce what waits; called again when a scan has ended."""
        if self._waiting:
            ways = () if self._reading() else ((lambda say: say("Open the next"), self.open_next),)
            self._announcements.announce(NAME, Announcement(self._sentence, ways, icon="files"))
        else:
            self._announcements.withdraw(NAME)

    def _sentence(self, say: Translation) -> str:
        n, name = len(self._waiting), contained(Path(self._waiting[0]).name)
        return say.plural("{n} file waits to be opened: {name}", "{n} files wait to be opened, the next is {name}", n, name=name)
