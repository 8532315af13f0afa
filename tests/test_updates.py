"""Asking for a newer version: a loopback web server over TLS that answers well, badly, endlessly or not."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app import updates
from app.errors import WorldError
from app.updates import DOWNLOADS, HOME, NEWEST, is_newer, newest_version, version_in
from tests.servers.certificates import authority


class Home:
    """The project's page, on this computer. `requests` has what was said to it."""

    def __init__(self, folder: Path, certified: str = "localhost") -> None:
        home = self
        self.body, self.status, self.headers, self.pause = b'{"version": "1.2.3"}', 200, {"Set-Cookie": "id=7"}, 0.0
        self.requests: list[tuple[str, str, dict[str, str]]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                home.requests.append((self.command, self.path, dict(self.headers)))
                self.send_response(home.status)
                for name, value in home.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for octet in range(len(home.body) if home.pause else 1):
                    time.sleep(home.pause)
                    self.wfile.write(home.body[octet : octet + 1] if home.pause else home.body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        ca = authority(folder)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda request, client_address: None  # type: ignore[method-assign]
        self.server.socket = ca.server(certified).wrap_socket(self.server.socket, server_side=True)
        self.context = ssl.create_default_context(cafile=str(ca.file))
        self.address = f"https://localhost:{self.server.server_port}/newest.json"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def ask(self) -> str:
        return newest_version(self.context, self.address)

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path)
    yield home
    home.close()


def test_one_request_without_a_word_about_this_installation(home: Home) -> None:
    assert home.ask() == "1.2.3"
    assert home.ask() == "1.2.3"
    for method, path, headers in home.requests:
        assert (method, path) == ("GET", "/newest.json")
        assert {name: value for name, value in headers.items() if name not in ("Host", "Connection", "Accept-Encoding")} == {
            "User-Agent": "nitaq", "Accept": "application/json",
        }  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [b"", b"no json", b"[]", b'{"version": 7}', b'{"version": "1.2"}', b'{"version": "1.2.3-rc"}', b'{"version": "1.2.3\\n"}', b'{"version": "01.2.3"}',
     b'{"version": "999999.0.0"}', b"[" * 4_000, b'{"version": "1.2.3", "x": "' + b"x" * 5_000 + b'"}', b"\xff\xfe", '{"version": "١.٢.٣"}'.encode()],
    ids=lambda body: body[:24],
)  # fmt: skip
def test_an_answer_that_is_no_version_is_a_sentence(home: Home, body: bytes) -> None:
    home.body = body
    assert version_in(body) is None
    with pytest.raises(WorldError) as error:
        home.ask()
    assert error.value.code == "update.unknown"


def test_who_sends_elsewhere_is_not_followed(home: Home) -> None:
    home.status, home.headers = 302, {"Location": f"{home.address}?again"}
    with pytest.raises(WorldError) as error:
        home.ask()
    assert error.value.code == "update.unknown"
    assert len(home.requests) == 1


def test_who_drips_is_given_up(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updates, "_SECONDS", 0.3)
    home.pause = 0.05
    with pytest.raises(WorldError) as error:
        home.ask()
    assert error.value.params["reason"] == "it did not answer in time"


def test_who_is_not_proven_is_not_believed(tmp_path: Path) -> None:
    home = Home(tmp_path, "elsewhere.example")
    with pytest.raises(WorldError) as error:
        home.ask()
    home.close()
    assert error.value.code == "update.unknown"
    assert home.requests == []


def test_nobody_there_is_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(WorldError) as error:
            newest_version(address=f"https://127.0.0.1:{taken.getsockname()[1]}/newest.json")
    assert error.value.code == "update.unknown"


@pytest.mark.parametrize(("version", "newer"), [("0.1.0", False), ("0.1.1", True), ("0.2.0", True), ("0.0.9", False), ("10.0.0", True)])
def test_versions_are_compared_number_by_number(version: str, newer: bool) -> None:
    assert is_newer(version, "0.1.0") is newer


def test_the_addresses_are_encrypted_and_of_one_place() -> None:
    assert {urlsplit(each)[:2] for each in (HOME, NEWEST, DOWNLOADS)} == {("https", urlsplit(HOME).netloc)}
