"""What lies on the disk: nothing of a forgotten account, whole or said to be damaged, and never lost in silence."""

from __future__ import annotations

import errno
import json
import os
import random
import resource
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.audit_key import key_of
from app.domains import Organisations
from app.errors import NitaqError
from app.exporters import export
from app.i18n import Translation
from app.library import Library
from app.model import Account, Decision, DecisionRecord, Direction, ExceptionRule, Facts, Report, Scan, ScanStatus, Skip
from app.scan import Scanner, ScanOptions
from app.sources.files import FilesSource
from app.store.folder import StoreFolder
from app.store.workspace import Workspace
from tests.exporters.reports import rich_report
from tests.mailmaker import message
from tests.test_cli import nitaq

NOW = 1_790_000_000.0
MESSAGES = 60
TRUST = DecisionRecord("partner.example", Decision.TRUSTED, "Sara", "checked", 9, date(2030, 1, 1), (("dkim:partner.example", "own"),))
RULE = ExceptionRule("news.example", Direction.TO_US, "esp.example", "Sara", "newsletter", date(2030, 1, 1))
PLACES = 100


@pytest.fixture(scope="module")
def mbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mail") / "Secretbox.mbox"
    with path.open("wb") as file:
        for n in range(MESSAGES):
            text = message(n, f"Person {n} <p{n}@hidden{n % 5}.example>").replace(b"\r\n", b"\n").replace(b"Subject: message", b"Subject: confidential")
            file.write(b"From - Thu Jan  1 00:00:00 2026\n" + text + b"\n")
    return path


@pytest.fixture(scope="module")
def kept(mbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with an audit, a decision and an exception in it."""
    store = tmp_path_factory.mktemp("kept") / "store"
    assert nitaq("audit", mbox, "--store", store, "--progress", "none").returncode == 0
    with closing(StoreFolder(store).workspace()) as workspace:
        workspace.decide([TRUST])
        workspace.save_exceptions([RULE])
        workspace.save_account(Account("Hidden account", str(mbox), ("hidden1.example",), ("Secretbox",)))
        workspace.pin(str(mbox), ["mx.hidden.example"])
        workspace.skip(str(mbox), [Skip("hidden2.example", 10, 0)])
    return store


@pytest.fixture
def store(kept: Path, tmp_path: Path) -> Path:
    return shutil.copytree(kept, tmp_path / "store")


def octets_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def read_again(store: Path, mbox: Path) -> Scan:
    """The scan of an engine that was just started."""
    cache, _ = StoreFolder(store).cache_to_fill(str(mbox))
    with closing(cache), closing(FilesSource(mbox)) as source:
        *_, books = Scanner(source, cache, Organisations(Facts()).organisation, ScanOptions(), lambda: NOW).run()
        assert isinstance(books, Scan)
        assert sum(record.messages for record in cache.claims()) == books.messages
        return books


# Forgotten ---------------------------------------------------------------------------------------------------------

TRACES = (b"hidden", b"Hidden", b"confidential", b"Secretbox", b"Person 7")


def test_of_a_forgotten_account_no_octet_is_left_while_the_window_is_open_or_after(store: Path, mbox: Path) -> None:
    assert [trace for trace in TRACES if trace not in octets_in(store)] == []
    with closing(Library(StoreFolder(store), lambda: NOW)) as library:
        library.forget(str(mbox))
        assert [trace for trace in TRACES if trace in octets_in(store)] == []
        assert library.workspace.decisions() == (TRUST,)
    assert [trace for trace in TRACES if trace in octets_in(store)] == []


def test_an_audit_of_two_accounts_goes_with_either_of_them(tmp_path: Path) -> None:
    with closing(Library(StoreFolder(tmp_path), lambda: NOW)) as library:
        library.workspace.freeze(key_of(("imaps://hidden@mail.example", "imaps://other@mail.example")), 10, "complete", 3, b'{"both": "hidden"}')
        library.workspace.freeze("imaps://other@mail.example", 11, "complete", 3, b'{"one": "other"}')
        library.forget("imaps://hidden@mail.example")
        assert [entry.created for entry in library.workspace.audits()] == [11]
        assert b"hidden" not in octets_in(tmp_path)


def test_a_decision_that_was_taken_back_leaves_no_octet(tmp_path: Path) -> None:
    with closing(Workspace(tmp_path / "workspace.sqlite")) as workspace:
        workspace.decide([DecisionRecord("hidden.example", Decision.REJECTED, "Sara", "hidden reason", 1)])
        workspace.decide([DecisionRecord("hidden.example", Decision.UNREVIEWED)])
    assert b"hidden" not in octets_in(tmp_path)


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_every_file_is_for_its_owner_alone_whatever_the_mask(mbox: Path, tmp_path: Path, mask: int) -> None:
    store = tmp_path / "new" / "store"
    done = subprocess.run([sys.executable, "-m", "app", "audit", str(mbox), "--store", str(store), "--progress", "none"], umask=mask, check=False)
    assert done.returncode == 0
    assert {stat.S_IMODE(path.stat().st_mode) for path in (store, *store.rglob("*")) if path.is_dir()} == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in store.rglob("*") if path.is_file()} == {0o600}


def test_no_body_and_no_raw_header_is_kept(store: Path) -> None:
    assert b"Good day" not in octets_in(store)
    assert b"Authentication-Results:" not in octets_in(store)
    assert b"Received: from" not in octets_in(store)


# Damaged -----------------------------------------------------------------------------------------------------------


def damaged(octets: bytes, rng: random.Random) -> bytes:
    if rng.random() < 0.3:
        return octets[: rng.randrange(len(octets))]
    harmed, at = bytearray(octets), rng.randrange(len(octets))
    harmed[at : at + rng.choice((1, 16, 4096))] = rng.randbytes(rng.choice((1, 16, 4096)))
    return bytes(harmed[: len(octets)])


@pytest.mark.parametrize("seed", range(PLACES))
def test_a_cache_that_was_damaged_anywhere_is_read_anew_and_decisions_stay(store: Path, mbox: Path, seed: int) -> None:
    (path,) = (store / "caches").glob("*.sqlite")
    path.write_bytes(damaged(path.read_bytes(), random.Random(seed)))
    books = read_again(store, mbox)
    assert (books.status, books.messages, books.missing) == (ScanStatus.COMPLETE, MESSAGES, 0)
    with closing(StoreFolder(store).workspace()) as workspace:
        assert workspace.decisions() == (TRUST,)
        assert workspace.exceptions() == (RULE,)


def problem_with(path: Path) -> NitaqError | None:
    try:
        with closing(Workspace(path)) as workspace:
            everything(workspace)
    except NitaqError as error:
        return error
    return None


def everything(workspace: Workspace) -> list[object]:
    return [
        *(workspace.accounts(), workspace.decisions(), workspace.exceptions(), workspace.audits(), workspace.setting("language", "en")),
        *(workspace.frozen(entry.id) for entry in workspace.audits()),
    ]


@pytest.mark.parametrize("seed", range(PLACES))
def test_a_workspace_that_was_damaged_anywhere_is_said_to_be_and_nothing_of_it_is_deleted(store: Path, seed: int) -> None:
    path = store / "workspace.sqlite"
    harmed = damaged(path.read_bytes(), random.Random(seed))
    path.write_bytes(harmed)
    problem = problem_with(path)
    assert problem is None or (problem.code in ("store.damaged", "store.newer") and problem.params["path"] == str(path))
    assert path.stat().st_size >= len(harmed)


def test_the_engine_says_which_file_is_damaged_and_leaves_it_as_it_is(store: Path, mbox: Path) -> None:
    path = store / "workspace.sqlite"
    path.write_bytes(b"\xa5" * 4096)
    done = nitaq("audit", mbox, "--store", store, "--progress", "none")
    assert done.returncode == 1
    assert f"{path}" in done.stderr
    assert "damaged" in done.stderr
    assert "Traceback" not in done.stderr
    assert path.read_bytes() == b"\xa5" * 4096


# A full disk, and one that cannot be written --------------------------------------------------------------------------


def with_files_of(octets: int) -> Callable[[], None]:
    """No file may grow beyond: what a full disk does to a program."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (octets, octets))


@pytest.mark.parametrize("octets", [0, 5_000, 40_000, 90_000])
def test_a_disk_that_is_full_is_one_sentence_and_the_next_audit_is_exact(mbox: Path, tmp_path: Path, octets: int) -> None:
    store = tmp_path / "store"
    words = [sys.executable, "-m", "app", "audit", str(mbox), "--store", str(store), "--progress", "none", "--lang", "en"]
    done = subprocess.run(words, preexec_fn=with_files_of(octets), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "The disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    books = read_again(store, mbox)
    assert (books.status, books.messages) == (ScanStatus.COMPLETE, MESSAGES)


def test_a_report_that_does_not_fit_leaves_the_old_one(mbox: Path, tmp_path: Path) -> None:
    old = tmp_path / "report.html"
    old.write_text("the old report")
    words = [sys.executable, "-m", "app", "audit", str(mbox), "--report", str(old), "--progress", "none", "--lang", "en"]
    done = subprocess.run(words, preexec_fn=with_files_of(4_096), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "too large for the disk" in done.stderr
    assert old.read_text() == "the old report"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_the_disk_says_is_said_in_the_language_of_the_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, language: str) -> None:
    monkeypatch.setattr(os, "fsync", lambda number: (_ for _ in ()).throw(OSError(code, os.strerror(code))))
    report: Report = rich_report()
    with pytest.raises(NitaqError) as caught:
        export(report, tmp_path / "report.csv", Translation(language))
    assert caught.value.params["reason"] != os.strerror(code)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["/proc/nitaq", "/sys/nitaq", "/dev/null/nitaq"])
def test_a_folder_that_cannot_be_written_is_one_sentence(mbox: Path, place: str) -> None:
    done = nitaq("audit", mbox, "--store", place, "--progress", "none", "--lang", "en")
    assert done.returncode == 1
    assert f"Nitaq may not write in {place}." in done.stderr
    assert "Traceback" not in done.stderr


# Two programs, and a clock that jumps ---------------------------------------------------------------------------------


def test_two_audits_of_one_mailbox_at_once_end_exact(mbox: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "app", "audit", str(mbox), "--store", str(tmp_path / "store"), "--progress", "json"]
    calls = [subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for call in calls:
        out, err = call.communicate(timeout=60)
        end = json.loads(out.splitlines()[-1])
        assert end["status"] == "complete" or end["code"] == "store.locked", err
        assert end["status"] != "complete" or end["messages"] == MESSAGES
    assert read_again(tmp_path / "store", mbox).messages == MESSAGES


def test_a_window_may_decide_while_an_audit_runs(mbox: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "app", "audit", str(mbox), "--store", str(tmp_path / "store"), "--progress", "none"]
    with closing(StoreFolder(tmp_path / "store").workspace()) as workspace, subprocess.Popen(words, stdin=subprocess.DEVNULL) as call:
        taken = list(decided_until(call, workspace))
    assert call.returncode == 0
    with closing(StoreFolder(tmp_path / "store").workspace()) as workspace:
        assert {record.subject for record in workspace.decisions()} == set(taken)


def decided_until(call: subprocess.Popen[bytes], workspace: Workspace) -> Iterator[str]:
    while call.poll() is None:
        subject = f"d{random.getrandbits(60)}.example"
        workspace.decide([DecisionRecord(subject, Decision.WATCHED)])
        yield subject


@pytest.mark.parametrize("now", [-5.0, 0.0, 1e8, 4e9, 1e11])
def test_a_clock_that_jumps_loses_no_mail_and_no_decision(store: Path, mbox: Path, now: float) -> None:
    with closing(Library(StoreFolder(store), lambda: now)) as library:
        report = library.load(str(mbox))
        assert report is not None
        assert report.scan.messages == MESSAGES
        library.decide(report, [DecisionRecord("hidden3.example", Decision.WATCHED)])
        assert {record.subject for record in library.workspace.decisions()} == {"partner.example", "hidden3.example"}
        assert len(library.recent()) == 1
    assert read_again(store, mbox).messages == MESSAGES
