"""What every test stands on: a home of its own, so that nothing of the machine's user is read or written; and what no test may leave behind."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.secret_watch import ProcessWatch, found_in_files, found_in_text, listen
from tests.servers.sentinel import traces

ROOT = Path(__file__).parent.parent
WATCH = pytest.StashKey[ProcessWatch]()
TEMPORARY = pytest.StashKey[Path]()
said: set[str] = set()
"""Tests in whose output a secret stood."""


def pytest_sessionstart(session: pytest.Session) -> None:
    """What is written to the system's temporary folder lands in one of this run's own, beside the one that pytest gives to tests."""
    session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    session.stash[TEMPORARY] = Path(tempfile.mkdtemp(prefix="nitaq-tests-"))
    os.environ["TMPDIR"] = tempfile.tempdir = str(session.stash[TEMPORARY])
    session.stash[WATCH] = ProcessWatch(traces())
    session.stash[WATCH].start()
    listen(said.add)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if found_in_text(text for _, text in report.sections):
        said.add(f"output of {report.nodeid}")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """No test has left a secret in a file (settings, store, report, log, core), a command line, an environment, or what was printed and logged."""
    watch, temporary = session.stash[WATCH], session.stash[TEMPORARY]
    watch.stop()
    basetemp = session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    beside = [path for folder in {ROOT, Path.cwd()} for path in folder.iterdir() if path.is_file()]  # where a core of what was started here lands
    found = [*found_in_files([basetemp, temporary, *beside]), *sorted(watch.found), *sorted(said)]
    shutil.rmtree(temporary, ignore_errors=True)
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
