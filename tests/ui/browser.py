"""Two servers that a browser signs in to, a browser that agrees at once, and a window between them with the real engine."""

from __future__ import annotations

import sys
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.mailmaker import message
from tests.servers.dovecot import Dovecot
from tests.servers.oauth import SCOPE, AuthorizationServer
from tests.ui.services import FakeServices
from ui.account_draft import Draft
from ui.window import Window

USER = "sara@firm.example"


@dataclass
class Place:
    """The two servers, and the authorities of both in one file."""

    oauth: AuthorizationServer
    dovecot: Dovecot
    ca_file: Path

    def draft(self, **fields: object) -> Draft:
        draft = Draft(
            host="localhost", port=self.dovecot.imaps_port, user=USER, ca_file=str(self.ca_file), way="other", client_id=self.oauth.client_id,
            client_secret=self.oauth.client_secret, authorize=f"{self.oauth.url}/authorize", token=f"{self.oauth.url}/token", scope=SCOPE,
        )  # fmt: skip
        return replace(draft, **fields)  # type: ignore[arg-type]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setenv("no_proxy", "*")
    with AuthorizationServer(tmp_path / "oauth") as oauth, Dovecot(tmp_path / "dovecot", oauth.introspection(), oauth.ca_file) as dovecot:
        dovecot.add_maildir(USER, [message(1), message(2)])
        both = tmp_path / "both.pem"
        both.write_bytes(oauth.ca_file.read_bytes() + dovecot.ca_file.read_bytes())
        yield Place(oauth, dovecot, both)


@pytest.fixture
def browsing(window: Window, services: FakeServices, place: Place) -> Iterator[Window]:
    """A browser that agrees at once, and the real engine."""
    threads: list[threading.Thread] = []

    def visit(url: str) -> None:
        handlers = [urllib.request.HTTPSHandler(context=place.oauth.browser_context()), urllib.request.ProxyHandler({})]
        urllib.request.build_opener(*handlers).open(url, timeout=10).close()

    def browse(url: str) -> None:
        threads.append(threading.Thread(target=visit, args=(url,)))
        threads[-1].start()

    window._services = replace(services.bundle(), engine=(sys.executable, "-m", "app"), engine_folder=Path.cwd())
    window._speak("en")
    window.accounts.browser.browse = browse
    yield window
    for each in threads:
        each.join()


def read(window: Window) -> int:
    """Messages in the scan that ended; -1 before."""
    end = window.scanning.run.end if window.scanning.run else None
    return end.messages if end else -1


def pages(place: Place) -> int:
    """How often the page of the service was opened."""
    return sum(path == "authorize" for path, _ in place.oauth.heard)
