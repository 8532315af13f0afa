"""The application object. Its one addition: macOS hands files to a program as events, before its window is there and while it runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Keeps the files that the desktop asks to open until somebody takes them."""

    def __init__(self, words: Sequence[str]) -> None:
        self._waiting: list[str] = []
        self._take: Callable[[list[str]], object] | None = None
        super().__init__(list(words))
        if sys.platform == "darwin":
            self.processEvents()  # only now macOS says for which file the program was started

    def asked(self) -> list[str]:
        """The files that the desktop has asked for until now, each told once."""
        asked, self._waiting = self._waiting, []
        return asked

    def hand_to(self, take: Callable[[list[str]], object]) -> None:
        """Files go there from now on, and those that wait at once."""
        self._take = take
        if self._waiting:
            take(self.asked())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            if self._take is None:
                self._waiting.append(event.file())
            else:
                self._take([event.file()])
            return True
        return super().event(event)
