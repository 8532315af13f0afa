"""The library: an audit that the engine left behind is opened, judged again, and what the user chose is kept."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.library import Library
from app.model import BorderSource, Relationship, Report
from app.store.folder import StoreFolder

NOW = 1_790_000_000.0


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which the sample has been audited by a process of its own."""
    store = tmp_path_factory.mktemp("store")
    words = [sys.executable, "-m", "app", "audit", "sample", "--store", str(store), "--progress", "none"]
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return store


@pytest.fixture
def library(scanned: Path) -> Iterator[Library]:
    library = Library(StoreFolder(scanned), lambda: NOW)
    yield library
    library.close()


def opened(library: Library) -> Report:
    report = library.load("sample")
    assert report is not None
    return report


def test_a_source_that_was_never_scanned_has_no_audit(library: Library) -> None:
    assert library.load("/nowhere/Inbox.mbox") is None


def test_an_audit_opens_again_without_reading_mail(library: Library) -> None:
    report = opened(library)
    assert report.scan.messages == 1534
    assert [entry.source for entry in library.recent()] == ["sample"]


def test_other_own_domains_are_judged_at_once_and_remembered(library: Library) -> None:
    own = opened(library).scope.own_domains
    try:
        changed = library.with_own_domains(opened(library), ("qalhatbank.example",))
        rows = {row.domain: row.relationship for row in changed.domains}
        assert rows["qalhatbank.example"] is Relationship.OWN
        assert rows["danacoast.example"] is not Relationship.OWN
        assert opened(library).scope.own_domains == ("qalhatbank.example",)
    finally:
        library.with_own_domains(opened(library), own)


def test_a_confirmed_server_is_pinned_until_it_is_learned_again(library: Library) -> None:
    learned = opened(library).scope.border.servers
    pinned = library.with_servers(opened(library), tuple(server.id for server in learned))
    assert [(s.id, s.how) for s in pinned.scope.border.servers] == [(s.id, BorderSource.PINNED) for s in learned]
    assert pinned.domains == opened(library).domains
    assert library.with_servers(pinned, ()).scope.border.servers == learned


def test_a_server_that_writes_nothing_here_establishes_nothing(library: Library) -> None:
    try:
        report = library.with_servers(opened(library), ("mx.elsewhere.example",))
        assert {row.authentication.value for row in report.domains if row.relationship is Relationship.EXTERNAL} == {"not_established"}
    finally:
        library.with_servers(opened(library), ())
