"""A real authorisation server on loopback, over TLS: consent, tokens, introspection (RFC 7662) and revocation. It agrees at once unless told otherwise."""

from __future__ import annotations

import json
import ssl
import threading
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from types import TracebackType
from urllib.parse import parse_qs, urlencode, urlsplit

from app.model import OAuthClient, OAuthService
from tests.servers.certificates import authority
from tests.servers.sentinel import secret

SCOPE = "mail.read"


@dataclass
class Pending:
    """A code that waits for its exchange."""

    challenge: str
    redirect: str


class AuthorizationServer:
    """`user` is who signs in. `answer`: what the page says back instead of a code, as fields of the redirect."""

    public_host = "sign-in.firm.example"
    """Its name for those who come through a proxy."""
    client_id, client_secret = "client-1", secret("client")

    def __init__(self, directory: Path, user: str = "sara@firm.example") -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._ca = authority(directory)
        self.ca_file = self._ca.file
        self.user, self.lifetime, self.scope = user, 3600, SCOPE
        self.answer: dict[str, str] = {}
        self.access: dict[str, bool] = {}
        """Access token -> whether it counts still."""
        self.refresh: set[str] = set()
        self.heard: list[tuple[str, dict[str, str]]] = []
        self.codes: dict[str, Pending] = {}
        self._numbers = count(1)

    def __enter__(self) -> AuthorizationServer:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server._authorize(self)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                server._posted(self, body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.socket = self._ca.server("localhost", "127.0.0.1", self.public_host).wrap_socket(self._http.socket, server_side=True)
        self._http.handle_error = lambda request, client_address: None  # type: ignore[method-assign]
        self.url = f"https://localhost:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    @property
    def port(self) -> int:
        return self._http.server_port

    def client(self, id: str = "", url: str = "") -> OAuthClient:
        url = url or self.url
        service = OAuthService("Firm", f"{url}/authorize", f"{url}/token", (SCOPE,), f"{url}/revoke")
        return OAuthClient(id or self.client_id, service)

    def introspection(self) -> str:
        """The settings of Dovecot's oauth2 passdb."""
        return (
            f"introspection_mode = post\nintrospection_url = {self.url}/introspect\nusername_attribute = email\n"
            f"active_attribute = active\nactive_value = true\ntimeout_msecs = 5000\n"
        )

    def browser_context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.ca_file))

    def forget_all(self) -> None:
        """Nobody has a permission any more, and nothing was heard."""
        self.access.clear()
        self.refresh.clear()
        self.heard.clear()

    def end_all(self) -> None:
        """Every access token so far has expired."""
        self.access = dict.fromkeys(self.access, False)

    def _authorize(self, handler: BaseHTTPRequestHandler) -> None:
        asked = _fields(urlsplit(handler.path).query)
        self.heard.append(("authorize", asked))
        answer = dict(self.answer)
        if not answer:
            assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
            code = f"code-{next(self._numbers)}"
            self.codes[code] = Pending(asked["code_challenge"], asked["redirect_uri"])
            answer = {"code": code}
        handler.send_response(302)
        handler.send_header("Location", f"{asked['redirect_uri']}/?{urlencode({'state': asked['state'], **answer})}")
        handler.end_headers()

    def _posted(self, handler: BaseHTTPRequestHandler, body: str) -> None:
        path, fields = urlsplit(handler.path).path.strip("/"), _fields(body)
        self.heard.append((path, fields))
        if path == "introspect":
            active = self.access.get(fields.get("token", ""), False)
            _reply(handler, 200, {"active": active, "email": self.user, "scope": SCOPE} if active else {"active": False})
        elif fields.get("client_id") != self.client_id or fields.get("client_secret") != self.client_secret:
            _reply(handler, 401, {"error": "invalid_client"})
        elif path == "revoke":
            self.refresh.discard(fields["token"])
            self.end_all()
            _reply(handler, 200, {})
        elif fields["grant_type"] == "authorization_code":
            pending = self.codes.pop(fields["code"], None)
            challenge = urlsafe_b64encode(sha256(fields["code_verifier"].encode()).digest()).decode().rstrip("=")
            good = pending is not None and pending == Pending(challenge, fields["redirect_uri"])
            self._give(handler, good=good)
        else:
            self._give(handler, good=fields["refresh_token"] in self.refresh)

    def _give(self, handler: BaseHTTPRequestHandler, *, good: bool) -> None:
        if not good:
            _reply(handler, 400, {"error": "invalid_grant"})
            return
        access, refresh = f"{secret('access')}-{next(self._numbers)}", f"{secret('refresh')}-{next(self._numbers)}"
        self.access[access] = True
        self.refresh.add(refresh)
        tokens = {"access_token": access, "refresh_token": refresh, "token_type": "Bearer", "expires_in": self.lifetime, "scope": self.scope}
        _reply(handler, 200, tokens)


def _fields(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


def _reply(handler: BaseHTTPRequestHandler, status: int, content: dict[str, object]) -> None:
    body = json.dumps(content).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
