"""One Dovecot and one Cyrus for all tests of sources."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from app.sources.imap import bounds
from tests.servers import cyrus as unpacked
from tests.servers.cyrus import Cyrus
from tests.servers.dovecot import Dovecot


@pytest.fixture(scope="session")
def dovecot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    with Dovecot(tmp_path_factory.mktemp("dovecot")) as server:
        yield server


@pytest.fixture(scope="session")
def cyrus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cyrus]:
    if not unpacked.UNPACKED.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Cyrus is not unpacked here: python3 dev.py setup does it where there is apt-get")
    with Cyrus(tmp_path_factory.mktemp("cyrus")) as server:
        yield server


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a server that asks for time."""
    monkeypatch.setattr(bounds, "LONGEST_PAUSE", 0.0)
