"""A proxy on loopback that damages what the server behind it says, by a seed: the same seed does the same at the same octet.

Each connection has at most one fault, and after `faults` connections none, so that a client that persists gets through.
"""

from __future__ import annotations

import contextlib
import random
import socket
import threading
from types import TracebackType

KINDS = ("cut", "stall", "corrupt", "duplicate", "throttle")


class FaultProxy:
    """In front of a port on this computer; a context manager."""

    def __init__(self, behind: int, seed: int, reach: int, faults: int = 2) -> None:
        """`reach`: the fault strikes within so many octets from the server."""
        self._behind = behind
        self._random = random.Random(seed)
        self._reach = reach
        self._faults = faults
        self.struck: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []

    def __enter__(self) -> FaultProxy:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for each in (self._listener, *self._open):
            _end(each)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._behind))
                self._open += [client, server]
                fault, at = self._random.choice(KINDS), self._random.randrange(self._reach)
                if self._faults <= 0:
                    fault = ""
                self._faults -= 1
                threading.Thread(target=self._carry, args=(client, server, "", 0), daemon=True).start()
                threading.Thread(target=self._carry, args=(server, client, fault, at), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, fault: str, at: int) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                if fault and passed + len(data) > at:
                    self.struck.append(fault)
                    head, tail = data[: at - passed], data[at - passed :]
                    if fault == "cut":
                        target.sendall(head)
                        break
                    if fault == "stall":
                        target.sendall(head)
                        return
                    if fault == "corrupt":
                        data = head + bytes([tail[0] ^ 0xFF]) + tail[1:]
                    elif fault == "duplicate":
                        data = head + tail[:100] + tail
                    else:
                        for n in range(min(len(data), 200)):
                            target.sendall(data[n : n + 1])
                        data = data[200:]
                    fault = ""
                passed += len(data)
                target.sendall(data)
        _end(source)
        _end(target)


def _end(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
