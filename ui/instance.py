"""One window for each user and data folder: a second start hands its files to the first and lets it come forward."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

    from ui.call import Call

MOST_OCTETS = 64 * 1024
"""Of one message; who sends more is not one of us."""
MOST_FILES = 100
_MOST_CALLERS = 8
_LONGEST_NAME = 100
"""Octets that the name of a socket may have everywhere (`sun_path`)."""
_SILENCE = 5_000
"""Milliseconds that a caller has to say what it wants."""
_ENDING = 5_000
"""Milliseconds until a process that was ended must be gone."""
ANSWER = b"here\n"
TOKEN = "XDG_ACTIVATION_TOKEN"
"""By this a Wayland desktop lets a program come forward that the user has asked for."""


class Instance(QObject):
    """Emits `called` with the files that another start was given, which may be none.

    The lock is the system's own and ends with the process, so a crash leaves nothing that keeps the next start away. The socket lies in the
    data folder, which only its owner may enter.
    """

    called = Signal(list)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._lock = QLockFile(str(folder / "window.lock"))
        self._lock.setStaleLockTime(0)  # a lock does not grow stale while its process lives
        self.alone = False
        self.try_again()
        self._server: QLocalServer | None = None

    def try_again(self, patience: int = 0) -> bool:
        """Whether there is no other, or none any more. Where the folder takes no lock nobody can be kept out."""
        self.alone = self.alone or self._lock.tryLock(patience) or self._lock.error() is not QLockFile.LockError.LockFailedError
        if self.alone and self._lock.isLocked():
            (self._folder / "window.lock").chmod(0o600)
        return self.alone

    def call(self, files: Sequence[str]) -> Call:
        """Ask the first window to come forward with these files."""
        from ui.call import Call

        return Call(self._name(), files)

    def elsewhere(self) -> str:
        """The other computer that has the lock, where the folder is shared (or this one had another name); else nothing."""
        from PySide6.QtCore import QSysInfo

        _, host, _ = self._lock.getLockInfo()
        return "" if host == QSysInfo.machineHostName() else host

    def replace_first(self) -> bool:
        """End the process that has the lock, or take the lock from another computer; the user has said so. Whether that went well."""
        process, _, _ = self._lock.getLockInfo()
        try:
            if self.elsewhere():
                (self._folder / "window.lock").unlink(missing_ok=True)
            elif process > 0:
                os.kill(process, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)  # one that hangs hears nothing else
        except ProcessLookupError:
            pass
        except OSError:
            return False
        return self.try_again(_ENDING)

    def listen(self) -> None:
        """Take calls from now on, instead of one that crashed."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name())
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(_MOST_CALLERS)
        self._server.newConnection.connect(self._arrived)
        self._server.listen(self._name())

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
        if self.alone:
            self._lock.unlock()

    def _name(self) -> str:
        """A path in the data folder, or where that is too long a name of it in the user's own runtime folder."""
        from hashlib import blake2b  # after the first picture

        mark = blake2b(str(self._folder).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
        if sys.platform == "win32":
            return f"nitaq-{mark}"
        path = str(self._folder / "window.socket")
        if len(os.fsencode(path)) <= _LONGEST_NAME:
            return path
        from PySide6.QtCore import QStandardPaths

        return f"{QStandardPaths.writableLocation(QStandardPaths.StandardLocation.RuntimeLocation)}/nitaq-{mark}"

    def _arrived(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            Caller(socket, self).spoke.connect(self._spoke)

    def _spoke(self, files: list[str], token: str) -> None:
        if token:
            os.environ[TOKEN] = token
        self.called.emit(files)


class Caller(QObject):
    """Another start, or somebody who pretends to be one: one bounded line, in time, or nothing."""

    spoke = Signal(list, str)

    def __init__(self, socket: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._socket, self._heard = socket, b""
        socket.setParent(self)
        socket.setReadBufferSize(MOST_OCTETS)
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(self.deleteLater)
        QTimer.singleShot(_SILENCE, self, socket.abort)
        self._read()

    def _read(self) -> None:
        self._heard += bytes(self._socket.readAll().data())
        line, end, _ = self._heard.partition(b"\n")
        if end:
            said = understood(line)
            if said is not None:
                self.spoke.emit(*said)
                self._socket.write(ANSWER)
            self._socket.disconnectFromServer()
        elif len(self._heard) > MOST_OCTETS:
            self._socket.abort()


def message(files: Sequence[str], token: str) -> bytes:
    """What a start says to the window that is there; of very many files as many as there is room for."""
    import json  # not before the first picture

    files = list(files[:MOST_FILES])
    while len(line := json.dumps({"open": files, "token": token}).encode() + b"\n") > MOST_OCTETS and files:
        files.pop()
    return line


def understood(line: bytes) -> tuple[list[str], str] | None:
    """The files and the token of a message; None for what is no message of ours."""
    import json

    try:
        words = json.loads(line) if len(line) <= MOST_OCTETS else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(words, dict) or not isinstance(files := words.get("open"), list) or len(files) > MOST_FILES:
        return None
    if not all(isinstance(each, str) and "\0" not in each and (each == "sample" or os.path.isabs(each)) for each in files):
        return None
    token = words.get("token")
    return files, token if isinstance(token, str) and token.isascii() and token.isprintable() and len(token) <= 200 else ""

