"""A real HTTP proxy on loopback that knows CONNECT alone: it leads by name to servers of this computer and writes down all that passes."""

from __future__ import annotations

import contextlib
import socket
import threading
from base64 import b64encode
from types import TracebackType


class ConnectProxy:
    """`routes`: `host:port` as it is asked for -> the port here. With `password`, only `nitaq` and that one are let through."""

    user = "nitaq"

    def __init__(self, routes: dict[str, int], password: str = "") -> None:
        self._routes, self._password = routes, password
        self.asked: list[str] = []
        """What CONNECT named, also where it was refused."""
        self.passed = b""
        """Every octet that went through, both ways."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    @property
    def url(self) -> str:
        """As it stands in `https_proxy`."""
        return f"http://{self.user}:{self._password}@127.0.0.1:{self.port}" if self._password else f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> ConnectProxy:
        self._start(self._accept)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for each in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in self._threads:
            thread.join(5)

    def _start(self, work: object, *words: object) -> None:
        thread = threading.Thread(target=work, args=words, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(client)
            self._start(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), client:
            head = b""
            while b"\r\n\r\n" not in head and (more := client.recv(65_536)):
                head += more
            lines = head.decode().split("\r\n")
            target = lines[0].split(" ")[1]
            self.asked.append(target)
            wanted = "Proxy-Authorization: Basic " + b64encode(f"{self.user}:{self._password}".encode()).decode()
            if self._password and wanted not in lines:
                client.sendall(b'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n')
            elif target not in self._routes:
                client.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            else:
                self._lead(client, self._routes[target])

    def _lead(self, client: socket.socket, port: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as server:
            self._open.append(server)
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=self._pass, args=(server, client), daemon=True)
            back.start()
            self._pass(client, server)
            back.join(5)

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while octets := source.recv(65_536):
                self.passed += octets
                target.sendall(octets)
            target.shutdown(socket.SHUT_WR)
