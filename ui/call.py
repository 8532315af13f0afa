"""What a second start says to the window that is open: come forward, and open these files."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalSocket

from ui.instance import ANSWER, TOKEN, message

_PAUSE = 50
"""Milliseconds until it is tried again where nobody listens yet: the first may have been started just before."""


class Call(QObject):
    """Said over one connection, however long the answer takes, so that nothing is opened twice; anew only where that ended without an answer."""

    answered = Signal()

    def __init__(self, name: str, files: Sequence[str]) -> None:
        """`name`: of the socket."""
        super().__init__()
        _let_others_come_forward()
        self._name, self._line = name, message(files, os.environ.get(TOKEN, ""))
        self.is_answered = False
        self._again = QTimer(self, singleShot=True, interval=_PAUSE)
        self._again.timeout.connect(self._dial)
        self._socket = QLocalSocket(self)
        self._socket.connected.connect(lambda: self._socket.write(self._line))
        self._socket.readyRead.connect(self._hear)
        self._socket.errorOccurred.connect(lambda _: self._lost())
        self._socket.disconnected.connect(self._lost)
        self._dial()

    def wait(self, patience: float) -> bool:
        """Whether an answer came within so many seconds."""
        if not self.is_answered:
            loop = QEventLoop()
            self.answered.connect(loop.quit)
            QTimer.singleShot(int(patience * 1000), loop, loop.quit)
            loop.exec()
        return self.is_answered

    def _dial(self) -> None:
        if _is_ours(self._name):
            self._socket.connectToServer(self._name)
        else:
            self._again.start()

    def _hear(self) -> None:
        if not self.is_answered and bytes(self._socket.readAll().data()) == ANSWER:
            self.is_answered = True
            self.answered.emit()

    def _lost(self) -> None:
        if not self.is_answered:
            self._again.start()


def _is_ours(name: str) -> bool:
    """Whether the socket is the user's own; on Windows the pipe's rights say so."""
    if sys.platform == "win32":
        return True
    try:
        return os.lstat(name).st_uid == os.getuid()
    except OSError:
        return False


def _let_others_come_forward() -> None:
    """Windows lets a program come forward only if the one that the user has just started allows it."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
