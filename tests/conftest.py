"""What every test stands on: a home of its own, so that nothing of the machine's user is read or written; and what no test may leave behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.secret_watch import ProcessWatch, found_in_files
from tests.servers.sentinel import traces

WATCH = pytest.StashKey[ProcessWatch]()


def pytest_sessionstart(session: pytest.Session) -> None:
    session.stash[WATCH] = ProcessWatch(traces())
    session.stash[WATCH].start()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """No test has left a secret in a file (settings, store, report, log, core), a command line or an environment."""
    watch = session.stash[WATCH]
    watch.stop()
    factory = getattr(session.config, "_tmp_path_factory", None)
    tops = [factory.getbasetemp()] if factory else []
    found = [*found_in_files(tops), *sorted(watch.found)]
    if found:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        print("\nA secret of the tests' servers stands in:", *found, sep="\n  ")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home directory, no keyring, no proxy, English."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LANG", "C.UTF-8")
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        for spelling in (name, name.upper()):
            monkeypatch.delenv(spelling, raising=False)
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    return home
