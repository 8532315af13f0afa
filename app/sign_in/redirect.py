"""Where the browser comes back to: a listener on this computer alone, on a free port, for one answer (RFC 8252 section 7.3)."""

from __future__ import annotations

import time
from collections.abc import Callable
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from app.errors import UserError

_LINE = 16 * 1024
_PAGE = """<!doctype html><html dir="{dir}" lang="{lang}"><meta charset="utf-8"><title>Nitaq</title>
<body style="font:1.2rem sans-serif;margin:4rem auto;max-width:32rem"><p>{text}</p></body></html>"""


class _Listener(ThreadingHTTPServer):
    """Each connection in a thread of its own: browsers open some beforehand and say nothing on them."""

    allow_reuse_address = False  # on Windows another program could take the port over
    timeout = 0.2

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is no fault."""

    def server_bind(self) -> None:
        """Without asking DNS for this computer's name, as HTTPServer does."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "localhost", int(self.socket.getsockname()[1])


class Redirect:
    """Listens from the beginning. `state`: the only answer that counts is the one that carries it."""

    def __init__(self, state: str, page: tuple[str, str, str], host: str = "127.0.0.1") -> None:
        """`page`: language, direction and the sentence that the browser shows at the end. Raises UserError `oauth.listening`."""
        found: list[str] = []
        html = _PAGE.format(lang=page[0], dir=page[1], text=escape(page[2])).encode()

        class Answer(BaseHTTPRequestHandler):
            timeout = 5

            def do_GET(self) -> None:
                ours = parse_qs(urlsplit(self.path).query).get("state") == [state]
                if ours and not found:
                    found.append(self.path)
                self.send_response(200 if ours else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                self.send_header("Referrer-Policy", "no-referrer")
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                self.wfile.write(html if ours else b"")

            def log_message(self, format: str, *args: object) -> None:
                """Codes stand in the paths, so nothing is written down."""

        self._found = found
        try:
            self._server = _Listener(("127.0.0.1", 0), Answer)
        except OSError as error:
            raise UserError("oauth.listening", reason=error.strerror or type(error).__name__) from None
        self.uri = f"http://{host}:{self._server.server_port}"

    def wait(self, seconds: float, cancelled: Callable[[], bool]) -> str:
        """The address that the browser was sent to. Raises UserError `oauth.cancelled` or `oauth.timeout`; listens no more afterwards."""
        until = time.monotonic() + seconds
        try:
            while not self._found:
                if cancelled():
                    raise UserError("oauth.cancelled")
                if time.monotonic() > until:
                    raise UserError("oauth.timeout")
                self._server.handle_request()
            return self.uri + self._found[0][:_LINE]
        finally:
            self.close()

    def close(self) -> None:
        """Nobody is heard any more."""
        if self._server.socket.fileno() >= 0:
            self._server.server_close()

